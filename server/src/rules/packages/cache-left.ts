import { appendCommand } from '../../edits/append.js';
import {
  type FileFacts,
  type InstructionFacts,
  isMounted,
  type PackageAction,
  packageActionsOf,
} from '../../facts/index.js';
import { packageActions } from '../../facts/packages/in-run.js';
import { isSureToBeThere } from '../../facts/programs/sure-to-be-there.js';
import { laterRuns, type RunPlace, runsOf } from '../../facts/runs.js';
import { perScript, type ShellCommand, type ShellScript } from '../../shell/index.js';
import type { StageRule } from '../asked.js';
import type { Report, RuleFix } from '../rule.js';
import { APT_LISTS, isCleanedBy, isFilledBy, PACKAGE_CACHES, type PackageCache, RPM_CACHES } from './caches.js';
import { mayCleanUp } from './clean-up-commands.js';

/** Every directory of a cache that is taken away has one of these pieces. */
const ANY_CACHE = /\/var\/|lists|\/etc\/apk/;

/** Whether a command may take any cache away: nearly all of them are told from this alone. */
function mayClean(command: ShellCommand): boolean {
  if (command.base === 'rm' || command.base === 'find') return command.args.some(word => ANY_CACHE.test(word.value));
  const kind = packageActionsOf(command)?.kind;
  return kind === 'clean' || kind === 'other';
}

/** Whether a command takes the cache away. */
export function cleans(cache: PackageCache, command: ShellCommand): boolean {
  if (command.base === 'rm' || command.base === 'find')
    return command.args.some(word => cache.removed.test(word.value));
  const action = packageActionsOf(command);
  return action !== undefined && isCleanedBy(cache, action);
}

interface Cleaning {
  readonly cache: PackageCache;
  /** The first that takes it away. */
  readonly command: ShellCommand;
}

const NO_CLEANINGS: readonly Cleaning[] = [];

/** The caches that the commands of a RUN take away. */
export const cleaningsIn = ({ script }: InstructionFacts): readonly Cleaning[] =>
  script ? cleaningsOf(script) : NO_CLEANINGS;

const cleaningsOf = perScript(({ commands }): readonly Cleaning[] => {
  const cleaning = commands.filter(mayClean);
  if (cleaning.length === 0) return NO_CLEANINGS;
  return PACKAGE_CACHES.flatMap(cache => {
    const command = cleaning.find(one => cleans(cache, one));
    return command ? [{ cache, command }] : [];
  });
});

/** How the commands of a RUN fill a cache and leave it, as far as they alone tell. */
interface Filling {
  /** The first that leaves it in the layer: none of those after it takes it away. */
  readonly first: PackageAction;
  /** The last that fills it. */
  readonly last: PackageAction;
  readonly after: readonly ShellCommand[];
}

const fillingsOf = perScript(() => new Map<PackageCache, Filling | undefined>());

function fillingIn(script: ShellScript, actions: readonly PackageAction[], cache: PackageCache): Filling | undefined {
  const known = fillingsOf(script);
  if (!known.has(cache)) known.set(cache, readFilling(script.commands, actions, cache));
  return known.get(cache);
}

function readFilling(
  commands: readonly ShellCommand[],
  actions: readonly PackageAction[],
  cache: PackageCache,
): Filling | undefined {
  const filling = actions.filter(action => isFilledBy(cache, action));
  const last = filling.at(-1);
  if (!last) return undefined;
  const after = commands.slice(commands.indexOf(last.command) + 1);
  if (after.some(command => cleans(cache, command))) return undefined;
  // A trap may clean up from anywhere in the script.
  if (commands.some(({ base, args }) => base === 'trap' && args.some(word => cache.removed.test(word.value))))
    return undefined;
  const cleaned = commands.findLastIndex(command => cleans(cache, command));
  const first = filling.find(action => commands.indexOf(action.command) > cleaned);
  return first && { first, last, after };
}

/** The first command of a RUN that leaves the cache in its layer: filled, and not taken away afterwards in the same RUN. */
export function leftBehind(cache: PackageCache, { facts, instruction }: RunPlace): PackageAction | undefined {
  const actions = packageActions(facts);
  const { script } = facts;
  const filling = script && actions.length > 0 ? fillingIn(script, actions, cache) : undefined;
  if (!filling) return undefined;
  // A command that the image does not have fails before it leaves anything.
  if (facts.image.lacksCommand(filling.last.command.base)) return undefined;
  const isElsewhere = instruction.flags.length > 0 && cache.paths.some(path => isMounted(instruction, path));
  return isElsewhere || mayCleanUp(facts, filling.after, cache.removed) ? undefined : filling.first;
}

/**
 * Reports a RUN of the final image that leaves a cache in its layer. Where a later RUN of the file removes it, that one is
 * the better place to say so (cleanup-in-later-layer).
 */
export function reportLeftBehind(file: FileFacts, run: RunPlace, cache: PackageCache): Report | undefined {
  if (!run.facts.stage.inFinalImage) return undefined;
  const action = leftBehind(cache, run);
  if (!action || laterRuns(file, run).some(later => cleansForOthers(cache, later))) return undefined;
  const fix = appendCleanUp(file, run, cache);
  return {
    span: { start: action.command.span.start, end: action.verb.span.end },
    message: `${cache.label} will stay in the image. Append \`${cache.clean(action)}\` to this RUN.`,
    fixes: fix ? [fix] : [],
  };
}

/** What a rule does that reports a cache which stays in the image. */
export const reportsCacheLeft = (cache: PackageCache): StageRule => ({
  stage: { words: cache.managers },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      const found = reportLeftBehind(facts, run, cache);
      if (found) report(run.placed, found);
    }
  },
});

const cleansForOthers = (cache: PackageCache, run: RunPlace): boolean =>
  cleaningsIn(run.facts).some(one => one.cache === cache) && !cleansUpAfterItself(cache, run);

/**
 * A RUN that fills the cache, or another that the same command clears (`dnf clean all` clears that of yum too). So what one
 * RUN is told does not depend on clean-ups that fixes append to others.
 */
export const cleansUpAfterItself = (cache: PackageCache, { facts }: RunPlace): boolean =>
  packageActions(facts).some(action => clearedTogether(cache).some(other => isFilledBy(other, action)));

const clearedTogether = (cache: PackageCache): readonly PackageCache[] =>
  RPM_CACHES.includes(cache) ? RPM_CACHES : [cache];

/** Installs from lists that an earlier RUN has fetched: without them it would fail. */
export function needsOlderLists(run: RunPlace): boolean {
  for (const action of packageActions(run.facts)) {
    if (!APT_LISTS.managers.includes(action.manager)) continue;
    if (action.kind === 'update') return false;
    if (action.kind === 'install' || action.kind === 'upgrade') return true;
  }
  return false;
}

/** Whether a later RUN installs from the lists that this one fetches or keeps: not once one of the stage fetches them anew. */
export function isNeededLater(file: FileFacts, run: RunPlace): boolean {
  for (const later of laterRuns(file, run)) {
    if (needsOlderLists(later)) return true;
    if (later.stage === run.stage && fetchesLists(later)) return false;
  }
  return false;
}

/**
 * A later RUN of the stage that calls a script which cannot be read here, before the lists are fetched anew: it may install
 * from them.
 */
export function callsScriptLater(file: FileFacts, run: RunPlace): boolean {
  for (const later of laterRuns(file, run)) {
    const { script } = later.facts;
    if (later.stage !== run.stage) continue;
    if (fetchesLists(later)) return false;
    const update = script?.commands.findIndex(command => isUpdate(command)) ?? -1;
    if (script?.commands.slice(0, update < 0 ? undefined : update).some(callsScript)) return true;
  }
  return false;
}

const isUpdate = (command: ShellCommand): boolean => {
  const action = packageActionsOf(command);
  return action?.kind === 'update' && APT_LISTS.managers.includes(action.manager);
};

/** `./install.sh`, `bash /tmp/setup`, `. ./deps.sh`: a file, and no program of the system. */
function callsScript({ base, name, args }: ShellCommand): boolean {
  if (name?.value.endsWith('.sh')) return true;
  if (!/^(?:ba|da|a|k|z)?sh$|^(?:\.|source)$/.test(base) || args.some(({ value }) => /^-\w*c/.test(value)))
    return false;
  const file = args.find(({ value }) => !value.startsWith('-'));
  return file !== undefined && !/^\/(?:etc|usr)\//.test(file.value);
}

/** Begins with an update of the lists, so that it happens whatever else does. */
function fetchesLists({ facts: { script } }: RunPlace): boolean {
  const items = script?.list.items ?? [];
  const index = items.findIndex(({ nodes }) =>
    nodes.some(node => node.kind !== 'command' || node.command.base !== 'set'),
  );
  const item = items[index];
  const [node] = item?.nodes ?? [];
  if (item?.nodes.length !== 1 || node?.kind !== 'command' || item.background || item.negated) return false;
  if (items.slice(0, index + 2).some(({ operator }) => operator === '||')) return false;
  const action = packageActionsOf(node.command);
  return action !== undefined && isFilledBy(APT_LISTS, action);
}

/** The cache that the first of the filling commands leaves behind. */
function firstLeftBehind(run: RunPlace): PackageCache | undefined {
  const left = PACKAGE_CACHES.flatMap(cache => {
    const action = leftBehind(cache, run);
    return action ? [{ cache, start: action.command.span.start }] : [];
  });
  return left.sort((a, b) => a.start - b.start)[0]?.cache;
}

/** The clean-up at the end of the RUN that fills the cache; nothing where a later RUN still needs what it removes. */
export function appendCleanUp(file: FileFacts, run: RunPlace, cache: PackageCache): RuleFix | undefined {
  if (cache === APT_LISTS && (isNeededLater(file, run) || callsScriptLater(file, run))) return undefined;
  // One after the other, in the order in which the managers were used: else the file would depend on which fix came first.
  if (firstLeftBehind(run) !== cache && leftBehind(cache, run)) return undefined;
  const action = packageActions(run.facts).findLast(one => isFilledBy(cache, one));
  const { script, shell } = run.facts;
  const text = action && cache.clean(action);
  const [program = ''] = text ? text.split(' ') : [];
  if (program !== 'rm' && !isSureToBeThere(run.facts, program)) return undefined;
  const edit = text && script && appendCommand(run.instruction, script, shell, action.command, text, 'own line');
  return edit ? { title: `Append ${text}`, safety: 'safe', edits: [edit] } : undefined;
}
