import type { Dockerfile, Placed } from '../dockerfile/index.js';
import { lineEnding } from '../engine/lint.js';
import { type AnyResult, isOfCompose } from '../engine/lint-compose.js';
import type { Finding, Fix } from '../profiles/types.js';
import type { Edit } from '../text/span.js';
import { composeIgnoreEdits } from './ignore-compose.js';

/** The comments of each kind, up to where one more name can be added. */
const COMMENTS = {
  ignore: /^dockwright\s+ignore\s*=\s*([\w, -]+?)(?=\s--|$)/,
  'stage-ignore': /^dockwright\s+stage-ignore\s*=\s*([\w, -]+?)(?=\s--|$)/,
  'file-ignore': /^dockwright\s+file-ignore\s*=\s*([\w, -]+?)(?=\s--|$)/,
} as const;

/** Docker refuses the file all the same. */
const NEVER_IGNORED = new Set(['syntax-error', 'instruction-before-from']);

const ADDED: Fix['effect'] = { comments: 'add' };

/** Edits that silence a finding by a comment: for its instruction, its stage, or the file. */
export function ignoreEdits(result: AnyResult, finding: Finding): Pick<Fix, 'title' | 'edits' | 'effect'>[] {
  if (isOfCompose(result)) return composeIgnoreEdits(result, finding);
  const { dockerfile, facts } = result;
  const name = finding.rule;
  if (NEVER_IGNORED.has(name)) return [];
  const eol = lineEnding(dockerfile.text);
  const actions: Pick<Fix, 'title' | 'edits' | 'effect'>[] = [];
  const placed = dockerfile.instructions[finding.at];
  const inserted = (kind: keyof typeof COMMENTS, where: Placed): Pick<Fix, 'edits' | 'effect'> => ({
    edits: [above(dockerfile.text, where, `# dockwright ${kind}=${name}`, eol)],
    effect: ADDED,
  });
  if (placed)
    actions.push({
      title: `Ignore “${name}” here`,
      ...(joined(dockerfile.text, placed, 'ignore', name) ?? inserted('ignore', placed)),
    });
  const stage = placed ? facts.stageOf(placed) : undefined;
  if (stage && facts.stages.length > 1) {
    actions.push({
      title: `Ignore “${name}” in this stage`,
      ...(joined(dockerfile.text, stage.from, 'stage-ignore', name) ?? inserted('stage-ignore', stage.from)),
    });
  }
  const [first] = dockerfile.instructions;
  actions.push({
    title: `Ignore “${name}” in this file`,
    ...((first && joined(dockerfile.text, first, 'file-ignore', name)) ?? atTop(dockerfile, name, eol)),
  });
  return actions;
}

function atTop({ text, body }: Dockerfile, name: string, eol: string): Pick<Fix, 'edits' | 'effect'> {
  const gap = body > 0 && text[body - 1] !== '\n' && text.charCodeAt(body - 1) !== 0xfeff ? eol : '';
  return {
    edits: [{ span: { start: body, end: body }, text: `${gap}# dockwright file-ignore=${name}${eol}` }],
    effect: ADDED,
  };
}

/** One more name in a comment of this kind that is above the instruction already. */
function joined(
  text: string,
  placed: Placed,
  kind: keyof typeof COMMENTS,
  name: string,
): Pick<Fix, 'edits' | 'effect'> | undefined {
  for (const comment of placed.leading) {
    const match = COMMENTS[kind].exec(comment.text);
    if (!match) continue;
    const raw = text.slice(placed.start + comment.start, placed.start + comment.end);
    const at = placed.start + comment.start + raw.indexOf(match[0]) + match[0].trimEnd().length;
    // The comment that was there is another one then.
    return { edits: [{ span: { start: at, end: at }, text: `,${name}` }], effect: { comments: 'remove' } };
  }
  return undefined;
}

function above(text: string, placed: Placed, comment: string, eol: string): Edit {
  let lineStart = placed.start;
  while (lineStart > 0 && (text[lineStart - 1] === ' ' || text[lineStart - 1] === '\t')) lineStart--;
  const indent = text.slice(lineStart, placed.start);
  return { span: { start: lineStart, end: lineStart }, text: `${indent}${comment}${eol}` };
}
