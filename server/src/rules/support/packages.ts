import type { InstructionFacts } from '../../facts/index.js';
import { type PackageAction, type PackageKind, packageActionsOf } from '../../facts/packages.js';

export type { PackageAction, PackageKind };

/** What the commands of a RUN do with packages; only actions of the given kinds, when any are given. */
export function packageActions(facts: InstructionFacts, ...kinds: readonly PackageKind[]): readonly PackageAction[] {
  const actions = facts.commands.flatMap(command => packageActionsOf(command) ?? []);
  return kinds.length === 0 ? actions : actions.filter(action => kinds.includes(action.kind));
}

/** Somebody else answers the question, or nothing can be said: `yes | …`, an option by name, a variable among the options. */
export function answersItself({ command, verb, packages }: PackageAction): boolean {
  if (command.redirects.some(redirect => redirect.operator.startsWith('<'))) return true;
  const [first] = command.item?.nodes ?? [];
  const isPiped = first !== undefined && command.item !== undefined && command.item.nodes.length > 1 && first.span.end <= command.span.start;
  if (isPiped || command.via === 'xargs') return isPiped && command.via !== 'xargs';
  const flags = command.args.filter(word => !packages.includes(word) || word.span.start < verb.span.start);
  return flags.some(word => /assume-?yes|help|download-?only|dry-run/i.test(word.value)) || command.args.some(isOptionVariable);
}

/** `$APT_OPTS`: likely to hold options. */
export const isOptionVariable = (word: { readonly variables: readonly string[]; readonly value: string }): boolean =>
  word.variables.some(name => /opt|flag|arg/i.test(name));
