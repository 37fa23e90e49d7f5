import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('docs, tables, schema and the list of rules are what the rules say', () => {
  const run = () =>
    execFileSync(process.execPath, ['--import', 'tsx', 'server/src/tools/generate.ts', '--check'], {
      cwd: join(__dirname, '../..'),
      encoding: 'utf8',
    });
  expect(run).not.toThrow();
});
