import { parseDockerfile } from '../dockerfile/index.js';
import { canBeIgnored, ignoreAbove, ignoreAtTop } from '../ignore-comments/write.js';
import { applyEdits } from '../text/edits.js';
import { lineEnding } from '../text/line-ending.js';
import { saveFixed, whyNotFixed } from './fix-file.js';
import { type Io, UsageError } from './io.js';
import type { FileOutcome } from './lint-files.js';

/** What `--add-ignores` gives as the reason of each comment. */
export function reasonFrom(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  if (given.trim() === '' || /[\r\n]/.test(given))
    throw new UsageError(
      '--add-ignores takes the reason, on one line: --add-ignores "from before 2026, see issue 12".',
    );
  return given.trim();
}

/** Writes an ignore comment above everything that is found, with the reason. Returns whether all files could be written. */
export function addIgnores(outcomes: readonly FileOutcome[], reason: string, io: Pick<Io, 'err'>): boolean {
  let isDone = true;
  let count = 0;
  for (const outcome of outcomes) {
    const { input, text, findings } = outcome;
    if (outcome.error !== undefined || findings.length === 0) continue;
    const refusal =
      input.kind === 'file'
        ? whyNotFixed(input.name, { text, isUtf8: !text.includes('\uFFFD') })
        : 'is not a file, so it was not changed.';
    const after = withIgnores(outcome, reason);
    const failure = refusal ?? (after.count === 0 ? undefined : saveFixed(input, text, after.text));
    if (failure === undefined) count += after.count;
    else {
      isDone = false;
      io.err(`dockwright: ${input.path}${refusal === undefined ? ':' : ''} ${failure}\n`);
    }
    if (after.left > 0) io.err(`dockwright: ${input.path}: ${after.left} left that no comment can silence.\n`);
  }
  io.err(`dockwright: ${count} ${count === 1 ? 'finding is' : 'findings are'} ignored by comments now.\n`);
  return isDone;
}

function withIgnores({ text, findings }: FileOutcome, reason: string): { text: string; count: number; left: number } {
  const dockerfile = parseDockerfile(text);
  const eol = lineEnding(text);
  const rulesAt = new Map<number, Set<string>>();
  const ignorable = findings.filter(({ rule }) => canBeIgnored(rule));
  for (const { at, rule } of ignorable) rulesAt.set(at, (rulesAt.get(at) ?? new Set()).add(rule));
  const edits = [...rulesAt].map(([at, rules]) => {
    const placed = dockerfile.instructions[at];
    const names = [...rules];
    return placed
      ? ignoreAbove(dockerfile, placed, 'ignore', names, eol, reason).edit
      : ignoreAtTop(dockerfile, names, eol, reason).edit;
  });
  return { text: applyEdits(text, edits), count: ignorable.length, left: findings.length - ignorable.length };
}
