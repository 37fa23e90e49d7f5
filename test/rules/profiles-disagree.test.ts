import { expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

type Row = readonly [dockerfile: string, own: string, hadolint: string, buildkit: string, ignore?: string];

/** Where the standards disagree about one instruction: the codes that each profile reports of those below. */
const TABLE: readonly Row[] = [
  ['FROM x:1\nWORKDIR a\nWORKDIR b\n', 'DL3000+WorkdirRelativePath DL3000', 'DL3000 DL3000', 'WorkdirRelativePath'],
  ['FROM x:1\nARG A=a\nWORKDIR $A\n', 'DL3000+WorkdirRelativePath', '', 'WorkdirRelativePath'],
  ['FROM x:1\nSHELL ["/bin/bash", "-c"]\nCMD a\n', '', 'DL3025', ''],
  ["FROM x:1\nCMD ['a']\n", 'DL3025+JSONArgsRecommended', 'DL3025', 'JSONArgsRecommended'],
  ['FROM x:1\nHEALTHCHECK CMD a || exit 1\n', '', 'DL3025', ''],
  ['FROM x:1\nONBUILD CMD a\nONBUILD ENV a b\n', 'LegacyKeyValueFormat', '', ''],
  ['FROM x:1\nENV a b\n', 'LegacyKeyValueFormat', '', 'LegacyKeyValueFormat'],
  ['FROM x:1\nADD $A git@x.org:a/b.git /c/\n', '', 'DL3020', ''],
  ['FROM x:1\nCOPY a b $DIR\n', '', 'DL3021', ''],
  ['FROM x:1\nCOPY --from=ghcr.io/a/b /c /d\n', '', 'DL3022', ''],
  ['FROM x:1 AS Up\nCOPY --from=up /c /d\n', 'DL3023', 'DL3022', ''],
  ['FROM scratch\nCOPY a /\n', 'CopyIgnoredFile', '', '', 'a\n!b\n'],
  ['FROM scratch\nCOPY a /\n', 'CopyIgnoredFile', '', 'CopyIgnoredFile', 'a\n'],
];

const CODES =
  /^(?:DL30(?:00|20|21|22|23|25)|WorkdirRelativePath|JSONArgsRecommended|LegacyKeyValueFormat|CopyIgnoredFile)$/;

for (const [dockerfile, own, hadolint, buildkit, ignore] of TABLE) {
  test(JSON.stringify([dockerfile, ignore]), () => {
    const context = snapshotFromFiles({
      Dockerfile: dockerfile,
      ...(ignore === undefined ? {} : { '.dockerignore': ignore }),
    });
    const codes = (profile: 'recommended' | 'hadolint' | 'buildkit', family: RegExp): string =>
      lint(dockerfile, { profile, context })
        .findings.map(finding => finding.codes.filter(code => CODES.test(code) && family.test(code)).join('+'))
        .filter(text => text !== '')
        .join(' ');
    expect({
      own: codes('recommended', /./),
      hadolint: codes('hadolint', /^DL/),
      buildkit: codes('buildkit', /^[A-Z][a-z]|^JSON/),
    }).toEqual({
      own,
      hadolint,
      buildkit,
    });
  });
}
