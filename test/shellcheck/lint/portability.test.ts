import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PORTABILITY } from '../../../server/src/shellcheck/lint/portability.js';

/** What a shell makes of a script, in an empty folder. */
function run([program = '', ...options]: readonly string[], script: string): { status: number | null; stdout: string } {
  const folder = mkdtempSync(join(tmpdir(), 'portability-'));
  try {
    const env = { PATH: process.env.PATH, HOME: folder };
    return spawnSync(program, [...options, '-c', script], { cwd: folder, env, input: '', encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isThere = (command: readonly string[]): boolean => run(command, 'exit 7').status === 7;

const bash = ['bash'];
// Dash knows pipefail since Debian 13.
const NEWER: readonly number[] = run(['dash'], 'set -o pipefail').status === 0 ? [3040] : [];

describe.skipIf(!isThere(bash))('the table tells what real shells do', () => {
  for (const [name, command] of [
    ['dash', ['dash']],
    ['busybox', ['busybox', 'ash']],
  ] as const) {
    describe.skipIf(!isThere(command))(name, () => {
      const rows = Object.entries(PORTABILITY).filter(([code]) => name !== 'dash' || !NEWER.includes(Number(code)));
      test.each(rows)('SC%s', (_, row) => {
        const wanted = run(bash, row.example);
        const got = run(command, row.example);
        const isSame = got.stdout === wanted.stdout && got.status === wanted.status;
        // A condition that fails is another result, not the end.
        const behaviour = isSame ? ['works'] : got.status === 0 ? ['differs'] : ['stops', 'differs'];
        expect(behaviour).toContain(row[name]);
      });
    });
  }
});
