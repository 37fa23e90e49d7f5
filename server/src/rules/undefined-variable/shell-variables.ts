import type { Instruction } from '../../dockerfile/index.js';
import { mountsOf } from '../../facts/index.js';
import type { Use } from '../../facts/variables.js';
import { isVariableName, type ShellList, type ShellScript, type ShellWord } from '../../shell/index.js';
import type { Span } from '../../text/span.js';

/** Whether the script gives the variable a value itself, in one of the shell's many ways. */
const sets = (text: string, name: string): boolean =>
  new RegExp(
    `(?:^|[^\\w$])${name}(?:[+:]?=|\\[)|\\b(?:for|select|read|mapfile|readarray|getopts|printf|wait|coproc|declare|local|typeset)\\b[^;\\n]*\\b(?<!\\$\\{?)${name}\\b`,
  ).test(text);

/**
 * The variables that the commands of a script take from its environment, each once, where they are first used; only those
 * asked for. Nothing for a script that reads other files, since those may set them; not those with a default (`${x:-y}`), nor
 * those that a secret is mounted in.
 */
export function shellVariables(
  script: ShellScript,
  instruction: Instruction,
  isWanted: (name: string) => boolean,
): readonly Use[] {
  if (
    script.form === 'exec' ||
    script.commands.some(({ base }) => base === '.' || base === 'source' || base === 'eval')
  )
    return [];
  const secrets = mountsOf(instruction).flatMap(mount => mount.options.get('env') ?? []);
  // The name of a variable may itself come from a variable.
  if (secrets.some(name => name.includes('$'))) return [];
  const found = new Map<string, Use>();
  const lookFor = (name: string, { start, end }: Span): void => {
    if (
      !isWanted(name) ||
      secrets.includes(name) ||
      !isVariableName(name) ||
      found.has(name) ||
      sets(script.source.text, name)
    )
      return;
    const use = new RegExp(`\\$(?:${name}(?!\\w)|\\{${name}\\})`).exec(instruction.text.slice(start, end));
    if (!use) return;
    const at = start + use.index;
    found.set(name, { name, modifier: '', span: { start: at, end: at + use[0].length } });
  };
  const look = (word: ShellWord | undefined): void => {
    for (const name of word?.variables ?? []) if (word) lookFor(name, word.span);
  };
  // What a `case` or a test asks about is in no command.
  const lookInHeads = ({ items }: ShellList): void => {
    for (const node of items.flatMap(({ nodes }) => nodes)) {
      if (node.kind === 'command') continue;
      for (const [, name = ''] of node.head.matchAll(/\$\{?([A-Za-z_]\w*)/g)) lookFor(name, node.span);
      for (const list of node.lists) lookInHeads(list);
    }
  };
  lookInHeads(script.list);
  for (const { name, args, assignments, redirects } of script.commands) {
    look(name);
    for (const word of args) look(word);
    for (const { value } of assignments) look(value);
    for (const { target } of redirects) look(target);
  }
  return [...found.values()];
}
