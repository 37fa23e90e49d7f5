import { lint } from '../../server/src/engine/lint.js';
import { batchFixes, verifyFix } from '../../server/src/fixes/index.js';
import type { LintOptions } from '../../server/src/profiles/types.js';

/** More rounds than any file has findings. */
const MAX_ROUNDS = 200;

/** Applies one fix at a time, each chosen by `dice` among those that a batch may apply, until none is left. */
export function inSomeOrder(
  text: string,
  options: Partial<LintOptions>,
  level: 'safe' | 'review',
  dice: () => number,
): string {
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { dockerfile, findings } = lint(current, options);
    let choices: string[] = [];
    for (const group of batchFixes(findings, level)) {
      if (choices.length > 0) break;
      choices = group.flatMap(({ fix }) => {
        const verdict = verifyFix(dockerfile, fix);
        return 'text' in verdict ? [verdict.text] : [];
      });
    }
    if (choices.length === 0) return current;
    current = choices[dice() % choices.length] ?? current;
  }
  throw new Error('there is always one more fix');
}
