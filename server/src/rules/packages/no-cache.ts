import type { Instruction } from '../../dockerfile/index.js';
import { dropCommand } from '../../edits/drop.js';
import { insertAfter, remove } from '../../edits/words.js';
import type { InstructionFacts } from '../../facts/index.js';
import { type PackageAction, packageActions } from '../../facts/packages/in-run.js';
import { flagWord, hasFlag } from '../../shell/options.js';
import type { FixEdit, RuleFix } from '../rule.js';
import { cleans } from './cache-left.js';
import { APK_CACHE } from './caches.js';

/** They look at what is installed, not at the index. */
const LOCAL = new Set(['info', 'audit', 'verify', 'stats']);

const UPDATE_FLAGS = ['-U', '--update', '--update-cache'];

/** Adds the flag to every command of the RUN; what only served the cache goes, when nothing else in it uses apk’s index. */
export function addNoCache(instruction: Instruction, facts: InstructionFacts, adds: readonly PackageAction[]): RuleFix {
  const edits: FixEdit[] = [];
  let replaced: string | undefined;
  for (const { command, verb } of adds) {
    edits.push(insertAfter(verb, '--no-cache'));
    const flag = flagWord(command, ...UPDATE_FLAGS);
    if (!flag || !UPDATE_FLAGS.includes(flag.value)) continue;
    edits.push(remove(instruction, flag));
    replaced ??= flag.value;
  }
  const needless = needlessEdits(instruction, facts, adds.length);
  const inPlaceOf = replaced === undefined ? '' : ` in place of ${replaced}`;
  return {
    title: needless.length > 0 ? 'Add --no-cache and drop what only served the cache' : `Add --no-cache${inPlaceOf}`,
    safety: 'safe',
    edits: [...edits, ...needless],
    ...(replaced !== undefined || needless.length > 0 ? { effect: { commands: true } } : {}),
  };
}

/** Takes out `apk update` and `rm -rf /var/cache/apk/*`; only both together, lest an index stays behind. */
function needlessEdits(instruction: Instruction, facts: InstructionFacts, adds: number): readonly FixEdit[] {
  const { script } = facts;
  const actions = packageActions(facts).filter(
    ({ manager, kind, verb }) => manager === 'apk' && kind !== 'remove' && !LOCAL.has(verb.value),
  );
  const updates = actions.filter(action => action.verb.value === 'update');
  const cached = actions.filter(({ verb, command }) => verb.value !== 'update' && !hasFlag(command, '--no-cache'));
  if (!script || cached.length !== adds) return [];
  const drops = updates.map(({ command }) => dropCommand(instruction, script, command));
  const edits = drops.filter(edit => edit !== undefined);
  if (edits.length < drops.length) return [];
  for (const command of facts.commands) {
    if (command.base !== 'rm' || !command.editable || !cleans(APK_CACHE, command)) continue;
    const operands = command.args.filter(word => !word.value.startsWith('-'));
    const caches = operands.filter(word => word.value.startsWith('/var/cache/apk'));
    if (caches.length < operands.length) edits.push(...caches.map(word => remove(instruction, word)));
    else edits.push(...[dropCommand(instruction, script, command)].filter(edit => edit !== undefined));
  }
  return edits;
}
