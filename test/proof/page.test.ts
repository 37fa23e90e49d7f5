import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROOFS } from './cases/index.js';

it('docs/proof.md has every proof; otherwise run “npm run test:proof -- --write”', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/proof.md'), 'utf8');
  const rows = page.split('\n').filter(line => line.startsWith('| ['));
  const expected = Object.values(PROOFS)
    .flat()
    .map(({ rule, mistake }) => `| [${rule}](rules/${rule}.md) | ${mistake} |`);
  expect(rows.map(row => expected.find(start => row.startsWith(start)) ?? row)).toEqual(expected);
});
