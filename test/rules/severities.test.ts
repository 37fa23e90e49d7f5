import { expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

type Row = readonly [why: string, rule: string, dockerfile: string, severity: string];

/** How serious the same problem is in different places. */
const TABLE: readonly Row[] = [
  ['what runs', 'end-of-life-image', 'FROM debian:jessie\nCMD ["/a"]\n', 'warning'],
  ['a builder', 'end-of-life-image', 'FROM debian:jessie AS b\nFROM scratch\nCOPY --from=b /a /a\n', 'info'],
  ['a program', 'final-stage-runs-as-root', 'FROM debian:13\nCMD ["python3", "app.py"]\n', 'warning'],
  ['nothing of its own', 'final-stage-runs-as-root', 'FROM debian:13\nRUN make\n', 'warning'],
  ['an interpreter alone', 'final-stage-runs-as-root', 'FROM debian:13\nCMD ["python3"]\n', 'info'],
  ['a shell alone', 'final-stage-runs-as-root', 'FROM debian:13\nCMD /bin/bash -l\n', 'info'],
  ['the build goes on', 'empty-continuation-line', 'FROM debian:13\nRUN a \\\n\n  && b\n', 'warning'],
  ['an instruction is lost', 'swallowed-instruction', 'FROM debian:13\nRUN a \\\n\nCOPY b /c\n', 'error'],
];

for (const [why, rule, dockerfile, severity] of TABLE) {
  test(`${rule}: ${why}`, () => {
    const { findings } = lint(dockerfile, { profile: 'recommended' });
    expect(findings.filter(finding => finding.rule === rule).map(finding => finding.severity)).toEqual([severity]);
  });
}

// Its text is not read, but what separates commands can be told.
test.each([
  ['a', 'b', ['DL3059']],
  ['a; b', 'c', []],
  ['a', 'b | c', []],
])('PowerShell: RUN %s, RUN %s', (first, second, expected) => {
  const dockerfile = `FROM x:1\nSHELL ["pwsh", "-c"]\nRUN ${first}\nRUN ${second}\n`;
  const { findings } = lint(dockerfile, { profile: 'hadolint' });
  expect(findings.flatMap(finding => finding.codes)).toEqual(expected);
});
