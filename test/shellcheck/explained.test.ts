import { beforeAll, expect, test } from 'vitest';
import { shellcheckExplanations } from '../../server/src/shellcheck/index.js';
import { lintJob } from '../../server/src/shellcheck/worker/main.js';
import type { Program } from '../../server/src/shellcheck/worker/program.js';
import { shipped, startShipped } from './lib/programs.js';

let program: Program;
beforeAll(async () => {
  program = await startShipped();
});

/** Codes that the original does not know yet. */
const NEW: readonly string[] = ['2336'];

test.each(Object.entries(shellcheckExplanations()))('SC%s is what its examples show', async (code, explanation) => {
  const { bad, good, shell, summary, rationale } = explanation;
  const codes = async (script: string, dialect: 'sh' | 'bash' | 'dash'): Promise<string[]> =>
    (await lintJob(program, { script, shell: dialect, assigned: [] })).map(comment => String(comment.code));
  // Plain `sh` is where nothing but POSIX is certain.
  const dialect = shell ?? (Number(code) >= 3000 && code !== '3036' ? 'sh' : 'dash');
  if (shipped.kind === 'port' || !NEW.includes(code)) expect(await codes(bad, dialect)).toContain(code);
  if (good !== undefined) expect(await codes(good, dialect)).not.toContain(code);
  for (const text of [summary, rationale]) expect(text).toMatch(/^[`A-Z\p{L}].*\.$/su);
});
