import { type AnyResult, isOfCompose } from '../engine/lint-compose.js';
import { canBeIgnored, ignoreAbove, ignoreAtTop, type Written } from '../ignore-comments/write.js';
import type { Finding, Fix } from '../profiles/types.js';
import { lineEnding } from '../text/line-ending.js';
import { composeIgnoreEdits } from './ignore-compose.js';

/** Edits that silence a finding by a comment: for its instruction, its stage, or the file. */
export function ignoreEdits(result: AnyResult, finding: Finding): Pick<Fix, 'title' | 'edits' | 'effect'>[] {
  if (isOfCompose(result)) return composeIgnoreEdits(result, finding);
  const { dockerfile, facts } = result;
  const name = finding.rule;
  if (!canBeIgnored(name)) return [];
  const eol = lineEnding(dockerfile.text);
  const actions: Pick<Fix, 'title' | 'edits' | 'effect'>[] = [];
  const placed = dockerfile.instructions[finding.at];
  if (placed) {
    const written = ignoreAbove(dockerfile, placed, 'ignore', [name], eol);
    actions.push({ title: `Ignore “${name}” here`, ...asFix(written) });
  }
  const stage = placed ? facts.stageOf(placed) : undefined;
  if (stage && facts.stages.length > 1) {
    const written = ignoreAbove(dockerfile, stage.from, 'stage-ignore', [name], eol);
    actions.push({ title: `Ignore “${name}” in this stage`, ...asFix(written) });
  }
  actions.push({ title: `Ignore “${name}” in this file`, ...asFix(ignoreAtTop(dockerfile, [name], eol)) });
  return actions;
}

/** A comment with one more name is another one than before. */
const asFix = ({ edit, isJoined }: Written): Pick<Fix, 'edits' | 'effect'> => ({
  edits: [edit],
  effect: { comments: isJoined ? 'remove' : 'add' },
});
