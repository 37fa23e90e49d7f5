import { describe, expect, test } from 'vitest';
import { staged } from './stage.js';

const SOURCES = { 'go.mod': 'module example.org/team/hello\n', 'main.go': 'package main\n\nfunc main() {}\n' };
const DEBIAN =
  'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*\n';

describe('a second stage for Go', () => {
  test('gets the program, certificates and time zones, and all that is about the container', () => {
    expect(
      staged({
        dockerfile:
          'FROM golang:1.27-bookworm\nLABEL org.opencontainers.image.title=hello\n# where it listens\nENV PORT=8080\nENV CGO_ENABLED=1 GOFLAGS=-trimpath\nWORKDIR /src\nCOPY go.mod ./\nRUN go mod download\nCOPY . .\n\n# The port.\nEXPOSE 8080\n\n# Build it.\nRUN go build -o /usr/local/bin/hello .\nSTOPSIGNAL SIGINT\nCMD ["hello"]\n',
        files: SOURCES,
      }),
    ).toBe(
      `FROM golang:1.27-bookworm AS build\n# where it listens\nENV PORT=8080\nENV CGO_ENABLED=1 GOFLAGS=-trimpath\nWORKDIR /src\nCOPY go.mod ./\nRUN go mod download\nCOPY . .\n\n# Build it.\nRUN go build -o /usr/local/bin/hello .\n\nFROM debian:bookworm-slim\n${DEBIAN}LABEL org.opencontainers.image.title=hello\nENV PORT=8080\nWORKDIR /src\n# The port.\nEXPOSE 8080\nCOPY --from=build /usr/local/bin/hello /usr/local/bin/hello\nSTOPSIGNAL SIGINT\nCMD ["hello"]\n`,
    );
  });

  test('keeps files beside the sources that the program may read', () => {
    const after = staged({
      dockerfile: 'FROM golang:1.27\nWORKDIR /app\nADD . /app\nRUN go build -o main .\nCMD ["/app/main"]\n',
      files: {
        ...SOURCES,
        'README.md': '',
        Makefile: '',
        'config.yaml': '',
        'internal/x/x.go': '',
        'templates/index.html': '',
        '.git/HEAD': '',
        'docs/notes.md': '',
        '.dockerignore': '.git\ndocs\n',
      },
    });
    expect(after.match(/^COPY --from=.*$/gm)).toEqual([
      'COPY --from=build /app/main /app/main',
      'COPY --from=build /app/config.yaml /app/config.yaml',
      'COPY --from=build /app/templates /app/templates',
    ]);
    expect(after).toContain('install -y --no-install-recommends ca-certificates media-types tzdata');
  });

  test.each([
    ['the name of the module', 'RUN go build', '["./hello"]', '/app/hello /app/hello'],
    ['the name of a file', 'RUN go build main.go', '["./main"]', '/app/main /app/main'],
    ['the name of a package', 'RUN go build ./cmd/server', '["./server"]', '/app/server /app/server'],
    ['the folder of go install', 'RUN go install ./cmd/server', '["server"]', '/go/bin/server /usr/local/bin/server'],
    [
      'go install of all',
      'RUN go get -d -v ./... && go install -v ./...',
      '["hello"]',
      '/go/bin/hello /usr/local/bin/hello',
    ],
    ['GOBIN', 'ENV GOBIN=/usr/local/bin\nRUN go install .', '["hello"]', '/usr/local/bin/hello /usr/local/bin/hello'],
    [
      'a folder',
      'RUN mkdir -p bin && go build -o bin/ ./cmd/server',
      '["bin/server"]',
      '/app/bin/server /app/bin/server',
    ],
    ['flags with values', 'RUN go build -ldflags "-s -w" -tags netgo -o srv .', '["./srv"]', '/app/srv /app/srv'],
    ['a copy of it', 'RUN go build -o srv . && cp srv /usr/bin/srv', '["srv"]', '/usr/bin/srv /usr/bin/srv'],
    ['another folder', 'RUN cd cmd/server && go build -o /srv', '["/srv"]', '/srv /srv'],
  ])('knows %s', (_, run, command, copied) => {
    const after = staged({
      dockerfile: `FROM golang:1.27\nWORKDIR /app\nCOPY . .\n${run}\nCMD ${command}\n`,
      files: { ...SOURCES, 'cmd/server/main.go': 'package main\n' },
    });
    expect(after).toContain(`\nCOPY --from=build ${copied}\n`);
  });

  test('keeps users, owners and volumes', () => {
    expect(
      staged({
        dockerfile:
          'FROM golang:1.27-alpine3.23\nRUN mkdir -p /go/src/hello\nADD . /go/src/hello/\nWORKDIR /go/src/hello\nRUN go build -o main .\nRUN adduser -S -D -H -h /app appuser && mkdir /data && chown appuser /data\nVOLUME /data\nUSER appuser\nENTRYPOINT ./main $ARGS\n',
        files: SOURCES,
      }),
    ).toBe(
      'FROM golang:1.27-alpine3.23 AS build\nRUN mkdir -p /go/src/hello\nADD . /go/src/hello/\nWORKDIR /go/src/hello\nRUN go build -o main .\n\nFROM alpine:3.23\nRUN apk add --no-cache ca-certificates tzdata\nWORKDIR /go/src/hello\nCOPY --from=build /go/src/hello/main /go/src/hello/main\nRUN adduser -S -D -H -h /app appuser && mkdir /data && chown appuser /data\nVOLUME /data\nUSER appuser\nENTRYPOINT ./main $ARGS\n',
    );
  });

  test('installs what a HEALTHCHECK runs', () => {
    const after = staged({
      dockerfile:
        'FROM golang:1.27\nHEALTHCHECK CMD curl -f http://localhost:80/ || exit 1\nCOPY main.go go.mod /src/\nRUN cd /src && go build -o /srv .\nCMD ["/srv"]\n',
      files: SOURCES,
    });
    expect(after).toContain('install -y --no-install-recommends ca-certificates curl tzdata');
    expect(after).toContain('HEALTHCHECK CMD curl -f http://localhost:80/ || exit 1\nCOPY --from=build /srv /srv\nCMD');
  });

  test('is bare where a static program needs nothing', () => {
    expect(
      staged({
        dockerfile:
          'FROM golang:1.27\nCOPY . /src\nRUN cd /src && CGO_ENABLED=0 go build -o /hello .\nENTRYPOINT ["/hello"]\n',
        files: SOURCES,
      }),
    ).toContain('\nFROM gcr.io/distroless/static-debian13\nCOPY --from=build /hello /hello\nENTRYPOINT');
  });

  test('keeps line endings, letter case, names of stages and arguments', () => {
    expect(
      staged({
        dockerfile:
          'ARG GO=1.27\r\nfrom golang:${GO}-alpine as builder\r\narg PORT=80\r\nexpose $PORT\r\ncopy main.go go.mod /src/\r\nworkdir /src\r\nrun go build -o /srv\r\ncmd ["/srv"]\r\n',
        files: SOURCES,
      }),
    ).toBe(
      'ARG GO=1.27\r\nfrom golang:${GO}-alpine as builder\r\narg PORT=80\r\ncopy main.go go.mod /src/\r\nworkdir /src\r\nrun go build -o /srv\r\n\r\nfrom alpine:3.24\r\nrun apk add --no-cache ca-certificates tzdata\r\narg PORT=80\r\nexpose $PORT\r\nworkdir /src\r\ncopy --from=builder /srv /srv\r\ncmd ["/srv"]\r\n',
    );
  });
});

describe('no second stage for Go', () => {
  const none = (part: string, files: Readonly<Record<string, string>> = SOURCES): string =>
    staged({ dockerfile: `FROM golang:1.27\nWORKDIR /app\nCOPY . .\n${part}`, files });

  test.each([
    ['a program that the build is not seen to make', 'RUN go build -o a .\nCMD ["./b"]\n', 'make “./b”'],
    ['go run', 'RUN go build ./...\nCMD ["go", "run", "."]\n', 'make “go”|where it puts the program'],
    ['a start script', 'RUN go build -o a .\nCMD ["./start.sh"]\n', 'make “./start.sh”'],
    ['several commands', 'RUN go build -o a .\nCMD ./migrate && ./a\n', 'more than one command'],
    [
      'a package of the system',
      'RUN apt-get update && apt-get install -y ffmpeg\nRUN go build -o a .\nCMD ["./a"]\n',
      'RUN in line 4: it installs ffmpeg',
    ],
    ['other programs', 'RUN protoc x.proto\nRUN go build -o a .\nCMD ["./a"]\n', 'it runs protoc'],
    ['a file that a RUN writes', 'RUN go build -o a . && date > /built\nCMD ["./a"]\n', 'it writes to /built'],
    ['another user in the build', 'USER 1000\nRUN go build -o a .\nCMD ["./a"]\n', 'USER in line 4'],
    ['a user that nobody made', 'RUN go build -o a .\nUSER gopher\nCMD ["./a"]\n', 'has the user gopher'],
    ['ONBUILD', 'ONBUILD COPY x /x\nRUN go build -o a .\nCMD ["./a"]\n', 'ONBUILD in line 4'],
    ['an own shell', 'SHELL ["/bin/bash", "-c"]\nRUN go build -o a .\nCMD ["./a"]\n', 'SHELL in line 4'],
    [
      'files from another image',
      'COPY --from=alpine /etc/motd /\nRUN go build -o a .\nCMD ["./a"]\n',
      'it copies from alpine',
    ],
    ['a download', 'ADD https://example.org/x.tar.gz /x/\nRUN go build -o a .\nCMD ["./a"]\n', 'it is not known what'],
    [
      'a health check by something else',
      'RUN go build -o a .\nHEALTHCHECK CMD pg_isready\nCMD ["./a"]\n',
      'HEALTHCHECK runs pg_isready',
    ],
    ['no build', 'CMD ["./a"]\n', 'no RUN builds'],
    ['no command', 'RUN go build -o a .\n', 'no CMD or ENTRYPOINT'],
    [
      'owners of what is not copied',
      'RUN go build -o a .\nRUN chown -R nobody /go\nCMD ["./a"]\n',
      '/go is not needed',
    ],
    ['adduser, which Debian 13 lacks', 'RUN go build -o a .\nRUN adduser app\nCMD ["./a"]\n', 'has no adduser'],
  ])('with %s', (_, part, why) => {
    expect(none(part)).toMatch(new RegExp(`^none: .*(?:${why})`));
  });

  test('where a source starts other programs', () => {
    expect(none('RUN go build -o a .\nCMD ["./a"]\n', { ...SOURCES, 'git.go': 'import (\n\t"os/exec"\n)\n' })).toBe(
      'none: git.go starts other programs, which a smaller image may not have',
    );
  });

  test('where a library may be linked', () => {
    expect(none('RUN apt-get update && apt-get install -y libssl-dev\nRUN go build -o a .\nCMD ["./a"]\n')).toBe(
      'none: the program may be linked with libssl-dev',
    );
  });

  test('where the build context is not known, or another one', () => {
    const dockerfile = 'FROM golang:1.27\nWORKDIR /app\nCOPY . .\nRUN go build -o a .\nCMD ["./a"]\n';
    expect(staged({ dockerfile })).toBe('none: the build context cannot be seen, so it is not known what . holds');
    expect(staged({ dockerfile, files: { 'x.txt': '' } })).toBe(
      'none: the sources are not beside the Dockerfile, so the build context is another folder',
    );
  });

  test.each([
    ['build: .\n    command: go test ./...', 'the Compose service api starts something of its own'],
    ['build:\n      context: .\n      target: dev', 'the Compose service api builds the stage dev by its name'],
  ])('where Compose says %j', (api, why) => {
    const dockerfile = 'FROM golang:1.27 AS dev\nWORKDIR /app\nCOPY . .\nRUN go build -o a .\nCMD ["./a"]\n';
    const files = { ...SOURCES, 'compose.yaml': `services:\n  api:\n    ${api}\n` };
    expect(staged({ dockerfile, files })).toContain(why);
  });

  test('where there are two stages, a platform or another base', () => {
    expect(staged({ dockerfile: 'FROM golang:1.27 AS a\nFROM a\nCMD ["x"]\n' })).toContain('more than one stage');
    expect(
      staged({ dockerfile: 'FROM --platform=linux/amd64 golang:1.27\nRUN go build -o /a\nCMD ["/a"]\n' }),
    ).toContain('--platform');
    expect(staged({ dockerfile: 'FROM python:3.13\nCMD ["x"]\n' })).toContain('none of those');
  });
});
