import { describe, expect, test } from 'vitest';
import { parseDockerfile, swallowedIn } from '../../server/src/dockerfile/index.js';
import { lint } from '../../server/src/engine/lint.js';
import { fixText } from '../../server/src/fixes/index.js';
import { planHarden } from '../../server/src/harden/index.js';
import { refactorings } from '../../server/src/service/refactor.js';

const FROM = 'FROM debian:13\n';

const swallowed = (text: string): string[] =>
  parseDockerfile(text).instructions.flatMap(({ instruction }) =>
    swallowedIn(instruction).map(({ keyword, owner, span }) => {
      expect(instruction.text.slice(span.start, span.end).toUpperCase()).toBe(keyword);
      return `${keyword} in ${owner}`;
    }),
  );

const FOUND: Readonly<Record<string, string>> = {
  'RUN a \\\nRUN b': 'RUN in RUN',
  'RUN a \\\n\nRUN b': 'RUN in RUN',
  'RUN a \\\n# c\nRUN b': 'RUN in RUN',
  'RUN a \\\n\n# c\n\n  # d\n\nRUN b': 'RUN in RUN',
  'RUN a && \\\n    b \\\nCOPY c /d': 'COPY in RUN',
  'RUN a \\\n    && COPY=1 b \\\n\tADD c /d': 'ADD in RUN',
  'RUN a && \\\n    COPY b /c': 'COPY in RUN',
  'RUN if a; then \\\n  b; fi \\\nENTRYPOINT ["c"]': 'ENTRYPOINT in RUN',
  'RUN echo "it\'s" \\\nRUN b': 'RUN in RUN',
  'RUN ["a", "b"] \\\nCMD ["c"]': 'CMD in RUN',
  'ENV A=b \\\n    C=d \\\nRUN e': 'RUN in ENV',
  'ENV A=b \\\n    C=d \\\n    RUN e': 'RUN in ENV',
  'ENV A b \\\nRUN e': 'RUN in ENV',
  'LABEL a="b" \\\n# c\nENV A=b': 'ENV in LABEL',
  'COPY a b \\\nCOPY c d': 'COPY in COPY',
  'COPY --chown=1:1 a b \\\n\nUSER 1': 'USER in COPY',
  'ARG A=b \\\nRUN c': 'RUN in ARG',
  'EXPOSE 80 \\\nCMD ["a"]': 'CMD in EXPOSE',
  'WORKDIR /a \\\nRUN b': 'RUN in WORKDIR',
  'USER a \\\nWORKDIR /b': 'WORKDIR in USER',
  'VOLUME /a \\\nEXPOSE 80': 'EXPOSE in VOLUME',
  'CMD a \\\nUSER b': 'USER in CMD',
  'SHELL ["/bin/bash", "-c"] \\\nRUN a': 'RUN in SHELL',
  'STOPSIGNAL SIGTERM \\\nCMD ["a"]': 'CMD in STOPSIGNAL',
  'HEALTHCHECK CMD a \\\nCMD ["b"]': 'CMD in HEALTHCHECK',
  'HEALTHCHECK --interval=1m \\\n  CMD a \\\nEXPOSE 80': 'EXPOSE in HEALTHCHECK',
  'HEALTHCHECK NONE \\\nCMD ["b"]': 'CMD in HEALTHCHECK',
  'ONBUILD RUN a \\\nRUN b': 'RUN in RUN',
  'ONBUILD \\\n  RUN a \\\nRUN b': 'RUN in RUN',
  'COPY a C:\\dir\\\nRUN b': 'RUN in COPY',
  'COPY <<EOF /a \\\nRUN b\ntext\nEOF': 'RUN in COPY',
  'RUN a \\\nHEALTHCHECK --interval=1m \\\n  CMD b': 'HEALTHCHECK in RUN',
  'run a \\\n\nrun b': 'RUN in RUN',
  'run a \\\nworkdir /b': 'WORKDIR in RUN',
  'copy a b \\\nrun c': 'RUN in COPY',
  'run a \\\n\ncopy b /c': 'COPY in RUN',
};

const SILENT: readonly string[] = [
  'HEALTHCHECK --interval=1m --timeout=3s \\\n  CMD a',
  'HEALTHCHECK \\\n# every now and then\n  CMD a',
  'HEALTHCHECK \\\nCMD a',
  'ONBUILD HEALTHCHECK --interval=1m \\\n  CMD a',
  'ONBUILD \\\n  RUN a',
  'ONBUILD \\\nRUN a',
  'RUN psql -c "SELECT a \\\nFROM b \\\nWHERE c"',
  "RUN mysql -e 'CREATE \\\n  USER a'",
  "RUN printf '%s' 'FROM a \\\nRUN b' > Dockerfile",
  'RUN echo \\\n    FROM here',
  'RUN a && printf "%s %s" \\\n    USER app > /etc/b',
  'RUN A=1 \\\n    USER=app \\\n    RUN=1 b',
  'RUN cmd \\\n  && USER=x b',
  'RUN docker run \\\n    --user 1 \\\n    a',
  'RUN apt-get install -y \\\n    ADD \\\n',
  'RUN git commit \\\n  -m a',
  'RUN a && \\\n    env A=b c && \\\n    user add d && \\\n    copy e f',
  'RUN a \\\nenv A=b c',
  'RUN a \\\n  add b',
  'RUN apk \\\nadd a',
  'run apk \\\nadd a',
  'run a && \\\nuser b',
  'run npm \\\nrun build',
  'ARG A=1 \\\n    USER \\\n    UID',
  'ARG A \\\nUSER uid',
  'LABEL description="a \\\nRUN b"',
  'LABEL description a \\\n    FROM b',
  'ENV A="b \\\nCMD c"',
  'MAINTAINER a \\\n    FROM b',
  'RUN <<EOF\na \\\nRUN b\nEOF',
  'COPY <<EOF /Dockerfile\nFROM a\nRUN b \\\nRUN c\nEOF',
  '# a \\\nRUN b',
  'RUN a\nRUN b',
  'RUN RUNNER \\\n  RUNS a',
];

describe('an instruction that a continuation character has made a part of another', () => {
  for (const [text, expected] of Object.entries(FOUND)) {
    test(text, () => {
      expect(swallowed(`${FROM}${text}\n`)).toEqual([expected]);
      expect(swallowed(`${FROM}${text}\n`.replaceAll('\n', '\r\n'))).toEqual([expected]);
      const { findings } = lint(`${FROM}${text}\n`);
      const errors = findings.filter(finding => finding.severity === 'error');
      expect(errors.map(({ rule }) => rule)).toEqual(['swallowed-instruction']);
      expect(findings.filter(({ rule }) => rule === 'empty-continuation-line')).toEqual([]);
    });
  }

  test('with the escape character of Windows', () => {
    expect(swallowed('# escape=`\nFROM a\nCOPY a C:\\dir\\\nRUN b\n')).toEqual([]);
    expect(swallowed('# escape=`\nFROM a\nRUN a `\nRUN b\n')).toEqual(['RUN in RUN']);
    expect(fixText('# escape=`\nFROM a\nRUN a `\nRUN b\n', { profile: 'buildkit' }, 'review').text).toContain(
      'RUN a `\n',
    );
  });

  test('several, each a part of the one above', () => {
    const text = `${FROM}RUN a \\\nRUN b \\\n\nCOPY c /d\n`;
    expect(swallowed(text)).toEqual(['RUN in RUN', 'COPY in RUN']);
    expect(fixText(text, { ignore: ['consecutive-runs', 'final-stage-runs-as-root'] }, 'review').text).toBe(
      `${FROM}RUN a\nRUN b\n\nCOPY c /d\n`,
    );
  });
});

describe('nothing is swallowed', () => {
  for (const text of SILENT) test(text, () => expect(swallowed(`${FROM}${text}\n`)).toEqual([]));
});

describe('what could hide a swallowed instruction', () => {
  const HIDING = [
    'RUN a \\\n\nRUN b',
    'RUN a && \\\n\n    COPY b /c',
    'ENV A b \\\nRUN e',
    'LABEL a b \\\nRUN e',
    'MAINTAINER a \\\nRUN b',
    'CMD a \\\nUSER b',
    'COPY a /x/ \\\nCOPY b /x/\nCOPY c /x/',
    'RUN a\nRUN b \\\nRUN c\nRUN d',
    'ADD a /b \\\n\nADD c /d',
    'EXPOSE 80/TCP \\\n\nCMD a',
  ];
  for (const text of HIDING)
    for (const profile of ['all', 'recommended', 'buildkit', 'hadolint'] as const)
      test(`is not offered in profile ${profile}: ${text}`, () => {
        const file = `${FROM}${text}\n`;
        expect(fixText(file, { profile }, 'safe').text).toBe(file);
        const { findings, dockerfile } = lint(file, { profile });
        for (const { rule, at, fixes } of findings) {
          const placed = dockerfile.instructions[at];
          if (rule === 'swallowed-instruction' || !placed || swallowedIn(placed.instruction).length === 0) continue;
          expect(fixes, rule).toEqual([]);
        }
      });

  test('nor as a refactoring', () => {
    const result = lint(`${FROM}RUN a \\\nRUN b && c\nRUN d\n`);
    expect(refactorings(result, { start: 20, end: 20 })).toEqual([]);
    const at = result.dockerfile.text.indexOf('RUN d');
    expect(refactorings(result, { start: at, end: at }).filter(one => one.merges)).toEqual([]);
  });

  test('Harden cures it first', () => {
    const { after } = planHarden(`FROM node:24\nRUN a \\\n\nUSER node\nCMD ["node"]\n`, {});
    expect(after).toBe('FROM node:24\nRUN a\n\nUSER node\nCMD ["node"]\n');
  });
});
