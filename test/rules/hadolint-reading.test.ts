import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

/** The DL codes of profile `hadolint`, with their instruction's line when `lines` is set. */
function codes(dockerfile: string, lines = false): string {
  const found = lint(dockerfile, { profile: 'hadolint' }).findings.flatMap(finding =>
    finding.codes
      .filter(code => /^DL/.test(code))
      .map(code => (lines ? `${code}@${dockerfile.slice(0, finding.span.start).split('\n').length}` : code)),
  );
  return [...new Set(found)].sort().join(' ');
}

/** Of one RUN on an image with a tag. Expected values were found by running hadolint 2.15.1. */
function table(rows: readonly (readonly [run: string, expected: string])[]): void {
  test.each(rows)('%s → %s', (run, expected) => {
    expect(codes(`FROM debian:12\n${run}\n`)).toBe(expected);
  });
}

describe('which commands count', () => {
  table([
    ['RUN top', 'DL3001'],
    ['RUN "top"', 'DL3001'],
    ['RUN /usr/bin/top', ''],
    ['RUN command top', 'DL3001'],
    ['RUN command -v top', ''],
    ['RUN exec -a x top', 'DL3001'],
    ['RUN command command top', ''],
    ['RUN run top', 'DL3001'],
    ['RUN env top', ''],
    ['RUN sh -c "top"', ''],
    ['RUN ["sh", "-c", "ls && top"]', 'DL3001'],
    ['RUN ls | ! top', 'DL3001 DL4006'],
    ['RUN ls | time top', 'DL3001 DL4006'],
    ['RUN a=( $(top) )', 'DL3001'],
    ['RUN [[ -z $(top) ]]', 'DL3001'],
    ['RUN (( $(top) ))', 'DL3001'],
    ['RUN echo $(( $(top) ))', 'DL3001'],
    ['RUN case a in $(top)) ls;; esac', 'DL3001'],
    ['RUN echo ${a/$(top)/b}', 'DL3001'],
    ['RUN coproc top', 'DL3001'],
    ['RUN for ((i=0;i<3;i++)); do top; done', 'DL3001'],
  ]);
});

describe('what a shell refuses has no commands', () => {
  table([
    ['RUN top && (', ''],
    ['RUN top "x', ''],
    ['RUN { top }', ''],
    ['RUN top; if true; ls; fi', ''],
    ['RUN top; echo $(ls ;; x)', ''],
    ['RUN top; [ -f x', ''],
    ['RUN top; !', ''],
    ['RUN top; fi', 'DL3001'],
    ['RUN ls; fi; top', ''],
    ['RUN ls & ; top', 'DL3001'],
    ['RUN {ls;}; top', 'DL3001'],
  ]);
});

describe('heredocs', () => {
  table([
    ['RUN <<EOF\ntop\nEOF', 'DL3001'],
    ['RUN <<EOF bash -e\ntop\nEOF', 'DL3001'],
    ['RUN <<EOF | top\nls\nEOF', ''],
    ['RUN <<EOF cat; top\nls\nEOF', 'DL3001'],
    ['RUN ls <<EOF | top\nx\nEOF', ''],
    ['RUN top <<EOF > x\nx\nEOF', 'DL3001'],
    ['RUN <<EOF python3\ntop\nEOF', ''],
    ['RUN <<EOF\n#!/usr/bin/env python3\ntop\nEOF', ''],
  ]);
});

describe('flags and operands', () => {
  const apt = 'RUN apt-get --no-install-recommends install';
  table([
    [`${apt} -qqq x=1`, 'DL3014'],
    [`${apt} -q --quiet x=1`, 'DL3014'],
    [`${apt} -o=y x=1`, ''],
    [`${apt} --foo=yes x=1`, 'DL3014'],
    [`${apt} -y -- x=1`, 'DL3008'],
    [`${apt} -yt stable x=1`, ''],
    [`${apt} -yt=stable x`, 'DL3008'],
    ['RUN busybox apk --no-cache add x=1', 'DL3018'],
    ['RUN apk --no-cache add .x !y', 'DL3018'],
    ['RUN pip install --no-cache-dir=1 x==1', 'DL3042'],
    ['RUN pip install --no-cache-dir --requirement=x y', 'DL3013'],
    ['RUN pip install --no-cache-dir --trusted-host x y==1', ''],
    ['RUN pip install --no-cache-dir $X', 'DL3013'],
    ['RUN pipfoo install --no-cache-dir x', 'DL3013'],
    ['RUN python -m pip install --no-cache-dir git+https://a/b', 'DL3013'],
    ['RUN npm --prefix u install x', ''],
    ['RUN npm install --prefix u x@1', 'DL3016'],
    ['RUN npm install .', 'DL3016'],
    ['RUN gem install -N x', ''],
    ['RUN gem install --user-install -v=1 x', 'DL3028'],
    ['RUN go install install x@1', ''],
    ['RUN go mod install x@1', 'DL3062'],
    ['RUN go run x@1 && go install y', ''],
    ['RUN useradd --uid 123456 x', ''],
    ['RUN useradd -u $UID x', 'DL3046'],
    ['RUN wget -Oq x', ''],
    ['RUN wget -vn x', 'DL3047'],
    ['RUN PIP_NO_CACHE_DIR="1" pip install x==1', 'DL3042'],
    ['RUN pip install x==1 # PIP_NO_CACHE_DIR=1', ''],
  ]);
});

describe('stages, arguments and shells', () => {
  test.each([
    ['FROM d:1\nRUN yarn install\nFROM d:1\n', 'DL3060@2'],
    ['FROM d:1 AS a\nRUN yarn install\nFROM a:2\n', 'DL3060@2'],
    ['FROM d:1 AS a\nRUN yarn install\nFROM e:2\n', ''],
    ['RUN wget -q x && curl y\n', 'DL3061@1 DL4001@1'],
    ['FROM x:1\nARG A TOKEN\n', ''],
    ['FROM x:1\nARG TOKEN A\n', 'DL3064@2'],
    ['FROM x:1\nARG A B\nUSER $B\n', 'DL3066@3'],
    ['FROM x:1\nARG A V\nRUN yum -y install a-${V} && yum clean all\n', 'DL3033@3'],
    ["FROM x:1\nARG V\nRUN yum -y install 'a-${V}' && yum clean all\n", ''],
    ['FROM x:1\nARG V\nONBUILD RUN yum -y install a-$V && yum clean all\n', 'DL3033@3'],
    ['FROM x.io:5000/y\n', 'DL3006@1'],
    ['FROM localhost:5000/y\n', ''],
    ['FROM y.io/$X\n', ''],
    ['FROM x:1 AS a\nFROM y.io/a\n', ''],
    ['FROM x:1\nSHELL ["/usr/bin/env", "bash", "-o", "pipefail", "-c"]\nRUN a | b\n', 'DL4006@3'],
    ['FROM x:1\nSHELL ["/bin/bash", "-e=o", "pipefail", "-c"]\nRUN a | b\n', ''],
    ['FROM x:1\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN a | b\n', ''],
    ['FROM x:1 AS a\nWORKDIR /x\nFROM y:1 AS a\nCOPY x y\n', 'DL3024@3 DL3045@4'],
    ['FROM x:1\nRUN --mount=type=cache,dst=/x a\nRUN --mount=target=/x,type=cache b\n', 'DL3059@3'],
  ])('%j → %s', (dockerfile, expected) => {
    expect(codes(dockerfile, true)).toBe(expected);
  });
});

describe('# hadolint stage ignore= covers from the line after the next one to the next FROM, that one included', () => {
  test.each([
    ['# hadolint stage ignore=DL3000\nFROM x:1\nWORKDIR aa\nFROM y:1\nWORKDIR bb\n', 'DL3000@5'],
    ['# hadolint stage ignore=DL3000\n# why\nFROM x:1\nWORKDIR aa\n', 'DL3000@4'],
    ['FROM x:1\n# hadolint stage ignore=DL3000\nWORKDIR aa\nWORKDIR bb\n', 'DL3000@3'],
    ['FROM x:1\n# hadolint stage ignore=DL3000\n\nWORKDIR aa\n', ''],
    ['# hadolint stage ignore=DL3006\nFROM y\nFROM z\n', 'DL3006@2'],
  ])('%j → %s', (dockerfile, expected) => {
    expect(codes(dockerfile, true)).toBe(expected);
  });
});

describe('trusted registries', () => {
  test.each([
    ['FROM debian:1\n', ['docker.io'], ''],
    ['FROM debian:1\n', ['*.io'], ''],
    ['FROM localhost:5000/x:1\n', ['docker.io'], ''],
    ['FROM docker.io/x:1\n', ['hub.docker.com'], 'DL3026'],
    ['FROM ghcr.io/a/b:1\n', ['ghcr.io/a'], 'DL3026'],
    ['FROM ghcr.io/a/b:1\n', ['ghcr*'], ''],
  ])('%j with %j → %s', (dockerfile, trustedRegistries, expected) => {
    const { findings } = lint(dockerfile, { profile: 'hadolint', trustedRegistries });
    expect(findings.flatMap(({ codes: found }) => found).join(' ')).toBe(expected);
  });
});
