import { type Instruction, type Placed, problemsOf } from '../dockerfile/index.js';
import type { FixEffect } from '../rules/rule.js';
import { changesShell, type ShellScript, scriptOf } from '../shell/index.js';
import type { Gap } from './align.js';
import { brokenScript, comparePair, type Refusal, squeeze } from './compare-pair.js';
import { changeOf, type Tolerance } from './shell-tree.js';

/** Compares what is in a gap before and after; takes what it finds inserted and removed out of the lists. */
export function compareGap(
  gap: Gap,
  effect: FixEffect,
  inserts: string[],
  removes: string[],
  statements: boolean,
): Refusal {
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
    // One that is above the next instruction, which keeps its name, is among them too.
    if (![was.pragmaOf, renamed].includes(comment.pragmaOf) && effect.comments === undefined)
      return 'a comment that a linter reads would speak about another instruction';
  }
  if (at < gap.commentsBefore.length && effect.comments !== 'remove') return 'a comment was lost or moved';
  if (gap.commentsAfter.length > gap.commentsBefore.length && effect.comments !== 'add') return 'a comment appeared';
  return undefined;
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
  // A RUN that becomes another instruction no longer runs anything, so nothing of it reaches further.
  const isReplaced = effect.renames?.['RUN'] !== undefined;
  if (after.length < before.length && !isReplaced && before.some(keepsState))
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
  // What is not a POSIX shell cannot be understood, only left alone.
  const text = (runs: readonly Instruction[]): string => runs.map(run => squeeze(run.arguments.text)).join('\n');
  return text(before) === text(after) ? undefined : 'a script that cannot be read was changed';
}

const keepsState = (instruction: Instruction): boolean =>
  scriptOf(instruction)?.commands.some(command => command.top && changesShell(command)) === true;
