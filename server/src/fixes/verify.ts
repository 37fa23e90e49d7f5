import {
  type Comment,
  type Dockerfile,
  type Instruction,
  lex,
  type Placed,
  problemsOf,
  reparseDockerfile,
  type Since,
} from '../dockerfile/index.js';
import type { Fix } from '../engine/types.js';
import type { FixEffect } from '../rules/rule.js';
import { isPragma } from '../rules/support/placing.js';
import { changesShell, type ShellScript, scriptOf } from '../shell/index.js';
import { applyEdits, sortEdits } from '../text/edits.js';
import type { Edit } from '../text/span.js';
import { changeOf, type Tolerance } from './shell-tree.js';

/** Why a fix may not be offered; undefined when it does what it declares and nothing else. */
export type Refusal = string | undefined;

export interface Verified {
  readonly text: string;
  readonly dockerfile: Dockerfile;
}

/** Edits and what they may change. */
export type Change = Pick<Fix, 'edits' | 'effect'>;

/** Applies a fix and compares the result with the file before, instruction by instruction. */
export function verifyFix(before: Dockerfile, fix: Change): Verified | { readonly refusal: string } {
  return verifyTogether(before, [fix]);
}

/** Applies several fixes at once; each may only change what it declares, and only where its own edits are. */
export function verifyTogether(
  before: Dockerfile,
  changes: readonly Change[],
): Verified | { readonly refusal: string } {
  const edits = changes.flatMap(change => change.edits);
  let text: string;
  try {
    text = applyEdits(before.text, edits);
  } catch (error) {
    if (error instanceof RangeError) return { refusal: error.message };
    throw error;
  }
  const sorted = sortEdits(edits);
  const after = reparsed(before, text, sorted);
  const refusal = compare(before, after, sorted, changes);
  return refusal === undefined ? { text, dockerfile: after } : { refusal };
}

/** Only what the edits may have changed is read again. */
function reparsed(before: Dockerfile, text: string, edits: readonly Edit[]): Dockerfile {
  const [first] = edits;
  if (!first) return before;
  const end = edits.reduce((furthest, { span }) => Math.max(furthest, span.end), 0);
  return reparseDockerfile(before, text, first.span.start, end, end + text.length - before.text.length);
}

/** Comments with the keyword of the instruction they belong to, where a tool reads them. */
interface Remark {
  readonly text: string;
  readonly pragmaOf: string | undefined;
}

interface Gap {
  readonly consumed: Placed[];
  readonly produced: Placed[];
  readonly commentsBefore: Remark[];
  readonly commentsAfter: Remark[];
  /** Where it begins in the text before, and where it ends. */
  readonly from: number;
  to: number;
}

function compare(before: Dockerfile, after: Dockerfile, edits: readonly Edit[], changes: readonly Change[]): Refusal {
  if (before.escape !== after.escape) return 'the escape character changed';
  if (!changes.some(({ effect }) => effect.layout) && directives(before) !== directives(after))
    return 'a parser directive changed';
  if (after.problems.length > before.problems.length) return 'a parser directive became invalid';
  const gaps = align(before, after, edits);
  if (typeof gaps === 'string') return gaps;
  const inserts = changes.flatMap(({ effect }) => effect.inserts ?? []);
  const removes = changes.flatMap(({ effect }) => effect.removes ?? []);
  const errexit = hasShell(before);
  for (const gap of gaps) {
    const here = changes.filter(change =>
      change.edits.some(({ span }) => span.start <= gap.to && span.end >= gap.from),
    );
    const refusal = compareGap(gap, combined(here.map(({ effect }) => effect)), inserts, removes, errexit);
    if (refusal !== undefined) return refusal;
  }
  if (inserts.length > 0) return `${inserts[0]} was announced but not inserted`;
  if (removes.length > 0) return `${removes[0]} was announced but not removed`;
  return undefined;
}

/** What several fixes may change together in one place. */
function combined(effects: readonly FixEffect[]): FixEffect {
  const [first] = effects;
  if (first && effects.length === 1) return first;
  const any = (key: 'flags' | 'values' | 'arguments' | 'prepends'): boolean =>
    effects.some(effect => effect[key] === true);
  const comments = effects.some(effect => effect.comments === 'remove')
    ? 'remove'
    : effects.find(effect => effect.comments)?.comments;
  const commands =
    effects.some(effect => effect.commands === true) || effects.find(effect => effect.commands)?.commands;
  return {
    inserts: effects.flatMap(effect => effect.inserts ?? []),
    renames: Object.assign({}, ...effects.map(effect => effect.renames ?? {})),
    flags: any('flags'),
    values: any('values'),
    arguments: any('arguments'),
    prepends: any('prepends'),
    ...(commands ? { commands } : {}),
    ...(comments ? { comments } : {}),
  };
}

const directives = (file: Dockerfile): string =>
  file.directives.map(directive => `${directive.name}=${directive.value}`).join('\n');

const shells = new WeakMap<Dockerfile, boolean>();
function hasShell(file: Dockerfile): boolean {
  const known = shells.get(file) ?? file.placements.parts.some(({ instruction }) => instruction.keyword === 'SHELL');
  shells.set(file, known);
  return known;
}

/**
 * The instructions to compare: `from`…`oldEnd` of one file, `from`…`newEnd` of the other. They are those that the edits
 * touch, also where reading them again found others to be the same: of two alike it does not matter which one went.
 */
function window(
  { placements: old }: Dockerfile,
  { placements: now, since }: Dockerfile,
  edits: readonly Edit[],
): Pick<Since, 'from' | 'oldEnd' | 'newEnd'> {
  const count = old.parts.length;
  if (since?.version !== old.version) return { from: 0, oldEnd: count, newEnd: now.parts.length };
  const start = edits[0]?.span.start ?? 0;
  const end = edits.reduce((furthest, { span }) => Math.max(furthest, span.end), 0);
  const from = Math.max(0, Math.min(since.from, firstBehind(old.starts, start) - 1));
  const oldEnd = Math.max(since.oldEnd, firstBehind(old.starts, end));
  return { from, oldEnd, newEnd: oldEnd + now.parts.length - count };
}

/** The index of the first instruction that starts behind an offset. */
function firstBehind(starts: Int32Array, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Splits both files at the instructions that no edit touches; each of those must stand unchanged where the edits moved it. */
function align(before: Dockerfile, after: Dockerfile, edits: readonly Edit[]): Gap[] | string {
  const { from, oldEnd, newEnd } = window(before, after, edits);
  const produceable = after.placements.range(from, newEnd);
  const byStart = new Map(produceable.map(placed => [placed.start, placed] as const));
  const gaps: Gap[] = [];
  const open = (at: number): Gap => ({
    consumed: [],
    produced: [],
    commentsBefore: [],
    commentsAfter: [],
    from: at,
    to: before.text.length,
  });
  const above = from > 0 ? before.placements.get(from - 1) : undefined;
  let gap = open(above ? above.start + above.length : 0);
  let produced = from;
  let edit = 0;
  let delta = 0;
  const takeUntil = (end: number): void => {
    for (; produced < end; produced++) {
      const placed = after.placements.get(produced);
      gap.produced.push(placed);
      gap.commentsAfter.push(...remarks(placed), ...inside(placed));
    }
  };
  for (const placed of before.placements.range(from, oldEnd)) {
    const start = placed.start;
    const end = start + placed.length;
    while (edit < edits.length && (edits[edit]?.span.end ?? 0) <= start) {
      const done = edits[edit];
      if (done) delta += done.text.length - (done.span.end - done.span.start);
      edit++;
    }
    gap.commentsBefore.push(...remarks(placed));
    const next = edits[edit];
    if (next && next.span.start < end) {
      gap.consumed.push(placed);
      gap.commentsBefore.push(...inside(placed));
      continue;
    }
    // An insertion right at the end of an instruction changes it, unless it begins a new line.
    if (next && next.span.start === end && !/^\r?\n/.test(next.text) && !(next.text === '' && next.span.end > end)) {
      gap.consumed.push(placed);
      gap.commentsBefore.push(...inside(placed));
      continue;
    }
    const match = byStart.get(start + delta);
    if (!match || !sameInstruction(match.instruction, placed.instruction))
      return `${placed.instruction.keyword} was changed without being touched`;
    takeUntil(match.index);
    gap.commentsAfter.push(...remarks(match));
    produced = match.index + 1;
    gap.to = start;
    gaps.push(gap);
    gap = open(end);
  }
  takeUntil(newEnd);
  const below = before.placements.at(oldEnd);
  if (below) gap.to = below.start;
  else {
    gap.commentsBefore.push(...before.trailing.map(plain));
    gap.commentsAfter.push(...after.trailing.map(plain));
  }
  gaps.push(gap);
  return gaps;
}

const sameInstruction = (a: Instruction, b: Instruction): boolean =>
  a === b || (a.text === b.text && a.escape === b.escape);

const plain = ({ text }: Comment): Remark => ({ text, pragmaOf: undefined });

const remarks = ({ leading, instruction }: Placed): Remark[] =>
  leading.map(comment => ({ text: comment.text, pragmaOf: isPragma(comment) ? instruction.keyword : undefined }));

const inside = ({ instruction }: Placed): Remark[] => instruction.comments.map(plain);

function compareGap(gap: Gap, effect: FixEffect, inserts: string[], removes: string[], statements: boolean): Refusal {
  const comments = compareComments(gap, effect);
  if (comments !== undefined) return comments;
  const pairs: [Instruction, Instruction][] = [];
  const produced = [...gap.produced];
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
  return effect.commands === true ? undefined : compareScripts(gap, effect, statements);
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
  for (const comment of gap.commentsAfter) {
    const was = gap.commentsBefore[at];
    if (comment.text !== was?.text) continue;
    at++;
    const renamed = was.pragmaOf && effect.renames?.[was.pragmaOf];
    // One that stands above the next instruction, which keeps its name, is among them too.
    if (![was.pragmaOf, renamed].includes(comment.pragmaOf) && effect.comments === undefined)
      return 'a comment that a linter reads would speak about another instruction';
  }
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
  if (was.text === is.text) return undefined;
  if (problemsOf(is).length > problemsOf(was).length) return `${is.keyword} became invalid`;
  if (!effect.flags && canonicalFlags(was) !== canonicalFlags(is)) return `flags of ${is.keyword} changed`;
  if (was.keyword === 'ONBUILD' && was.trigger && is.trigger) {
    const wanted = effect.renames?.[was.trigger.keyword] ?? was.trigger.keyword;
    if (is.trigger.keyword !== wanted) return 'the trigger of ONBUILD changed';
    return comparePair(was.trigger, is.trigger, effect);
  }
  if (heredocs(was) !== heredocs(is) && !effect.commands && !bothScripts(was, is))
    return `a heredoc of ${is.keyword} changed`;
  if (was.keyword === 'ENV' || was.keyword === 'LABEL' || was.keyword === 'ARG') {
    return effect.values || values(was) === values(is) ? undefined : `a value of ${is.keyword} changed`;
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
    (before.interpreter === undefined || SHELLS.test(before.interpreter)) &&
    heredoc?.expand === is.heredocs[0]?.expand &&
    heredoc?.chomp === is.heredocs[0]?.chomp
  );
}

const SHELLS = /^(?:ba|da|a|k|mk|z)?sh$/;

/** Blanks between words count as one; those in quotes are part of a word. */
const squeeze = (text: string): string =>
  text.replace(/"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[ \t]+/g, part => (/^[ \t]/.test(part) ? ' ' : part)).trim();

const heredocs = (instruction: Instruction): string =>
  JSON.stringify(instruction.heredocs.map(heredoc => [heredoc.expand, heredoc.chomp, heredoc.content]));

/** Keys and values as BuildKit would store them, variables left as they stand. */
function values(instruction: Instruction): string {
  const read = (text: string): string => lex(text, { escape: instruction.escape, keepUnset: true }).value;
  return JSON.stringify(
    instruction.pairs.map(pair => [read(pair.key), pair.value === undefined ? null : read(pair.value)]),
  );
}

function runsOf(gap: readonly Placed[]): readonly Instruction[] {
  return gap
    .map(({ instruction }) => (instruction.keyword === 'ONBUILD' ? (instruction.trigger ?? instruction) : instruction))
    .filter(instruction => instruction.keyword === 'RUN');
}

/** Every command of the RUNs before is there after, in its place. */
function compareScripts(gap: Gap, effect: FixEffect, statements: boolean): Refusal {
  const before = runsOf(gap.consumed);
  const after = runsOf(gap.produced);
  if (before.length === 0) return undefined;
  const tolerance = {
    words: effect.commands === 'words',
    statements,
    prepends: effect.prepends === true || effect.inserts?.includes('RUN') === true,
  };
  if (before.length === after.length) {
    for (const [index, was] of before.entries()) {
      const is = after[index];
      const refusal = is && compareScript([was], [is], tolerance);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }
  if (after.length < before.length && before.some(keepsState))
    return 'a command that changes its shell would reach further';
  return compareScript(before, after, tolerance);
}

const scriptsOf = (runs: readonly Instruction[]): ShellScript[] =>
  runs.map(scriptOf).filter(script => script !== undefined);

function compareScript(before: readonly Instruction[], after: readonly Instruction[], tolerance: Tolerance): Refusal {
  const was = scriptsOf(before);
  if (was.every(script => script.errors.length === 0)) {
    const strict = was.some(({ commands }) => commands.some(command => command.base === 'set'));
    return changeOf(was, scriptsOf(after), { ...tolerance, statements: tolerance.statements || strict });
  }
  // What is no POSIX shell cannot be understood, only left alone.
  const text = (runs: readonly Instruction[]): string => runs.map(run => squeeze(run.arguments.text)).join('\n');
  return text(before) === text(after) ? undefined : 'a script that cannot be read was changed';
}

const keepsState = (instruction: Instruction): boolean =>
  scriptOf(instruction)?.commands.some(command => command.top && changesShell(command)) === true;
