import type { Instruction } from '../../dockerfile/index.js';
import { appendCommand } from '../../edits/append.js';
import { insert, listStyle } from '../../edits/words.js';
import { type InstructionFacts, packageActionsOf } from '../../facts/index.js';
import { isSureToBeThere } from '../../facts/programs/sure-to-be-there.js';
import type { ShellCommand, ShellScript } from '../../shell/index.js';
import type { FixEdit } from '../rule.js';

/**
 * Makes a package manager empty its own cache in the RUN in which it installed something; undefined where that cannot be
 * written for certain. A manager may itself be removed later in the RUN, so then its turn comes right after the install.
 */
export function clearCache(
  instruction: Instruction,
  facts: InstructionFacts,
  install: ShellCommand,
  text: string,
): FixEdit | undefined {
  const { script } = facts;
  // After gosu or su-exec it is another user's cache.
  if (!script || (install.via !== undefined && install.via !== 'sudo') || isOtherUsers(script, install))
    return undefined;
  const [program = ''] = text.split(' ');
  if (!isSureToBeThere(facts, program)) return undefined;
  const removes = script.commands.some(
    other => other.span.start > install.span.end && packageActionsOf(other)?.kind === 'remove',
  );
  const edit = appendCommand(instruction, script, facts.shell, install, text);
  if (!edit || !removes) return edit;
  const { items } = script.list;
  const index = install.item ? items.indexOf(install.item) : -1;
  if (index < 0 || items[index]?.nodes.length !== 1 || items[index + 1]?.operator !== '&&') return undefined;
  const run = install.via === 'sudo' ? `sudo ${text}` : text;
  return insert(items[index].span.end, listStyle(instruction).joiner + run);
}

/** After `sudo -u` as well. */
const isOtherUsers = ({ commands }: ShellScript, { span }: ShellCommand): boolean =>
  commands.some(
    outer =>
      outer.base === 'sudo' &&
      outer.span.start < span.start &&
      span.end <= outer.span.end &&
      outer.args.some(({ value, span: at }) => at.end <= span.start && /^(?:-u|--user)/.test(value)),
  );
