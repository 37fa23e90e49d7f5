import { type Dockerfile, reparseDockerfile } from '../dockerfile/index.js';
import type { Fix } from '../engine/types.js';
import type { FixEffect } from '../rules/rule.js';
import { applyEdits, sortEdits } from '../text/edits.js';
import type { Edit } from '../text/span.js';
import { align } from './align.js';
import { compareGap } from './compare-gap.js';
import type { Refusal } from './compare-pair.js';

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
