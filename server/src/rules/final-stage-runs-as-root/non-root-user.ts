import type { Placed } from '../../dockerfile/index.js';
import { insertBeforeStart, lastWork } from '../../edits/before-start.js';
import { cased, insertAbove } from '../../edits/placing.js';
import { createdUsers } from '../../facts/accounts/created-users.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { isRootName } from '../../facts/index.js';
import { perLineage } from '../../facts/per-lineage.js';
import { calledCommands } from '../../facts/programs/called.js';
import { userRecipe } from '../../images/index.js';
import type { FixEdit, FixSafety, RuleFix } from '../rule.js';
import { canHandOver } from './can-hand-over.js';
import { databasesIn, giveDatabases } from './databases.js';
import { asUser, namedOwners, userOf } from './named-owners.js';
import { isFilled, type Written, writtenDirectories } from './written-directories.js';

/** Commands up to this length are not broken into lines. */
const ONE_LINE = 80;
/** And these not at all: a directory is made and given away in one breath. */
const ONE_BREATH = 110;
/** More users to choose from are no help. */
const MOST_CHOICES = 6;
/** Directories that a title names. */
const NAMED = 3;

/** A user that the image has or will have: what USER says, and the command that makes it. */
interface Choice {
  /** The commands that create it, where that is needed. */
  readonly run: readonly string[];
  readonly user: string;
  /** Owner for chown. */
  readonly owner: string;
}

/**
 * Fixes that let the final stage run as another user than root, the best one first: an earlier USER, a user that the
 * file creates, one that the image has, or a new one. Empty where a USER could break what depends on the stage.
 */
export function nonRootFixes(facts: FileFacts, final: Stage, safety: FixSafety): readonly RuleFix[] {
  const choices = nonRootChoices(facts, final);
  const careful = choices.length > 1 ? 'manual' : safety;
  return choices.map(choice => fixFor(facts, final, choice, careful));
}

/** Whether there is one fix among them, and nothing that the program may need is left to a person; cheaper than the fixes. */
export function hasSureFix(facts: FileFacts, final: Stage): boolean {
  const [choice, ...others] = nonRootChoices(facts, final);
  return choice !== undefined && others.length === 0 && !leavesOpen(facts, final, choice);
}

function nonRootChoices(facts: FileFacts, final: Stage): readonly Choice[] {
  // Triggers run in an image built on this one, as the user that USER leaves there.
  if (facts.has(final, 'ONBUILD')) return [];
  if (final.exit.user.isRoot && final.exit.shell.kind === 'unknown') return [];
  return choicesOf(facts, final);
}

const choicesOf = perLineage((facts, final): readonly Choice[] => {
  const { image, user } = final.exit;
  const plain = (name: string): Choice => ({ run: [], user: name, owner: name });
  const before = facts.has(final, 'USER')
    ? facts
        .lineage(final)
        .findLast(({ instruction }) => instruction.keyword === 'USER' && isOther(instruction.arguments.text))
    : undefined;
  if (before) return [plain(before.instruction.arguments.text)];
  const created = createdUsers(facts, final);
  if (created.length > 0)
    return created.every(one => one.name !== undefined)
      ? created
          .flatMap(one => one.name ?? [])
          .slice(0, MOST_CHOICES)
          .map(plain)
      : [];
  const owners = namedOwners(facts, final);
  const owner = owners.length === 1 ? asUser(owners[0] ?? '', final) : undefined;
  if (owner !== undefined) return [plain(owner)];
  // The program's files belong to somebody who may not be there, or to several: which of them is to run is not known.
  if (owners.length > 0 && !owners.every(one => userOf(one) === image.shippedUser?.name)) return [];
  const starts = image.defaultUser;
  if (starts && !isRootName(starts.name) && starts.uid !== 0) {
    // Nothing in a distroless image needs the name, and Kubernetes can check the number.
    const numeric = starts.uid !== undefined && (image.family === 'distroless' || image.family === 'chainguard');
    return [plain(numeric ? `${starts.uid}:${starts.uid}` : starts.name)];
  }
  // A number works in every image; commands and names only where they are known to be there.
  if (user.isRoot === undefined) return [plain('10001:10001')];
  const recipe = userRecipe(image);
  // The group is there already, and groupadd would fail.
  if (recipe?.run && lineageHasGroup(facts, final)) return [plain(recipe.user)];
  if (!recipe) return [];
  // Which number such a command gets is decided when it is put right, which comes first.
  if (ACCOUNT_COMMANDS.some(name => image.lacksCommand(name) && calledCommands(facts, final).has(name))) return [];
  const id = freeId(facts, final);
  const own = recipe.user.replaceAll(APP_ID, id);
  return [{ run: (recipe.run ?? []).map(command => command.replaceAll(APP_ID, id)), user: own, owner: own }];
});

const ACCOUNT_COMMANDS = ['groupadd', 'useradd', 'addgroup', 'adduser'];

/** The number that the recipes give to users and groups. */
const APP_ID = '10001';

/** The first number from there on that no RUN names: it may have given it to an account. */
function freeId(facts: FileFacts, final: Stage): string {
  const runs = facts.lineage(final).filter(({ instruction }) => instruction.keyword === 'RUN');
  for (let id = Number(APP_ID); ; id++)
    if (!runs.some(({ instruction: { text } }) => text.includes(`${id}`))) return `${id}`;
}

function lineageHasGroup(facts: FileFacts, final: Stage): boolean {
  const called = calledCommands(facts, final);
  if (!called.has('groupadd') && !called.has('addgroup')) return false;
  return facts
    .lineage(final)
    .some(
      placed =>
        placed.instruction.keyword === 'RUN' &&
        facts
          .at(placed)
          .commands.some(
            ({ base, args }) => (base === 'groupadd' || base === 'addgroup') && args.some(word => word.value === 'app'),
          ),
    );
}

// A name with a space is a comment gone wrong: it never resolves.
const isOther = (text: string): boolean => text !== '' && !/[\s$]/.test(text) && !isRootName(text.replace(/["']/g, ''));

function fixFor(facts: FileFacts, final: Stage, choice: Choice, safety: FixSafety): RuleFix {
  const { directories, place, open } = ownedBy(facts, final, choice);
  const own = lastUser(facts, final);
  const replaces = own !== undefined && own.index > (lastWork(final)?.index ?? -1);
  const folder = directories.length > 0 ? databasesIn(facts, final) : undefined;
  const databases = folder === undefined ? [] : [giveDatabases(folder, choice.owner)];
  const first = commandOf(facts, final, [
    ...choice.run,
    ...handOver(directories, choice.owner),
    ...(place ? [] : databases),
  ]);
  const edits: FixEdit[] = [];
  if (first !== undefined && place) edits.push(insertAbove(facts, place, first));
  const here = place ? commandOf(facts, final, databases) : first;
  if (replaces) {
    if (here !== undefined) edits.push(insertAbove(facts, own, here));
    edits.push({ at: own, span: own.instruction.argumentsSpan, text: choice.user });
  } else {
    const user = `${cased(final, 'USER')} ${choice.user}`;
    edits.push(insertBeforeStart(facts, final, here === undefined ? user : `${here}\n${user}`));
  }
  return {
    title: titleOf(
      choice,
      directories.map(({ path }) => path),
    ),
    safety: open ? 'manual' : safety,
    edits,
    effect: {
      ...(replaces ? { arguments: true } : {}),
      inserts: [
        ...(first === undefined ? [] : ['RUN']),
        ...(place && here !== undefined ? ['RUN'] : []),
        ...(replaces ? [] : ['USER']),
      ],
    },
  };
}

/** The last USER of the stage itself. */
function lastUser(facts: FileFacts, final: Stage): Placed | undefined {
  const last = facts.last(final, 'USER');
  return last && last.index > final.from.index ? last : undefined;
}

/** The RUN that creates the user and hands the directories over, where either is needed. */
function commandOf(facts: FileFacts, final: Stage, commands: readonly string[]): string | undefined {
  if (commands.length === 0) return undefined;
  const joined = commands.join(' && ');
  return `${cased(final, 'RUN')} ${joined.length <= ONE_LINE ? joined : commands.join(` ${facts.dockerfile.escape}\n    && `)}`;
}

function titleOf({ run, user }: Choice, paths: readonly string[]): string {
  if (paths.length === 0) return run.length === 0 ? `Run as the user ${user}` : `Run as a new non-root user (${user})`;
  const more = paths.length - NAMED;
  const named = more > 1 ? [...paths.slice(0, NAMED), `${more} more`] : paths;
  const list = named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : (named[0] ?? '');
  return run.length === 0
    ? `Run as the user ${user}, which gets ${list}`
    : `Run as a new non-root user (${user}), which gets ${list}`;
}

/** With its contents where there are any; an empty directory needs no second pass, and a full one is copied into a layer. */
function handOver(directories: readonly Written[], owner: string): readonly string[] {
  if (directories.length === 0) return [];
  const list = (which: readonly Written[]): string => which.map(({ path }) => path).join(' ');
  const missing = directories.filter(({ isThere }) => !isThere);
  const empty = directories.filter(({ filled }) => !filled);
  const filled = directories.filter(one => one.filled);
  const commands = [
    ...(missing.length > 0 ? [`mkdir -p ${list(missing)}`] : []),
    ...(empty.length > 0 ? [`chown ${owner} ${list(empty)}`] : []),
    ...(filled.length > 0 ? [`chown -R ${owner} ${list(filled)}`] : []),
  ];
  const together = commands.join(' && ');
  return together.length <= ONE_BREATH ? [together] : commands;
}

const withoutSlash = (path: string): string => path.replace(/(?<=[^/])\/+$/, '');

/** Nobody else may enter it, so what is in it is of no use to another owner. */
const OF_ROOT = /^\/root(?:\/|$)/;

/** Everybody may write there. */
const EVERYBODY = new Set(['/tmp', '/var/tmp', '/dev/shm']);

interface Owned {
  /** Directories to hand over to the user. */
  readonly directories: readonly Written[];
  /** What the commands have to be above; undefined: right before USER. */
  readonly place: Placed | undefined;
  /** Something cannot be handed over, so the program might not be able to write to it. */
  readonly open: boolean;
}

const isVolume = ({ instruction }: Placed): boolean => instruction.keyword === 'VOLUME';

/** The volumes that nobody has given away yet. */
function wantedVolumes(facts: FileFacts, final: Stage, lineage: readonly Placed[]): readonly string[] {
  if (!facts.has(final, 'VOLUME')) return [];
  const volumes = lineage.filter(isVolume);
  const scripts = lineage
    .filter(({ instruction }) => instruction.keyword === 'RUN')
    .map(({ instruction }) => instruction.text);
  const named = volumes.flatMap(({ instruction }) => instruction.words.map(word => withoutSlash(word.text)));
  return [...new Set(named)].filter(
    path => !EVERYBODY.has(path) && !scripts.some(text => text.includes('chown') && text.includes(path)),
  );
}

/** Whether something cannot be handed over. Without volumes it takes no look for what is written to. */
function leavesOpen(facts: FileFacts, final: Stage, choice: Choice): boolean {
  const isPlain = canHandOver(final.exit) && !choice.owner.includes('$') && !facts.has(final, 'VOLUME');
  return !isPlain && ownedBy(facts, final, choice).open;
}

function ownedBy(facts: FileFacts, final: Stage, choice: Choice): Owned {
  const lineage = facts.lineage(final);
  const wanted = wantedVolumes(facts, final, lineage);
  const paths = wanted.filter(path => !OF_ROOT.test(path));
  const all = writtenDirectories(facts, final);
  const written =
    paths.length === 0
      ? all
      : all.filter(({ path }) => !paths.some(volume => path === volume || path.startsWith(`${volume}/`)));
  const open = paths.length < wanted.length;
  if (paths.length === 0 && written.length === 0) return { directories: [], place: undefined, open };
  const first = final.instructions.find(isVolume);
  // The owner of a volume has to be set before VOLUME: the classic builder throws later changes away.
  const place = paths.length > 0 ? first : undefined;
  const canRun = canHandOver(place ? facts.stateBefore(place) : final.exit);
  // A user that is created further down does not exist yet.
  const exists =
    !place ||
    choice.run.length > 0 ||
    createdUsers(facts, final).every(one => one.name !== choice.user || one.index < place.index);
  const literal = paths.every(path => /^\/[\w./-]+$/.test(path));
  if ((paths.length > 0 && !first) || !canRun || !exists || !literal || choice.owner.includes('$'))
    return { directories: [], place: undefined, open: true };
  // A WORKDIR further down has not made its directory by then.
  const atPlace = (one: Written): Written => ({
    path: one.path,
    filled: one.isThere ? one.filled : isFilled(facts, before, one.path),
    isThere: one.isThere && place !== undefined && facts.stateBefore(place).workdir === one.path,
  });
  const before = place ? lineage.filter(({ index }) => index < place.index) : lineage;
  const directories = [
    ...paths.map(path => ({ path, filled: isFilled(facts, before, path), isThere: false })),
    ...written.map(one => (place ? atPlace(one) : one)),
  ];
  return { directories, place, open };
}
