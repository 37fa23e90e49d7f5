import { dropCommand } from '../edits/drop.js';
import { isMounted } from '../facts/index.js';
import { isOptionVariable, type PackageAction, packageActions } from '../facts/packages/in-run.js';
import { hasFlag } from '../shell/options.js';
import { cleans } from './packages/cache-left.js';
import { APK_CACHE } from './packages/caches.js';
import { addNoCache } from './packages/no-cache.js';
import { defineRule, type InstructionCheck } from './rule.js';

/** hadolint looks at `apk add` alone; an upgrade fetches the index as well. */
const isUncached = ({ manager, verb, command }: PackageAction): boolean =>
  manager === 'apk' && (verb.value === 'add' || verb.value === 'upgrade') && !hasFlag(command, '--no-cache');

/** The index is not kept in the layer, or it cannot be told. */
function isExcused({ instruction, facts }: InstructionCheck, { command }: PackageAction): boolean {
  if (!facts.stage.inFinalImage || APK_CACHE.paths.some(path => isMounted(instruction, path))) return true;
  // Without network it cannot fetch an index either: it lives off an earlier one.
  return hasFlag(command, '--no-network') || command.args.some(isOptionVariable);
}

export default defineRule({
  id: 'apk-cache-left',
  codes: ['DL3019', 'DS-0025'],
  summary: '`apk add` without `--no-cache` leaves the package index in the image.',
  rationale:
    'With `--no-cache` apk fetches the index, uses it and keeps nothing, so neither `apk update` before nor `rm -rf /var/cache/apk/*` after it is needed. Without it the index stays in the layer, out of date from the next day on.',
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
      {
        code: 'FROM alpine:3.22\nRUN apk update && «apk add» curl && apk add jq\n',
        fixed: 'FROM alpine:3.22\nRUN apk add --no-cache curl && apk add --no-cache jq\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN «apk update» \\\n && apk add --no-cache curl\n',
        fixed: 'FROM alpine:3.22\nRUN apk add --no-cache curl\n',
        why: 'The index would stay although the rest keeps none.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk update && «apk upgrade» && apk add --no-cache curl\n',
        fixed: 'FROM alpine:3.22\nRUN apk upgrade --no-cache && apk add --no-cache curl\n',
        why: 'An upgrade fetches the index too.',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache curl && apk add --no-network jq\n',
        why: 'Without network no index is fetched.',
      },
      { code: 'FROM alpine:3.22\nRUN apk --no-cache add curl\n', why: 'The flag may be before the verb.' },
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
  instruction: { keywords: ['RUN'], words: ['apk'] },
  check(check) {
    const { facts, report } = check;
    const adds = packageActions(facts, 'install', 'upgrade').filter(
      action => isUncached(action) && !isExcused(check, action),
    );
    const [first] = adds;
    if (!first) {
      reportUpdate(check);
      return;
    }
    const last = facts.commands.lastIndexOf(adds.at(-1)?.command ?? first.command);
    const isClean = facts.commands.slice(last).some(later => cleans(APK_CACHE, later));
    report({
      span: { start: first.command.span.start, end: first.verb.span.end },
      message: isClean
        ? 'Use `--no-cache` instead of removing the cache afterwards.'
        : `The package index stays in the image. Add \`--no-cache\`${updatesBefore(facts) ? ' and remove `apk update`' : ''}.`,
      fixes: adds.every(({ command }) => command.editable) ? [addNoCache(check.instruction, facts, adds)] : [],
      severity: isClean ? 'hint' : 'info',
      ...(first.kind === 'install' ? {} : { codes: [] }),
    });
  },
});

const updatesBefore = (facts: InstructionCheck['facts']): boolean =>
  packageActions(facts, 'update').some(({ manager }) => manager === 'apk');

/** `apk update && apk add --no-cache …`: the second fetches an index of its own, and the first one’s stays. */
function reportUpdate({ instruction, facts, report }: InstructionCheck): void {
  const actions = packageActions(facts).filter(({ manager, kind }) => manager === 'apk' && kind !== 'remove');
  const update = actions[0];
  const { script } = facts;
  if (!script || update?.verb.value !== 'update' || hasFlag(update.command, '--no-cache') || actions.length < 2) return;
  const fetchesItself = ({ verb, command }: PackageAction): boolean =>
    (verb.value === 'add' || verb.value === 'upgrade') && hasFlag(command, '--no-cache');
  if (!actions.slice(1).every(fetchesItself)) return;
  if (!facts.stage.inFinalImage || APK_CACHE.paths.some(path => isMounted(instruction, path))) return;
  if (facts.commands.some(command => cleans(APK_CACHE, command))) return;
  const drop = dropCommand(instruction, script, update.command);
  report({
    span: update.command.span,
    message: 'This package index stays in the image, and `apk add --no-cache` does not use it. Remove `apk update`.',
    fixes: drop ? [{ title: 'Drop apk update', safety: 'safe', edits: [drop], effect: { commands: true } }] : [],
    codes: [],
  });
}
