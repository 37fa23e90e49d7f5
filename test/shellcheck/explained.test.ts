import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { shellcheckExplanations } from '../../server/src/shellcheck/index.js';
import { createLinter, type Linter } from '../../server/src/shellcheck/worker/loader.js';
import { lintJob } from '../../server/src/shellcheck/worker/main.js';
import { WASM } from './support/bundles.js';

let linter: Linter;
beforeAll(async () => {
  linter = await createLinter(await WebAssembly.compile(new Uint8Array(readFileSync(WASM))));
});

test.each(Object.entries(shellcheckExplanations()))('SC%s is what its examples show', async (code, explanation) => {
  const { bad, good, shell, summary, rationale } = explanation;
  const codes = async (script: string, dialect: 'sh' | 'bash' | 'dash'): Promise<string[]> =>
    (await lintJob(linter, { script, shell: dialect, assigned: [] })).map(comment => String(comment.code));
  // Plain `sh` is where nothing but POSIX is certain.
  const dialect = shell ?? (Number(code) >= 3000 && code !== '3036' ? 'sh' : 'dash');
  expect(await codes(bad, dialect)).toContain(code);
  if (good !== undefined) expect(await codes(good, dialect)).not.toContain(code);
  for (const text of [summary, rationale]) expect(text).toMatch(/^[`A-Z\p{L}].*\.$/su);
});
