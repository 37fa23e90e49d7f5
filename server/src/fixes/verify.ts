import { type Dockerfile, excerptOf, reparseDockerfile } from '../dockerfile/index.js';
import type { FixEffect } from '../rules/rule.js';
import { applyEdits, sortEdits } from '../text/edits.js';
import { firstIndex } from '../text/first-index.js';
import { type Edit, moved, type Span } from '../text/span.js';
import { align, type Gap } from './align.js';
import type { Change } from './change.js';
import { compareGap } from './compare-gap.js';
import type { Refusal } from './compare-pair.js';
import { compareStages } from './compare-stages.js';

export interface Verified {
  readonly text: string;
  readonly dockerfile: Dockerfile;
}

/** Applies a fix and compares the result with the file before, instruction by instruction. */
export function verifyFix(before: Dockerfile, fix: Change): Verified | { readonly refusal: string } {
  return verifyTogether(before, [fix]);
}

/** Untouched instructions on either side of a fix that are read again with it: a line can join the one above, or go on below. */
const MARGIN = 2;

/**
 * Why a fix may not be applied, as {@link verifyFix} says it. It looks only at the instructions around the fix where what
 * is below is read as before: with thousands of fixes for one file, a copy of the file for each is too much.
 */
export function refusalOf(before: Dockerfile, fix: Change): Refusal {
  const { starts } = before.placements;
  const [from, to] = reach(starts, fix.edits);
  const near = excerptOf(before, from - MARGIN, to + MARGIN);
  if (near) {
    const { dockerfile, by } = near;
    const edits = fix.edits.map(({ span, text }) => ({ span: moved(span, -by), text }));
    const verdict = verifyTogether(dockerfile, [{ edits, effect: fix.effect }], hasShell(before));
    if ('text' in verdict && endsAlike(dockerfile, verdict.dockerfile)) return undefined;
  }
  const verdict = verifyFix(before, fix);
  return 'refusal' in verdict ? verdict.refusal : undefined;
}

/** The instructions that edits touch: the first, and the one after the last. */
function reach(starts: Int32Array, edits: readonly Edit[]): readonly [number, number] {
  const firstFrom = (offset: number): number => firstIndex(starts.length, index => (starts[index] ?? 0) >= offset);
  const start = Math.min(...edits.map(({ span }) => span.start));
  const end = Math.max(...edits.map(({ span }) => span.end));
  return [firstFrom(start + 1) - 1, firstFrom(end + 1)];
}

/** Whether both files end with the very same instruction, so that what would follow is read alike. */
function endsAlike(before: Dockerfile, after: Dockerfile): boolean {
  const was = before.placements.parts.at(-1);
  const is = after.placements.parts.at(-1);
  return was !== undefined && was.instruction === is?.instruction && was.next === is.next;
}

/**
 * Applies several fixes at once; each may only change what it declares, and only where its own edits are. `errexit`: some
 * SHELL may make scripts stop at the first failure.
 */
export function verifyTogether(
  before: Dockerfile,
  changes: readonly Change[],
  errexit = hasShell(before),
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
  const refusal = compare(before, after, sorted, changes, errexit);
  return refusal === undefined ? { text, dockerfile: after } : { refusal };
}

/** Only what the edits may have changed is read again. */
function reparsed(before: Dockerfile, text: string, edits: readonly Edit[]): Dockerfile {
  const [first] = edits;
  if (!first) return before;
  const end = edits.reduce((furthest, { span }) => Math.max(furthest, span.end), 0);
  return reparseDockerfile(before, text, first.span.start, end, end + text.length - before.text.length);
}

function compare(
  before: Dockerfile,
  after: Dockerfile,
  edits: readonly Edit[],
  changes: readonly Change[],
  errexit: boolean,
): Refusal {
  if (before.escape !== after.escape) return 'the escape character changed';
  if (!changes.some(({ effect }) => effect.layout) && directives(before) !== directives(after))
    return 'a parser directive changed';
  if (after.problems.length > before.problems.length) return 'a parser directive became invalid';
  if (changes.some(({ effect }) => effect.secondStage))
    return changes.length === 1 ? compareStages(before, after) : 'a second stage is a change of its own';
  const gaps = align(before, after, edits);
  if (typeof gaps === 'string') return gaps;
  const inserts = changes.flatMap(({ effect }) => effect.inserts ?? []);
  const removes = changes.flatMap(({ effect }) => effect.removes ?? []);
  const owned = ownedEdits(changes);
  for (const gap of gaps) {
    const here = changesIn(gap, owned);
    const refusal = compareGap(gap, combined(here.map(({ effect }) => effect)), inserts, removes, errexit);
    if (refusal !== undefined) return refusal;
  }
  if (inserts.length > 0) return `${inserts[0]} was announced but not inserted`;
  if (removes.length > 0) return `${removes[0]} was announced but not removed`;
  return undefined;
}

interface OwnedEdit {
  readonly span: Span;
  readonly by: Change;
}

/** All edits in order, with the fix that each belongs to. They do not overlap, so their ends are in order too. */
const ownedEdits = (changes: readonly Change[]): readonly OwnedEdit[] =>
  changes
    .flatMap(by => by.edits.map(({ span }) => ({ span, by })))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);

/** The fixes with an edit that touches a gap. */
function changesIn({ from, to }: Gap, owned: readonly OwnedEdit[]): readonly Change[] {
  const found = new Set<Change>();
  const first = firstIndex(owned.length, index => (owned[index]?.span.end ?? from) >= from);
  for (let index = first; index < owned.length; index++) {
    const edit = owned[index];
    if (!edit || edit.span.start > to) break;
    found.add(edit.by);
  }
  return [...found];
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
  const joined = {
    inserts: effects.flatMap(effect => effect.inserts ?? []),
    renames: Object.assign({}, ...effects.map(effect => effect.renames ?? {})),
    flags: any('flags'),
    values: any('values'),
    arguments: any('arguments'),
    prepends: any('prepends'),
    commands: commands ?? false,
  } satisfies Record<Exclude<keyof FixEffect, 'comments' | OfWholeFile>, unknown>;
  return comments ? { ...joined, comments } : joined;
}

/** What is compared of the file as a whole, or of Compose files alone. */
type OfWholeFile = 'removes' | 'layout' | 'secondStage' | 'paths';

const directives = (file: Dockerfile): string =>
  file.directives.map(directive => `${directive.name}=${directive.value}`).join('\n');

const shells = new WeakMap<Dockerfile, boolean>();
function hasShell(file: Dockerfile): boolean {
  const known = shells.get(file) ?? file.placements.parts.some(({ instruction }) => instruction.keyword === 'SHELL');
  shells.set(file, known);
  return known;
}
