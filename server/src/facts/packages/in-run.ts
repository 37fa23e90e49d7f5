import { perScript } from '../../shell/index.js';
import type { InstructionFacts } from '../index.js';
import { type PackageAction, type PackageKind, packageActionsOf } from './actions.js';

export type { PackageAction, PackageKind };

/** What the commands of a RUN do with packages; only actions of the given kinds, when any are given. */
export function packageActions(facts: InstructionFacts, ...kinds: readonly PackageKind[]): readonly PackageAction[] {
  const { script } = facts;
  const { all, installs } = script ? actionsIn(script) : NO_ACTIONS;
  if (kinds.length === 0 || all.length === 0) return all;
  return kinds.length === 1 && kinds[0] === 'install' ? installs : all.filter(action => kinds.includes(action.kind));
}

interface Actions {
  readonly all: readonly PackageAction[];
  readonly installs: readonly PackageAction[];
}

const NO_ACTIONS: Actions = { all: [], installs: [] };

/** Every rule about a package manager asks for them, and most for those that install. */
export const actionsIn = perScript(({ commands }): Actions => {
  let all: PackageAction[] | undefined;
  for (let index = 0; index < commands.length; index++) {
    const command = commands[index];
    const action = command && packageActionsOf(command);
    if (!action) continue;
    if (all) all.push(action);
    else all = [action];
  }
  return all ? { all, installs: all.filter(({ kind }) => kind === 'install') } : NO_ACTIONS;
});

/** What a word of an installation names, without version and architecture: `curl` of `curl=8.1` and `curl:arm64`. */
export function packageName(text: string): string {
  const end = text.search(/[=:]/);
  return end < 0 ? text : text.slice(0, end);
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
