import type { FileFacts, Stage } from '../facts/index.js';
import { packageActions, packageName } from '../facts/packages/in-run.js';
import { startCommands } from '../facts/programs/start-commands.js';
import { secondStage } from '../second-stage/index.js';
import { defineRule, type FileCheck } from './rule.js';

/** Packages that build programs and that no program needs to run. */
const TOOLS = new Set([
  'build-essential',
  'build-base',
  'gcc',
  'g++',
  'clang',
  'make',
  'cmake',
  'ninja-build',
  'autoconf',
  'automake',
  'libtool',
  'bison',
  'flex',
  'pkg-config',
  'golang',
  'golang-go',
  'go',
  'rustc',
  'cargo',
  'maven',
  'gradle',
  'ant',
  'default-jdk',
  'default-jdk-headless',
  'python3-dev',
  'python-dev',
  'linux-headers',
  'musl-dev',
  'libc6-dev',
  'gcc-c++',
  'kernel-headers',
  'kernel-devel',
  'dpkg-dev',
  'devscripts',
  'debhelper',
]);
const JDK = /^(?:openjdk-?\d+-jdk(?:-headless)?|openjdk\d+|openjdk\d+-jdk|java-[\d.]+-openjdk-devel)$/;

export default defineRule({
  id: 'build-tools-in-final-image',
  codes: [],
  summary: 'Compilers or development kits remain in the final image.',
  rationale:
    'They make the image many times larger and hand tools to whoever breaks in. Build in one stage and copy the result into a second one (`FROM … AS build`, `COPY --from=build`), or install, build and remove the tools in one `RUN`.',
  category: 'size',
  practice: 'multi-stage',
  severity: 'hint',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/multi-stage/'],
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y «build-essential» curl && make\nCMD ["/app"]\n',
      },
      {
        code: 'FROM «golang:1.25»\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/app\nEXPOSE 8080\nCMD ["app"]\n',
        files: { 'go.mod': 'module example.org/app\n', 'main.go': 'package main\n', 'pages/index.html': '' },
        fixed:
          'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/app\n\nFROM debian:trixie-slim\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates media-types tzdata && rm -rf /var/lib/apt/lists/*\nWORKDIR /src\nCOPY --from=build /usr/local/bin/app /usr/local/bin/app\nCOPY --from=build /src/pages /src/pages\nEXPOSE 8080\nCMD ["app"]\n',
        why: 'The program, what it may read, certificates and time zones.',
      },
      {
        code: 'FROM «golang:1.25-alpine3.22»\nCOPY main.go go.mod /src/\nRUN cd /src && go build -o /app\n# Start it.\nENTRYPOINT ["/app"]\n',
        fixed:
          'FROM golang:1.25-alpine3.22 AS build\nCOPY main.go go.mod /src/\nRUN cd /src && go build -o /app\n\nFROM alpine:3.22\nRUN apk add --no-cache ca-certificates tzdata\nCOPY --from=build /app /app\n# Start it.\nENTRYPOINT ["/app"]\n',
      },
      {
        code: 'FROM «maven:3.9-eclipse-temurin-21»\nWORKDIR /app\nCOPY pom.xml .\nCOPY src ./src\nRUN mvn -B package\nCMD ["java", "-jar", "target/app.jar"]\n',
        files: { 'pom.xml': '<project/>\n' },
        fixed:
          'FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /app\nCOPY pom.xml .\nCOPY src ./src\nRUN mvn -B package\n\nFROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /app/target/app.jar /app/target/app.jar\nCMD ["java", "-jar", "target/app.jar"]\n',
      },
      {
        code: 'FROM «golang:1.25»\nCOPY . .\nRUN go build -o /app\nCOPY pages /pages\nCMD ["/app"]\n',
        why: 'Without the build context nobody knows which other files are needed.',
      },
    ],
    good: [
      { code: 'FROM fedora:43\nRUN dnf install -y make gcc\nCMD /bin/bash\n', why: 'An image to build in.' },
      {
        code: 'FROM golang:1.25 AS build\nRUN go build -o /app\nFROM debian:13\nCOPY --from=build /app /app\nCMD ["/app"]\n',
        why: 'Built in a stage of its own.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache --virtual .deps gcc && make && apk del .deps\nCMD ["/app"]\n',
        why: 'Removed in the same RUN.',
      },
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y gcc\n',
        why: 'Without a command it is an image to build with.',
      },
      {
        code: 'FROM python:3.13\nRUN pip install cmake && npm install make\nCMD ["python", "app.py"]\n',
        why: 'A dependency of the program that happens to have the name.',
      },
    ],
  },
  stage: { keywords: ['CMD', 'ENTRYPOINT'] },
  check({ facts, report }) {
    const { final } = facts;
    if (!final) return;
    const lineage = facts.lineage(final);
    // Without something to run, the image may well be there to build in.
    const runs = final.instructions.some(
      ({ instruction }) => instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT',
    );
    const builds = lineage.some(({ instruction }) => instruction.keyword === 'RUN');
    if (!runs || !builds || opensShell(facts, final)) return;
    const image = final.from.instruction.from?.image;
    if (image && final.base.kind === 'image' && final.image.isSdk && !isInterpreter(final)) {
      const planned = secondStage(facts);
      report(final.from, {
        span: image.span,
        message:
          'This base image is meant for building. Build in a separate stage, and copy the result into a smaller image.',
        fixes: 'fix' in planned ? [planned.fix] : [],
      });
      return;
    }
    reportPackages(facts, final, report);
  },
});

/** Whether all that the container starts is a shell: then the image is there for people to work in, and to build. */
const opensShell = (facts: FileFacts, final: Stage): boolean =>
  startCommands(facts, final).every(({ instruction }) =>
    SHELL.test((instruction.json ?? instruction.words).map(({ text }) => text).join(' ')),
  );

const SHELL = /^(?:\S*\/)?(?:(?:ba|da|a|k|z)?sh|fish|pwsh)(?: -[il]+)*$/;

/** Images of interpreted languages are what their programs run on. */
const isInterpreter = ({ image }: Stage): boolean =>
  image.runtime !== undefined &&
  ['python', 'node', 'ruby', 'php', 'perl', 'elixir', 'r', 'bun', 'deno'].includes(image.runtime);

function reportPackages(facts: FileFacts, final: Stage, report: FileCheck['report']): void {
  for (const placed of final.instructions) {
    if (placed.instruction.keyword !== 'RUN') continue;
    const at = facts.at(placed);
    if (packageActions(at, 'remove').length > 0) continue;
    for (const { packages, info } of packageActions(at, 'install')) {
      // `pip install cmake` is a part of the program.
      if (!info.isSystem) continue;
      const tool = packages.find(word => word.literal && isTool(packageName(word.value)));
      if (!tool) continue;
      report(placed, {
        span: tool.span,
        message: `${packageName(tool.value)} remains in the final image. Build in a separate stage.`,
      });
      return;
    }
  }
}

const isTool = (name: string): boolean => TOOLS.has(name) || JDK.test(name);
