// Says what BuildKit's Dockerfile frontend refuses, without a network.
//
// Reads one JSON string a line, a Dockerfile each, and writes one JSON object a line: {"line": 0, "message": ""}, with
// an empty message for a file that the frontend takes. Every base image is an empty Linux image with a PATH.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
	v1 "github.com/opencontainers/image-spec/specs-go/v1"
)

var linux = v1.Platform{OS: "linux", Architecture: "amd64"}

// plainImages stands in for a registry.
type plainImages struct{}

func (plainImages) ResolveImageConfig(_ context.Context, name string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	config, err := json.Marshal(v1.Image{
		Platform: linux,
		Config:   v1.ImageConfig{Env: []string{"PATH=/usr/bin:/bin"}},
	})
	return name, digest.FromBytes(config), config, err
}

type refusal struct {
	Line    int32  `json:"line"`
	Message string `json:"message"`
}

func judge(ctx context.Context, dockerfile string) (refusal, error) {
	empty := llb.Scratch()
	source := llb.NewSourceMap(&empty, "Dockerfile", "Dockerfile", []byte(dockerfile))
	var err error
	if source.Definition, err = empty.Marshal(ctx); err != nil {
		return refusal{}, err
	}
	files := llb.Local("context")
	caps := pb.Caps.CapSet(pb.Caps.All())
	platform := linux
	found, err := dockerfile2llb.DockerfileLint(ctx, []byte(dockerfile), dockerfile2llb.ConvertOpt{
		Config: dockerui.Config{
			BuildPlatforms:  []v1.Platform{platform},
			TargetPlatforms: []v1.Platform{platform},
		},
		TargetPlatform: &platform,
		MainContext:    &files,
		MetaResolver:   plainImages{},
		LLBCaps:        &caps,
		SourceMap:      source,
	})
	if err != nil {
		return refusal{Message: err.Error()}, nil
	}
	if found.Error == nil {
		return refusal{}, nil
	}
	said := refusal{Message: found.Error.Message}
	if ranges := found.Error.Location.Ranges; len(ranges) > 0 {
		said.Line = ranges[0].Start.Line
	}
	return said, nil
}

func main() {
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	out := json.NewEncoder(os.Stdout)
	for {
		var dockerfile string
		if err := in.Decode(&dockerfile); err == io.EOF {
			return
		} else if err != nil {
			panic(err)
		}
		said, err := judge(context.Background(), dockerfile)
		if err != nil {
			panic(err)
		}
		if err := out.Encode(said); err != nil {
			panic(err)
		}
	}
}
