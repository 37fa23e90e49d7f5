import type { Placed } from '../dockerfile/index.js';
import { transferOf } from '../facts/files/transfer.js';
import { type FileFacts, findStage, type Stage } from '../facts/index.js';
import { type Built, builtIn } from './binary-for-other-libc/built.js';
import { libcOf } from './binary-for-other-libc/libc.js';
import { defineRule } from './rule.js';

/** A C library, or what brings one along. */
const LIBRARIES = /ld-linux|\/lib(?:32|64)?(?:\/|\s|$)|\.so\b|gcompat|libc6-compat|glibc|ldd\b/;
const ARCHIVE = /\.tar\b|\.t[gx]z\b|rootfs/;

export default defineRule({
  id: 'binary-for-other-libc',
  codes: [],
  summary: 'A program that was linked against glibc is copied to an image that has another C library, or none.',
  rationale:
    'What a compiler on Debian, Ubuntu or Fedora makes loads glibc when it starts. Alpine has musl instead, and scratch and distroless/static have no C library: the kernel does not find the loader, and the container ends with “no such file or directory”, although the file is there. Link the program statically, build it on the distribution that it runs on, or run it on the one that it was built on.',
  category: 'correctness',
  practice: 'multi-stage',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM gcc:15 AS build\nCOPY hello.c .\nRUN gcc -o /hello hello.c\nFROM scratch\nCOPY --from=build «/hello» /hello\nCMD ["/hello"]\n',
        fixed:
          'FROM gcc:15 AS build\nCOPY hello.c .\nRUN gcc -static -o /hello hello.c\nFROM scratch\nCOPY --from=build /hello /hello\nCMD ["/hello"]\n',
      },
      {
        code: 'FROM rust:1.90 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM alpine:3.22\nCOPY --from=build «/src/target/release/app» /usr/local/bin/app\nCMD ["app"]\n',
        why: 'rust:1.90-alpine builds for Alpine.',
      },
      {
        code: 'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app\nFROM scratch\nCOPY --from=build «/app» /app\nEXPOSE 8080\nCMD ["/app"]\n',
        fixed:
          'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app\nFROM scratch\nCOPY --from=build /app /app\nEXPOSE 8080\nCMD ["/app"]\n',
        why: 'Whatever uses the network is linked against glibc, unless cgo is off: a warning.',
      },
    ],
    good: [
      {
        code: 'FROM golang:1.25 AS build\nENV CGO_ENABLED=0\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nEXPOSE 8080\n',
        why: 'cgo is off.',
      },
      {
        code: 'FROM rust:1.90-alpine AS build\nRUN cargo build --release\nFROM alpine:3.22\nCOPY --from=build /target/release/app /app\n',
        why: 'Built on Alpine.',
      },
      {
        code: 'FROM rust:1.90 AS build\nRUN cargo build --release --target x86_64-unknown-linux-musl\nFROM scratch\nCOPY --from=build /target/x86_64-unknown-linux-musl/release/app /app\n',
        why: 'Built for musl, statically.',
      },
      {
        code: 'FROM gcc:15 AS build\nRUN gcc -o /hello hello.c\nFROM debian:13\nCOPY --from=build /hello /hello\n',
        why: 'Debian has glibc.',
      },
      {
        code: 'FROM rust:1.90 AS build\nRUN cargo build --release\nFROM scratch\nCOPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/\nCOPY --from=build /lib/x86_64-linux-gnu/libc.so.6 /lib/\nCOPY --from=build /target/release/app /app\n',
        why: 'The libraries come along.',
      },
    ],
  },
  reading: 'own',
  file: { keywords: ['COPY'], signs: ['flag'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      const has = libcOf(stage);
      if (has !== 'musl' && has !== 'none') continue;
      const lineage = facts.lineage(stage);
      if (lineage.some(bringsLibraries)) continue;
      for (const placed of stage.instructions) {
        for (const { built, span } of copiedPrograms(facts, placed)) {
          const isCertain = built.kind !== 'go';
          // A Go program needs glibc where it uses the network or looks up users.
          const isServer = lineage.some(({ instruction }) => instruction.keyword === 'EXPOSE');
          report(placed, {
            span,
            message: `${isCertain ? 'This program needs' : 'With cgo, this program needs'} glibc, and this image has ${has === 'musl' ? 'musl' : 'no C library'}, so it does not start. ${built.advice}`,
            ...(isCertain ? {} : { severity: isServer ? ('warning' as const) : ('hint' as const) }),
            fixes: built.fixes,
          });
        }
      }
    }
  },
});

const bringsLibraries = ({ instruction: { keyword, text } }: Placed): boolean =>
  (keyword === 'COPY' || keyword === 'ADD' || keyword === 'RUN') &&
  (LIBRARIES.test(text) || (keyword === 'ADD' && ARCHIVE.test(text)));

interface CopiedProgram {
  readonly built: Built;
  readonly span: { readonly start: number; readonly end: number };
}

/** The programs that a COPY takes from a stage which is known to link them against glibc. */
function copiedPrograms(facts: FileFacts, placed: Placed): readonly CopiedProgram[] {
  const { instruction } = placed;
  const from = instruction.keyword === 'COPY' ? instruction.flag('from')?.value : undefined;
  const stage: Stage | undefined = from === undefined ? undefined : findStage(facts.stages, from);
  const transfer = stage && transferOf(instruction, facts.stateBefore(placed).scope);
  if (!stage || !transfer || libcOf(stage) !== 'glibc') return [];
  return transfer.sources.flatMap(({ text, certainty, glob, word }) => {
    const built = certainty === 'known' && !glob ? builtIn(facts, stage, text) : undefined;
    return built ? [{ built, span: word.span }] : [];
  });
}
