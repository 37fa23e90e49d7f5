import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { isRootName } from '../../facts/index.js';
import { userRecipe } from '../../images/index.js';
import type { FixEdit, FixSafety, RuleFix } from '../rule.js';
import { createdUsers } from './created-users.js';
import { cased, insertAbove } from './placing.js';
import { insertBeforeStart, lastWork } from './start-of-run.js';

/** Commands up to this length are not broken into lines. */
const ONE_LINE = 80;

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
  const lineage = facts.lineage(final);
  // Triggers run in an image built on this one, as the user that USER leaves there.
  if (lineage.some(({ instruction }) => instruction.keyword === 'ONBUILD')) return [];
  if (final.exit.user.isRoot && final.exit.shell.kind === 'unknown') return [];
  const choices = choicesFor(facts, final);
  const careful = choices.length > 1 ? 'manual' : safety;
  return choices.flatMap(choice => fixFor(facts, final, choice, careful) ?? []);
}

function choicesFor(facts: FileFacts, final: Stage): readonly Choice[] {
  const { image, user } = final.exit;
  const plain = (name: string): Choice => ({ run: [], user: name, owner: name });
  const before = facts
    .lineage(final)
    .findLast(({ instruction }) => instruction.keyword === 'USER' && isOther(instruction.arguments.text));
  if (before) return [plain(before.instruction.arguments.text)];
  const created = createdUsers(facts, final);
  if (created.length > 0)
    return created.every(one => one.name !== undefined) ? created.flatMap(one => one.name ?? []).map(plain) : [];
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
  return recipe ? [{ run: recipe.run ?? [], user: recipe.user, owner: recipe.user }] : [];
}

const lineageHasGroup = (facts: FileFacts, final: Stage): boolean =>
  facts
    .lineage(final)
    .some(placed =>
      facts
        .at(placed)
        .commands.some(
          ({ base, args }) => (base === 'groupadd' || base === 'addgroup') && args.some(word => word.value === 'app'),
        ),
    );

// A name with a blank is a comment gone wrong: it never resolves.
const isOther = (text: string): boolean => text !== '' && !/[\s$]/.test(text) && !isRootName(text.replace(/["']/g, ''));

function fixFor(facts: FileFacts, final: Stage, choice: Choice, safety: FixSafety): RuleFix | undefined {
  const { escape } = facts.dockerfile;
  const volumes = volumesOf(facts, final, choice);
  const user = `${cased(final, 'USER')} ${choice.user}`;
  const own = final.instructions.findLast(({ instruction }) => instruction.keyword === 'USER');
  const work = lastWork(final);
  const replaces = own && own.index > (work?.index ?? -1);
  const directories = volumes.paths.join(' ');
  const commands =
    directories === ''
      ? choice.run
      : [...choice.run, `mkdir -p ${directories} && chown ${choice.owner} ${directories}`];
  const joined = commands.join(' && ');
  const run =
    commands.length > 0
      ? `${cased(final, 'RUN')} ${joined.length <= ONE_LINE ? joined : commands.join(` ${escape}\n    && `)}`
      : undefined;
  // The owner of a volume has to be set before VOLUME: the classic builder throws later changes away.
  const place = volumes.paths.length > 0 ? volumes.first : undefined;
  const edits: FixEdit[] = [];
  if (run && place) edits.push(insertAbove(facts, place, run));
  if (replaces) {
    if (run && !place) edits.push(insertAbove(facts, own, run));
    edits.push({ at: own, span: own.instruction.argumentsSpan, text: choice.user });
  } else {
    edits.push(insertBeforeStart(facts, final, run && !place ? `${run}\n${user}` : user));
  }
  const inserts = [...(run ? ['RUN'] : []), ...(replaces ? [] : ['USER'])];
  return {
    title:
      (choice.run.length > 0
        ? `Create a user and switch to it (${choice.user})`
        : `Switch to the user ${choice.user}`) + (directories === '' ? '' : `, owner of ${directories}`),
    safety: volumes.open ? 'manual' : safety,
    edits,
    effect: { ...(inserts.length > 0 ? { inserts } : {}), ...(replaces ? { arguments: true } : {}) },
  };
}

interface Volumes {
  /** Directories to hand over to the user. */
  readonly paths: readonly string[];
  readonly first: Placed | undefined;
  /** Some volume cannot be handed over, so the program might not be able to write to it. */
  readonly open: boolean;
}

function volumesOf(facts: FileFacts, final: Stage, choice: Choice): Volumes {
  const all = facts.lineage(final).filter(({ instruction }) => instruction.keyword === 'VOLUME');
  const first = final.instructions.find(({ instruction }) => instruction.keyword === 'VOLUME');
  const texts = all.flatMap(({ instruction }) => instruction.words.map(word => word.text));
  const scripts = facts
    .lineage(final)
    .filter(({ instruction }) => instruction.keyword === 'RUN')
    .map(({ instruction }) => instruction.text);
  const paths = texts.filter(path => !scripts.some(text => text.includes('chown') && text.includes(path)));
  if (paths.length === 0) return { paths: [], first, open: false };
  const { image, user, shell } = first ? facts.stateBefore(first) : final.exit;
  const canRun = image.shell !== 'none' && image.family !== 'unknown' && shell.kind === 'posix' && user.isRoot === true;
  // A user that is created further down does not exist yet.
  const exists =
    choice.run.length > 0 ||
    createdUsers(facts, final).every(one => one.name !== choice.user || one.index < (first?.index ?? 0));
  const literal = paths.every(path => /^\/[\w./-]+$/.test(path));
  if (!first || !canRun || !exists || !literal || choice.owner.includes('$')) return { paths: [], first, open: true };
  return { paths: [...new Set(paths)], first, open: false };
}
