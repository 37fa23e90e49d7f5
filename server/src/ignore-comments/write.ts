import type { Dockerfile, Placed } from '../dockerfile/index.js';
import type { Edit } from '../text/span.js';

/** The comments of each kind, up to where one more name can be added. */
const COMMENTS = {
  ignore: /^dockwright\s+ignore\s*=\s*([\w, -]+?)(?=\s--|$)/,
  'stage-ignore': /^dockwright\s+stage-ignore\s*=\s*([\w, -]+?)(?=\s--|$)/,
  'file-ignore': /^dockwright\s+file-ignore\s*=\s*([\w, -]+?)(?=\s--|$)/,
} as const;

export type IgnoreKind = keyof typeof COMMENTS;

/** Docker refuses the file all the same. */
const NEVER_IGNORED = new Set(['syntax-error', 'instruction-before-from']);

export const canBeIgnored = (rule: string): boolean => !NEVER_IGNORED.has(rule);

export interface Written {
  readonly edit: Edit;
  /** Names were added to a comment that was there. */
  readonly isJoined: boolean;
}

/** What silences rules by a comment above an instruction; in one that is there already, without another reason. */
export function ignoreAbove(
  { text }: Dockerfile,
  placed: Placed,
  kind: IgnoreKind,
  names: readonly string[],
  eol: string,
  reason = '',
): Written {
  const joined = joinedTo(text, placed, kind, names);
  if (joined) return { edit: joined, isJoined: true };
  let lineStart = placed.start;
  while (lineStart > 0 && (text[lineStart - 1] === ' ' || text[lineStart - 1] === '\t')) lineStart--;
  const indent = text.slice(lineStart, placed.start);
  const comment = `${indent}# dockwright ${kind}=${names.join(',')}${reason && ` -- ${reason}`}${eol}`;
  return { edit: { span: { start: lineStart, end: lineStart }, text: comment }, isJoined: false };
}

/** What silences rules for a whole file, after its directives. */
export function ignoreAtTop(dockerfile: Dockerfile, names: readonly string[], eol: string, reason = ''): Written {
  const [first] = dockerfile.instructions;
  const joined = first && joinedTo(dockerfile.text, first, 'file-ignore', names);
  if (joined) return { edit: joined, isJoined: true };
  const { text, body } = dockerfile;
  const gap = body > 0 && text[body - 1] !== '\n' && text.charCodeAt(body - 1) !== 0xfeff ? eol : '';
  const comment = `${gap}# dockwright file-ignore=${names.join(',')}${reason && ` -- ${reason}`}${eol}`;
  return { edit: { span: { start: body, end: body }, text: comment }, isJoined: false };
}

/** More names in a comment of this kind that is above the instruction already. */
function joinedTo(text: string, placed: Placed, kind: IgnoreKind, names: readonly string[]): Edit | undefined {
  for (const comment of placed.leading) {
    const match = COMMENTS[kind].exec(comment.text);
    if (!match) continue;
    const raw = text.slice(placed.start + comment.start, placed.start + comment.end);
    const at = placed.start + comment.start + raw.indexOf(match[0]) + match[0].trimEnd().length;
    return { span: { start: at, end: at }, text: names.map(name => `,${name}`).join('') };
  }
  return undefined;
}
