import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIXTURES } from '../fixes/fixtures.js';
import { dockerfile } from '../fixes/generate.js';
import { disagreement, scriptsOf } from './lib/agreement.js';
import { shipped, startHaskell, startShipped } from './lib/programs.js';

async function disagreements(texts: readonly string[]): Promise<readonly string[]> {
  const [original, port] = [await startHaskell(), await startShipped()];
  const found: string[] = [];
  for (const job of scriptsOf(texts)) found.push((await disagreement(job, original, port)) ?? '');
  return found.filter(text => text !== '');
}

// docs/decisions/shellcheck.md names what is left out of the comparison.
describe.skipIf(shipped.kind !== 'port')('the port says what the original says', { timeout: 400_000 }, () => {
  test('of the scripts of all fixtures', async () => {
    expect(await disagreements(FIXTURES.map(({ text }) => text))).toEqual([]);
  });

  test('of generated scripts', async () => {
    const texts = fc.sample(dockerfile, 100);
    // Each once more with a syntax error at the end of its scripts.
    const broken = texts.map(text => text.replace(/^(RUN [^\\\r\n]*)/gm, '$1 ; if ('));
    expect(await disagreements([...texts, ...broken])).toEqual([]);
  });
});
