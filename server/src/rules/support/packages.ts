import type { InstructionFacts } from '../../facts/index.js';
import { type PackageAction, type PackageKind, packageActionsOf } from '../../facts/packages.js';
import type { ShellCommand } from '../../shell/index.js';

export type { PackageAction, PackageKind };

/** What the commands of a RUN do with packages; only actions of the given kinds, when any are given. */
export function packageActions(facts: InstructionFacts, ...kinds: readonly PackageKind[]): readonly PackageAction[] {
  const actions = actionsIn(facts.commands);
  return kinds.length === 0 || actions.length === 0 ? actions : actions.filter(action => kinds.includes(action.kind));
}

// Every rule about a package manager asks for them.
const memo = new WeakMap<readonly ShellCommand[], readonly PackageAction[]>();

function actionsIn(commands: readonly ShellCommand[]): readonly PackageAction[] {
  let actions = memo.get(commands);
  if (!actions) {
    actions = commands.flatMap(command => packageActionsOf(command) ?? []);
    memo.set(commands, actions);
  }
  return actions;
}

/** Somebody else answers the question, or nothing can be said: `yes | …`, an option by name, a variable among the options. */
export function answersItself({ command, packages }: PackageAction): boolean {
  if (command.redirects.some(redirect => redirect.operator.startsWith('<'))) return true;
  // What xargs reads from the pipe are arguments, not answers.
  const [first] = command.item?.nodes ?? [];
  if (first && first.span.end <= command.span.start && command.via !== 'xargs') return true;
  return command.args.some(
    word =>
      isOptionVariable(word) ||
      (!packages.includes(word) &&
        /assume-?(?:yes|no)|trivial-only|help|download-?only|dry-run|--print-uris|simulate/i.test(word.value)),
  );
}

/** `$APT_OPTS`: likely to hold options. */
export const isOptionVariable = (word: { readonly variables: readonly string[] }): boolean =>
  word.variables.some(name => /opt|flag|arg/i.test(name));
