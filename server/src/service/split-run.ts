import type { Placed } from '../dockerfile/index.js';
import { indentation } from '../edits/placing.js';
import type { LintResult } from '../engine/result.js';
import { endsWithRun } from '../facts/run-lifetime.js';
import type { RuleFix } from '../rules/rule.js';
import { changesShell, scriptOf } from '../shell/index.js';

/**
 * `RUN a && b` as two instructions: what the second sees of the first is the file system only, so nothing that the shell
 * keeps may be used, and nothing that ends with the RUN.
 */
export function splitRun(result: LintResult, placed: Placed): RuleFix | undefined {
  const { instruction } = placed;
  const facts = result.facts.at(placed);
  const script = scriptOf(instruction);
  if (script?.form !== 'shell' || instruction.heredocs.length > 0 || script.errors.length > 0) return undefined;
  if (facts.shell.kind !== 'posix' || endsWithRun(facts)) return undefined;
  const { items } = script.list;
  if (items.length < 2 || items.some((item, index) => item.background || (index > 0 && item.operator !== '&&')))
    return undefined;
  if (items.some(item => item.nodes.some(node => node.kind === 'function' || node.kind === 'other'))) return undefined;
  if (script.commands.some(changesShell) || KEEPS.test(script.source.text)) return undefined;
  if (instruction.comments.length > 0) return undefined;
  const prefix = instruction.text.slice(0, instruction.argumentsSpan.start).replace(/\s*[\\`]?[ \t]*\r?\n\s*/g, ' ');
  const indent = indentation(result.dockerfile.text, placed);
  const edits = items.slice(1).map((item, index) => {
    const previous = items[index];
    return { span: { start: previous?.span.end ?? 0, end: item.span.start }, text: `\n${indent}${prefix}` };
  });
  return {
    title: 'Split into one RUN per command',
    safety: 'manual',
    edits,
    effect: { inserts: edits.map(() => 'RUN') },
  };
}

/** `${NAME:=value}` sets a variable, `$!` and `$?` speak of a command before. */
const KEEPS = /\$\{\w+:?=|\$[!?]/;
