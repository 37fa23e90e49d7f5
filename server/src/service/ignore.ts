import type { Placed } from '../dockerfile/index.js';
import { lineEnding } from '../engine/lint.js';
import type { Finding, Fix, LintResult } from '../engine/types.js';
import type { Edit } from '../text/span.js';

const IGNORE = /^dockwright\s+ignore\s*=\s*([\w, -]+?)(?=\s--|$)/;

const ADDED: Fix['effect'] = { comments: 'add' };

/** Edits that silence a finding by a comment: for its instruction, its stage, or the file. */
export function ignoreEdits(result: LintResult, finding: Finding): Pick<Fix, 'title' | 'edits' | 'effect'>[] {
  const { dockerfile, facts } = result;
  const eol = lineEnding(dockerfile.text);
  const actions: Pick<Fix, 'title' | 'edits' | 'effect'>[] = [];
  const placed = dockerfile.instructions[finding.at];
  const name = finding.rule;
  if (placed) actions.push({ title: `Ignore “${name}” here`, ...here(dockerfile.text, placed, name, eol) });
  const stage = placed ? facts.stageOf(placed) : undefined;
  if (stage && facts.stages.length > 1) {
    actions.push({
      title: `Ignore “${name}” in this stage`,
      edits: [above(dockerfile.text, stage.from, `# dockwright stage-ignore=${name}`, eol)],
      effect: ADDED,
    });
  }
  const top = dockerfile.body;
  actions.push({
    title: `Ignore “${name}” in this file`,
    edits: [
      {
        span: { start: top, end: top },
        text: `${top > 0 && dockerfile.text[top - 1] !== '\n' && dockerfile.text.charCodeAt(top - 1) !== 0xfeff ? eol : ''}# dockwright file-ignore=${name}${eol}`,
      },
    ],
    effect: ADDED,
  });
  return actions;
}

/** Adds to an ignore comment that is there already, else inserts one above. */
function here(text: string, placed: Placed, name: string, eol: string): Pick<Fix, 'edits' | 'effect'> {
  for (const comment of placed.leading) {
    const match = IGNORE.exec(comment.text);
    if (!match) continue;
    const raw = text.slice(placed.start + comment.start, placed.start + comment.end);
    const at = placed.start + comment.start + raw.indexOf(match[0]) + match[0].trimEnd().length;
    // The comment that was there is another one then.
    return { edits: [{ span: { start: at, end: at }, text: `,${name}` }], effect: { comments: 'remove' } };
  }
  return { edits: [above(text, placed, `# dockwright ignore=${name}`, eol)], effect: ADDED };
}

function above(text: string, placed: Placed, comment: string, eol: string): Edit {
  let lineStart = placed.start;
  while (lineStart > 0 && (text[lineStart - 1] === ' ' || text[lineStart - 1] === '\t')) lineStart--;
  const indent = text.slice(lineStart, placed.start);
  return { span: { start: lineStart, end: lineStart }, text: `${indent}${comment}${eol}` };
}
