import { type Instruction, lex, problemsOf } from '../dockerfile/index.js';
import type { FixEffect } from '../rules/rule.js';
import { scriptOf } from '../shell/index.js';

/** Why a fix may not be offered; undefined when it does what it declares and nothing else. */
export type Refusal = string | undefined;

export const brokenScript = (instruction: Instruction): boolean => {
  const script = scriptOf(instruction);
  return script !== undefined && script.errors.length > 0;
};

const canonicalFlags = (instruction: Instruction): string =>
  instruction.flags
    .map(flag => flag.text)
    .sort()
    .join('\n');

/** One instruction before and after: keyword, flags, words, values and heredocs; RUN scripts are compared as trees elsewhere. */
export function comparePair(was: Instruction, is: Instruction, effect: FixEffect): Refusal {
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

/** Spaces between words count as one; those in quotes are part of a word. */
export const squeeze = (text: string): string =>
  text.replace(/"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[ \t]+/g, part => (/^[ \t]/.test(part) ? ' ' : part)).trim();

const heredocs = (instruction: Instruction): string =>
  JSON.stringify(instruction.heredocs.map(heredoc => [heredoc.expand, heredoc.chomp, heredoc.content]));

/** Keys and values as BuildKit would store them, variables left as they are. */
function values(instruction: Instruction): string {
  const read = (text: string): string => lex(text, { escape: instruction.escape, keepUnset: true }).value;
  return JSON.stringify(
    instruction.pairs.map(pair => [read(pair.key), pair.value === undefined ? null : read(pair.value)]),
  );
}
