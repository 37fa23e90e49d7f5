import {
  type Dockerfile,
  type Instruction,
  lex,
  type Placed,
  parseDockerfile,
  problemsOf,
} from '../dockerfile/index.js';
import type { Fix } from '../engine/types.js';
import type { FixEffect } from '../rules/rule.js';
import { type ShellCommand, scriptOf } from '../shell/index.js';
import { applyEdits, sortEdits } from '../text/edits.js';
import type { Edit } from '../text/span.js';

/** Why a fix may not be offered; undefined when it does what it declares and nothing else. */
export type Refusal = string | undefined;

export interface Verified {
  readonly text: string;
  readonly dockerfile: Dockerfile;
}

/** Applies a fix and compares the result with the file before, instruction by instruction. */
export function verifyFix(
  before: Dockerfile,
  fix: Pick<Fix, 'edits' | 'effect'>,
): Verified | { readonly refusal: string } {
  return verifyEdits(before, fix.edits, fix.effect);
}

export function verifyEdits(
  before: Dockerfile,
  edits: readonly Edit[],
  effect: FixEffect,
): Verified | { readonly refusal: string } {
  let text: string;
  try {
    text = applyEdits(before.text, edits);
  } catch (error) {
    if (error instanceof RangeError) return { refusal: error.message };
    throw error;
  }
  const after = parseDockerfile(text);
  const refusal = compare(before, after, sortEdits(edits), effect);
  return refusal === undefined ? { text, dockerfile: after } : { refusal };
}

interface Gap {
  readonly consumed: Placed[];
  readonly produced: Placed[];
  readonly commentsBefore: string[];
  readonly commentsAfter: string[];
}

function compare(before: Dockerfile, after: Dockerfile, edits: readonly Edit[], effect: FixEffect): Refusal {
  if (before.escape !== after.escape) return 'the escape character changed';
  if (!effect.layout && directives(before) !== directives(after)) return 'a parser directive changed';
  if (after.problems.length > before.problems.length) return 'a parser directive became invalid';
  const gaps = align(before, after, edits);
  if (typeof gaps === 'string') return gaps;
  const inserts = [...(effect.inserts ?? [])];
  const removes = [...(effect.removes ?? [])];
  for (const gap of gaps) {
    const refusal = compareGap(gap, effect, inserts, removes);
    if (refusal !== undefined) return refusal;
  }
  if (inserts.length > 0) return `${inserts[0]} was announced but not inserted`;
  if (removes.length > 0) return `${removes[0]} was announced but not removed`;
  return undefined;
}

const directives = (file: Dockerfile): string =>
  file.directives.map(directive => `${directive.name}=${directive.value}`).join('\n');

/** Splits both files at the instructions that no edit touches; each of those must stand unchanged where the edits moved it. */
function align(before: Dockerfile, after: Dockerfile, edits: readonly Edit[]): Gap[] | string {
  const byStart = new Map(after.instructions.map(placed => [placed.start, placed] as const));
  const gaps: Gap[] = [];
  let gap: Gap = { consumed: [], produced: [], commentsBefore: [], commentsAfter: [] };
  let produced = 0;
  let edit = 0;
  let delta = 0;
  const takeUntil = (end: number): void => {
    for (; produced < end; produced++) {
      const placed = after.instructions[produced];
      if (!placed) continue;
      gap.produced.push(placed);
      gap.commentsAfter.push(...commentsOf(placed));
    }
  };
  for (const placed of before.instructions) {
    const start = placed.start;
    const end = start + placed.length;
    while (edit < edits.length && (edits[edit]?.span.end ?? 0) <= start) {
      const done = edits[edit];
      if (done) delta += done.text.length - (done.span.end - done.span.start);
      edit++;
    }
    gap.commentsBefore.push(...placed.leading.map(comment => comment.text));
    const next = edits[edit];
    if (next && next.span.start < end) {
      gap.consumed.push(placed);
      gap.commentsBefore.push(...placed.instruction.comments.map(comment => comment.text));
      continue;
    }
    // An insertion right at the end of an instruction changes it, unless it begins a new line.
    if (next && next.span.start === end && !/^\r?\n/.test(next.text) && !(next.text === '' && next.span.end > end)) {
      gap.consumed.push(placed);
      gap.commentsBefore.push(...placed.instruction.comments.map(comment => comment.text));
      continue;
    }
    const match = byStart.get(start + delta);
    if (!match || !sameInstruction(match.instruction, placed.instruction))
      return `${placed.instruction.keyword} was changed without being touched`;
    takeUntil(match.index);
    gap.commentsAfter.push(...match.leading.map(comment => comment.text));
    produced = match.index + 1;
    gaps.push(gap);
    gap = { consumed: [], produced: [], commentsBefore: [], commentsAfter: [] };
  }
  takeUntil(after.instructions.length);
  gap.commentsBefore.push(...before.trailing.map(comment => comment.text));
  gap.commentsAfter.push(...after.trailing.map(comment => comment.text));
  gaps.push(gap);
  return gaps;
}

const sameInstruction = (a: Instruction, b: Instruction): boolean =>
  a === b || (a.text === b.text && a.escape === b.escape);

const commentsOf = (placed: Placed): string[] =>
  [...placed.leading, ...placed.instruction.comments].map(comment => comment.text);

function compareGap(gap: Gap, effect: FixEffect, inserts: string[], removes: string[]): Refusal {
  const comments = compareComments(gap, effect);
  if (comments !== undefined) return comments;
  const pairs: [Instruction, Instruction][] = [];
  const produced = [...gap.produced];
  const gone: Instruction[] = [];
  for (const { instruction } of gap.consumed) {
    const wanted = effect.renames?.[instruction.keyword] ?? instruction.keyword;
    const surplus =
      produced.filter(placed => placed.instruction.keyword === wanted).length -
      countLeft(gap, instruction, wanted, effect);
    const index =
      surplus < 0 && removes.includes(instruction.keyword)
        ? -1
        : produced.findIndex(placed => placed.instruction.keyword === wanted);
    const match = produced[index];
    if (!match) {
      const removed = removes.indexOf(instruction.keyword);
      if (removed < 0) return `${instruction.keyword} disappeared`;
      removes.splice(removed, 1);
      gone.push(instruction);
      continue;
    }
    produced.splice(index, 1);
    pairs.push([instruction, match.instruction]);
  }
  for (const { instruction } of produced) {
    const inserted = inserts.indexOf(instruction.keyword);
    if (inserted < 0) return `${instruction.keyword} appeared`;
    inserts.splice(inserted, 1);
    if (problemsOf(instruction).length > 0) return `the inserted ${instruction.keyword} is not valid`;
    if (brokenScript(instruction)) return `the inserted ${instruction.keyword} is not valid shell`;
  }
  for (const [was, is] of pairs) {
    const refusal = comparePair(was, is, effect);
    if (refusal !== undefined) return refusal;
  }
  return effect.commands ? undefined : compareCommands(gap);
}

// How many consumed instructions, this one included, still wait for a produced one of the same keyword.
function countLeft(gap: Gap, instruction: Instruction, wanted: string, effect: FixEffect): number {
  const from = gap.consumed.findIndex(placed => placed.instruction === instruction);
  return gap.consumed
    .slice(from)
    .filter(placed => (effect.renames?.[placed.instruction.keyword] ?? placed.instruction.keyword) === wanted).length;
}

function compareComments(gap: Gap, effect: FixEffect): Refusal {
  let at = 0;
  for (const comment of gap.commentsAfter) if (comment === gap.commentsBefore[at]) at++;
  if (at < gap.commentsBefore.length && effect.comments !== 'remove') return 'a comment was lost or moved';
  if (gap.commentsAfter.length > gap.commentsBefore.length && effect.comments !== 'add') return 'a comment appeared';
  return undefined;
}

const brokenScript = (instruction: Instruction): boolean => {
  const script = scriptOf(instruction);
  return script !== undefined && script.errors.length > 0;
};

const canonicalFlags = (instruction: Instruction): string =>
  instruction.flags
    .map(flag => flag.text)
    .sort()
    .join('\n');

function comparePair(was: Instruction, is: Instruction, effect: FixEffect): Refusal {
  if (problemsOf(is).length > problemsOf(was).length) return `${is.keyword} became invalid`;
  if (!effect.flags && canonicalFlags(was) !== canonicalFlags(is)) return `flags of ${is.keyword} changed`;
  if (heredocs(was) !== heredocs(is) && !effect.commands && !bothScripts(was, is))
    return `a heredoc of ${is.keyword} changed`;
  if (was.keyword === 'ENV' || was.keyword === 'LABEL' || was.keyword === 'ARG') {
    return effect.values || values(was) === values(is) ? undefined : `a value of ${is.keyword} changed`;
  }
  if (was.keyword === 'ONBUILD' && was.trigger && is.trigger) {
    const wanted = effect.renames?.[was.trigger.keyword] ?? was.trigger.keyword;
    if (is.trigger.keyword !== wanted) return 'the trigger of ONBUILD changed';
    return comparePair(was.trigger, is.trigger, effect);
  }
  const script = scriptOf(was);
  if (script && was.keyword === 'RUN') {
    if (script.errors.length === 0 && brokenScript(is)) return `${is.keyword} is no longer valid shell`;
    if (script.form === 'exec' || scriptOf(is)?.form === 'exec')
      return script.signature === scriptOf(is)?.signature || effect.arguments ? undefined : 'the exec form changed';
    return undefined;
  }
  if (effect.arguments) return undefined;
  if (was.json !== undefined || is.json !== undefined) {
    const same = JSON.stringify(was.json?.map(word => word.text)) === JSON.stringify(is.json?.map(word => word.text));
    return same ? undefined : `the arguments of ${is.keyword} changed`;
  }
  return squeeze(was.arguments.text) === squeeze(is.arguments.text)
    ? undefined
    : `the arguments of ${is.keyword} changed`;
}

/** `RUN <<EOF`: the heredoc is the script itself, so its commands are compared instead of its text. */
function bothScripts(was: Instruction, is: Instruction): boolean {
  const before = scriptOf(was);
  const after = scriptOf(is);
  if (before?.form !== 'heredoc' || after?.form !== 'heredoc' || before.errors.length > 0) return false;
  const [heredoc] = was.heredocs;
  return (
    before.interpreter === after.interpreter &&
    heredoc?.expand === is.heredocs[0]?.expand &&
    heredoc?.chomp === is.heredocs[0]?.chomp
  );
}

const squeeze = (text: string): string => text.replace(/[ \t]+/g, ' ').trim();

const heredocs = (instruction: Instruction): string =>
  JSON.stringify(instruction.heredocs.map(heredoc => [heredoc.expand, heredoc.chomp, heredoc.content]));

/** Keys and values as BuildKit would store them, variables left as they stand. */
function values(instruction: Instruction): string {
  const read = (text: string): string => lex(text, { escape: instruction.escape, keepUnset: true }).value;
  return JSON.stringify(
    instruction.pairs.map(pair => [read(pair.key), pair.value === undefined ? null : read(pair.value)]),
  );
}

const texts = (gap: readonly Placed[]): { instruction: Instruction; commands: readonly ShellCommand[] }[] =>
  gap
    .map(({ instruction }) => (instruction.keyword === 'ONBUILD' ? (instruction.trigger ?? instruction) : instruction))
    .filter(instruction => instruction.keyword === 'RUN')
    .map(instruction => ({
      instruction,
      commands: (scriptOf(instruction)?.commands ?? []).filter(
        command => command.via === undefined || command.via === 'exec form',
      ),
    }));

/** Every command of the RUNs before is there after, in order, with all its arguments in order; new arguments and commands may stand between. */
function compareCommands(gap: Gap): Refusal {
  const before = texts(gap.consumed).flatMap(entry => entry.commands);
  const after = texts(gap.produced).flatMap(entry => entry.commands);
  let at = 0;
  for (const command of before) {
    while (at < after.length && !keeps(after[at], command)) at++;
    if (at === after.length) return `the command “${command.name?.text ?? 'assignment'}” was changed or lost`;
    at++;
  }
  return undefined;
}

function keeps(after: ShellCommand | undefined, before: ShellCommand): boolean {
  if (!after || after.name?.text !== before.name?.text) return false;
  if (
    before.assignments.some(
      one => !after.assignments.some(other => other.name === one.name && other.value?.text === one.value?.text),
    )
  )
    return false;
  if (before.redirects.length !== after.redirects.length) return false;
  let at = 0;
  for (const word of after.args) if (word.text === before.args[at]?.text) at++;
  return at === before.args.length;
}
