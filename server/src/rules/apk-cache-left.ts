import { isMounted } from '../facts/index.js';
import type { InstructionCheck } from './rule.js';
import { defineRule, type FixEdit, type RuleFix } from './rule.js';
import { APK_CACHE, cleans } from './support/caches.js';
import { flagWord, hasFlag } from './support/commands.js';
import { dropCommand } from './support/drop.js';
import { insertAfter, remove } from './support/edits.js';
import { isOptionVariable, type PackageAction, packageActions } from './support/packages.js';
import { isSeenBy } from './support/runs.js';

const UPDATE_FLAGS = ['-U', '--update', '--update-cache'];

const isUncached = ({ manager, verb, command }: PackageAction): boolean =>
  manager === 'apk' && verb.value === 'add' && !hasFlag(command, '--no-cache');

/** Adds the flag; what only served the cache goes, when this is the only command that used it. */
function fixFor({ instruction, facts }: InstructionCheck, add: PackageAction): RuleFix {
  const edits: FixEdit[] = [insertAfter(add.verb, '--no-cache')];
  const flag = flagWord(add.command, ...UPDATE_FLAGS);
  let dropped = false;
  const { script } = facts;
  const actions = packageActions(facts).filter(action => action.manager === 'apk' && action.kind !== 'remove');
  const updates = actions.filter(action => action.verb.value === 'update');
  if (script && actions.length === updates.length + 1) {
    for (const { command } of updates) {
      const drop = dropCommand(instruction, script, command);
      if (drop) edits.push(drop);
      dropped ||= drop !== undefined;
    }
    for (const command of facts.commands) {
      if (!dropped && updates.length > 0) break;
      if (command.base !== 'rm' || !cleans(APK_CACHE, command)) continue;
      const operands = command.args.filter(word => !word.value.startsWith('-'));
      const caches = operands.filter(word => word.value.startsWith('/var/cache/apk'));
      const drop = caches.length === operands.length ? dropCommand(instruction, script, command) : undefined;
      if (drop) edits.push(drop);
      else if (command.editable && caches.length < operands.length)
        for (const word of caches) edits.push(remove(instruction, word));
      dropped ||= drop !== undefined || caches.length > 0;
    }
  }
  if (flag && UPDATE_FLAGS.includes(flag.value)) edits.push(remove(instruction, flag));
  const commands = dropped || flag !== undefined;
  return {
    title: dropped ? 'Add --no-cache and drop what only served the cache' : 'Add --no-cache',
    safety: 'safe',
    edits,
    ...(commands ? { effect: { commands } } : {}),
  };
}

export default defineRule({
  id: 'apk-cache-left',
  codes: ['DL3019', 'DS-0025'],
  summary: '`apk add` without `--no-cache` leaves the package index in the image.',
  rationale:
    'With `--no-cache` apk fetches the index, uses it and keeps nothing, so neither `apk update` before nor `rm -rf /var/cache/apk/*` behind is needed. Without it the index stays in the layer, out of date from the next day on.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nRUN «apk add» curl\n', fixed: 'FROM alpine:3.22\nRUN apk add --no-cache curl\n' },
      {
        code: 'FROM alpine:3.22\nRUN apk update \\\n  && «apk add» \\\n    curl \\\n    # for tests\n    jq \\\n  && rm -rf /var/cache/apk/*\n',
        fixed: 'FROM alpine:3.22\nRUN apk add --no-cache \\\n    curl \\\n    # for tests\n    jq\n',
        why: 'It is removed, but was not needed.',
      },
      {
        code: 'FROM alpine:3.22\nRUN «apk --update add» curl && rm -rf /tmp/x /var/cache/apk/*\n',
        fixed: 'FROM alpine:3.22\nRUN apk add --no-cache curl && rm -rf /tmp/x\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nRUN apk --no-cache add curl\n', why: 'The flag may stand before the verb.' },
      {
        code: 'FROM alpine:3.22\nRUN --mount=type=cache,target=/var/cache/apk apk add -U curl\n',
        why: 'The cache is mounted.',
      },
      {
        code: 'FROM alpine:3.22 AS build\nRUN apk add gcc\nFROM scratch\nCOPY --from=build /a /a\n',
        why: 'The layers of a builder are thrown away.',
      },
    ],
  },
  on: ['RUN'],
  check(check) {
    const { instruction, facts, reading, report } = check;
    for (const action of packageActions(facts, 'install')) {
      const { command, verb } = action;
      if (!isUncached(action)) continue;
      let isClean = false;
      if (reading === 'hadolint') {
        if (!isSeenBy(reading, command)) continue;
        if (
          facts.mounts.some(
            mount => (mount.type === 'cache' || mount.type === 'tmpfs') && mount.target?.includes('/var/cache/apk'),
          )
        )
          continue;
      } else {
        if (
          !facts.stage.inFinalImage ||
          APK_CACHE.paths.some(path => isMounted(instruction, path)) ||
          command.args.some(isOptionVariable)
        )
          continue;
        isClean = facts.commands.slice(facts.commands.indexOf(command)).some(later => cleans(APK_CACHE, later));
      }
      report({
        span: { start: command.span.start, end: verb.span.end },
        message: isClean
          ? 'Add --no-cache instead of removing the cache afterwards.'
          : 'Add --no-cache: the package index would stay in the image for good.',
        fixes: command.editable ? [fixFor(check, action)] : [],
        severity: isClean ? 'hint' : 'info',
      });
    }
  },
});
