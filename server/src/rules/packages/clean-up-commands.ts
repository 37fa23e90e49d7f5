import { find, type InstructionFacts } from '../../facts/index.js';
import type { ShellCommand, ShellList, ShellWord } from '../../shell/index.js';
import type { Span } from '../../text/span.js';

/** A program or script that is named after what it does: `clean-layer.sh`, `apt-clean`, `cleanup`. */
const NAMED_SO = /clean/i;
const SCRIPT = /(?:^|\/)[\w.-]*clean[\w.-]*\.(?:ba)?sh$/i;
/** Variables that are likely to hold what is to be removed. */
const HOLDS_CACHES = /apt|list|clean|cache|trash|garbage/i;

/**
 * Whether one of the commands after an installation may well remove what it left, in a way that is not plain to see: in a
 * script or function of that name, in the directory itself, or by a variable. When unsure nothing is reported.
 */
export function mayCleanUp(facts: InstructionFacts, after: readonly ShellCommand[], removed: RegExp): boolean {
  if (facts.script && functionsRemove(facts, removed)) return true;
  return after.some(command => {
    const { base, name, args } = command;
    if (base === 'cd' || base === 'pushd') return args.some(word => removed.test(word.value));
    if (base === 'rm') return args.some(word => variableRemoves(facts, word, removed));
    if (NAMED_SO.test(base) || SCRIPT.test(name?.value ?? '')) return true;
    if (base === '' && name?.variables.some(variable => NAMED_SO.test(variable))) return true;
    return /^(?:(?:ba|da|a)?sh|source|\.)$/.test(base) && args.some(word => SCRIPT.test(word.value));
  });
}

/** `rm -rf $APT_LISTS`: by its value where the file has one, else by its name. */
function variableRemoves(facts: InstructionFacts, word: ShellWord, removed: RegExp): boolean {
  return word.variables.some(name => {
    const assigned = facts.commands.flatMap(({ assignments }) => assignments).find(one => one.name === name)?.value;
    const value = assigned ? (assigned.literal ? assigned.value : undefined) : find(facts.scope, name)?.value;
    return value === undefined ? HOLDS_CACHES.test(name) : removed.test(value);
  });
}

function functionsRemove(facts: InstructionFacts, removed: RegExp): boolean {
  const spans = functionsIn(facts.script?.list);
  if (spans.length === 0) return false;
  return facts.commands.some(
    command =>
      command.args.some(word => removed.test(word.value)) &&
      spans.some(({ start, end }) => start <= command.span.start && command.span.end <= end),
  );
}

function functionsIn(list: ShellList | undefined): readonly Span[] {
  let spans: Span[] | undefined;
  for (const { nodes } of list?.items ?? []) {
    for (const node of nodes) {
      if (node.kind !== 'function') continue;
      spans ??= [];
      spans.push(node.span);
    }
  }
  return spans ?? NONE;
}

const NONE: readonly Span[] = [];
