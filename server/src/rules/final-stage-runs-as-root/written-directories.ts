import type { Instruction, Placed } from '../../dockerfile/index.js';
import { absolutePath, cleanPath, transferOf, unquoted } from '../../facts/files/transfer.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { expand } from '../../facts/index.js';
import { perLineage } from '../../facts/per-lineage.js';
import { calledCommands } from '../../facts/programs/called.js';
import { volumesInCompose } from './by-compose.js';
import { isOfSystem, isSettled, isShared, isWritten, settledIn, words } from './places.js';
import { NOT_OWN, ownWorkdir, writtenAtStart } from './start-writes.js';

/** Of the name of a variable that names a directory to write to: `APP_DATA_DIR`, `TMPDIR`. */
const CONTENTS = words(
  'DATA LOG LOGS CACHE UPLOAD UPLOADS TMP TEMP STORAGE DB DATABASE MEDIA STATE SESSION SESSIONS SPOOL RUN PID DOWNLOAD DOWNLOADS BACKUP BACKUPS OUTPUT',
);
const PLACE = /_?(?:DIR|DIRECTORY|PATH|HOME|ROOT|FOLDER|LOCATION)$/;
/** `HUGGINGFACE_HUB_CACHE`: such a name means a place without saying so. */
const BARE = /_(?:CACHE|STORAGE|UPLOADS|LOGS)$/;
const OTHER_VARIABLES = words('HF_HOME TORCH_HOME NUMBA_CACHE_DIR MPLCONFIGDIR');

/** Whether the name of a variable, in capitals, says that what it names is written to. */
function namesWritten(name: string): boolean {
  const end = name.search(PLACE);
  return (
    (end > 0 && CONTENTS.has(name.slice(name.lastIndexOf('_', end - 1) + 1, end))) ||
    BARE.test(name) ||
    OTHER_VARIABLES.has(name)
  );
}
/** Caches of tools that work in the build. */
const OF_BUILDS = /^(?:PIP|POETRY|UV|YARN|NPM|PNPM|GO|CARGO|COMPOSER|BUNDLE|APT|CCACHE|MAVEN|GRADLE|NUGET)/;
/** Where programs and libraries are looked for, and where tools and code are. */
const SEARCHED =
  /^(?:PATH|HOME)$|HOME$|(?:PYTHON|NODE|GEM|CLASS|LIBRARY|GO|JAVA|LD|INCLUDE|PKG_CONFIG|MODULES?|PERL|LUA|LOAD|BIN|SRC|SOURCE|CODE|APP|PROJECT|STATIC|CERT|CHROME|CHROMIUM|BROWSERS?|EXECUTABLE)_?(?:PATH|DIR|ROOT|FOLDER|DIRECTORY|LOCATION)$/;
/** The build downloads models into such a cache, which the program then only reads. */
const FETCHES_MODELS =
  /from_pretrained|SentenceTransformer|snapshot_download|hf_hub_download|\bh(?:ugging)?f(?:ace-cli)? download|load_model|spacy download|torch\.hub|nltk/;
/** A database in a file: its folder is written to as well, for the journal. */
const SQLITE = /(?:^|sqlite3?:\/\/\/|file:)(\/[\w./-]*\/)[\w-]+\.(?:db|sqlite3?)(?:$|\?)/;

export interface Written {
  readonly path: string;
  /** Something that the file puts there would still belong to root. */
  readonly filled: boolean;
  /** The WORKDIR, which need not be made. */
  readonly isThere: boolean;
}

/**
 * Directories that what runs in the stage is likely to write to and that would belong to root: made with a name that
 * says so, named by a variable that says so, holding a database, or known of the framework. Absolute and literal.
 * Volumes are not among them.
 */
export const writtenDirectories = perLineage((facts, stage): readonly Written[] => {
  const lineage = facts.lineage(stage);
  const found = new Set<string>();
  if (calledCommands(facts, stage).has('mkdir')) for (const placed of lineage) addMade(found, facts, placed, lineage);
  if (facts.has(stage, 'ENV')) for (const placed of lineage) addNamed(found, facts, placed, lineage);
  const { workdir } = stage.exit;
  if (workdir !== undefined && isOwnWorkdir(facts, lineage, workdir)) found.add(workdir);
  addOfFrameworks(found, facts, stage, lineage);
  for (const path of writtenAtStart(facts, stage).directories) found.add(path);
  for (const path of volumesInCompose(facts)) found.add(path);
  const own = ownWorkdir(facts, stage);
  if (found.size === 0 && own === undefined) return NONE;
  const paths = [...found].filter(path => /^\/[\w./-]+$/.test(path) && !isOfSystem(path) && !isShared(path));
  if (paths.length === 0 && own === undefined) return NONE;
  const settled = settledIn(lineage);
  const free = settled.size === 0 ? paths : paths.filter(path => !isSettled(path, workdir, settled));
  // The application is not given away, whatever its directory is called: the program may not change its own code.
  const isAround = (path: string): boolean =>
    workdir !== undefined && workdir !== '/' && (path === workdir || workdir.startsWith(`${path}/`));
  const directories = free
    .filter(path => !free.some(other => other !== path && !isAround(other) && path.startsWith(`${other}/`)))
    .map(path => ({
      path,
      filled: !isAround(path) && !isOnlyRead(lineage, path) && isFilled(facts, lineage, path),
      isThere: path === workdir,
    }));
  return own === undefined ||
    isSettled(own, undefined, settled) ||
    settled.has('.') ||
    directories.some(({ path }) => path === own)
    ? directories
    : [...directories, { path: own, filled: false, isThere: true }];
});

const NONE: readonly Written[] = [];

/** Whether the program adds to a directory, but changes nothing that the build has put there: to give that away would only copy it. */
const isOnlyRead = (lineage: readonly Placed[], path: string): boolean =>
  // Tomcat unpacks a WAR beside it.
  path.endsWith('/webapps') ||
  (/cache|model|hub|huggingface|torch/i.test(path) &&
    lineage.some(({ instruction: { keyword, text } }) => keyword === 'RUN' && FETCHES_MODELS.test(text)));

/** Commands that write nowhere but where they always do; of any other it is not known. */
const LEAVES_ALONE = new Set(
  'apt-get apt apk dnf microdnf yum zypper pip pip3 npm useradd groupadd adduser addgroup mkdir chmod chown set cd echo rm ln test true :'.split(
    ' ',
  ),
);

/** Whether something comes, or may come, to lie in a directory, so that its contents have to change their owner too. */
export function isFilled(facts: FileFacts, lineage: readonly Placed[], path: string): boolean {
  const below = (target: string): boolean => target === path || target.startsWith(`${path}/`);
  return lineage.some(placed => {
    const { instruction } = placed;
    switch (instruction.keyword) {
      case 'COPY':
      case 'ADD': {
        const { workdir, scope } = facts.stateBefore(placed);
        const target = absolutePath(transferOf(instruction, scope)?.path ?? '', workdir);
        // A folder that is copied around it may bring it along.
        return below(target) || (target !== '/' && path.startsWith(`${target}/`));
      }
      case 'RUN': {
        const { workdir } = facts.stateBefore(placed);
        return (
          instruction.text.includes(`${path}/`) ||
          (workdir !== undefined && below(workdir)) ||
          facts.at(placed).commands.some(({ base }) => !LEAVES_ALONE.has(base))
        );
      }
      default:
        return false;
    }
  });
}

/** Directories that mkdir makes under such a name: `mkdir -p /app/uploads/big` gives `/app/uploads`. */
function addMade(found: Set<string>, facts: FileFacts, placed: Placed, lineage: readonly Placed[]): void {
  if (placed.instruction.keyword !== 'RUN') return;
  const { commands } = facts.at(placed);
  if (!commands.some(({ base }) => base === 'mkdir')) return;
  const { workdir, user } = facts.stateBefore(placed);
  // A user who may make it owns it.
  if (user.isRoot === false) return;
  const moves = commands.some(({ base }) => base === 'cd' || base === 'pushd');
  for (const command of commands) {
    if (command.base !== 'mkdir') continue;
    for (const word of command.args) {
      if (word.value.startsWith('-') || !word.literal) continue;
      const absolute = word.value.startsWith('/');
      if (!absolute && (moves || workdir === undefined)) continue;
      const path = cleanPath(absolute ? word.value : `${workdir}/${word.value}`);
      const isBelow = workdir !== undefined && path.startsWith(workdir === '/' ? workdir : `${workdir}/`);
      const part = writtenPart(path, isBelow ? workdir : '/');
      if (part !== undefined) found.add(part);
      // Whatever its name: what nothing is put into is there to be written to.
      else if (!isBelow && isLeftEmpty(facts, lineage, path)) found.add(path);
    }
  }
}

/** Whether no instruction but mkdir and the settings of what runs speaks of a directory, or of one below it. */
function isLeftEmpty(facts: FileFacts, lineage: readonly Placed[], path: string): boolean {
  const isAt = (target: string): boolean =>
    target === path || target.startsWith(`${path}/`) || path.startsWith(`${target}/`);
  return lineage.every(placed => {
    const { instruction } = placed;
    const { workdir, scope } = facts.stateBefore(placed);
    switch (instruction.keyword) {
      case 'COPY':
      case 'ADD': {
        const target = absolutePath(transferOf(instruction, scope)?.path ?? '/', workdir);
        return target === '/' || !isAt(target);
      }
      case 'WORKDIR':
        return !isAt(absolutePath(instruction.arguments.text, workdir));
      case 'RUN':
        return facts
          .at(placed)
          .commands.every(
            ({ base, args, redirects }) =>
              /^(?:mkdir|chmod)$/.test(base) ||
              ![...args, ...redirects.flatMap(({ target }) => target ?? [])].some(({ value }) => value.includes(path)),
          );
      default:
        return true;
    }
  });
}

/**
 * The part of a path up to the name that tells, below a folder that was there before; a program's own folder below
 * `/var/lib` and the like.
 */
function writtenPart(path: string, below: string): string | undefined {
  const parts = path.split('/');
  for (let end = below === '/' ? 2 : below.split('/').length + 1; end <= parts.length; end++) {
    const part = parts.slice(0, end).join('/');
    const parent = parts.slice(0, end - 1).join('/');
    if (/^\/(?:var\/(?:lib|log|cache|run|spool)|run)$/.test(parent)) return part;
    if (isWritten(parts[end - 1] ?? '') && !isShared(part) && part !== '/var' && part !== '/tmp') return part;
  }
  return undefined;
}

/** A value that may name a database once quotes are off and variables expanded. */
const MAY_BE_SQLITE = /\$|\.["'`\\]*[ds]/;

/** Directories that variables name. */
function addNamed(found: Set<string>, facts: FileFacts, placed: Placed, lineage: readonly Placed[]): void {
  const { instruction } = placed;
  if (instruction.keyword !== 'ENV') return;
  for (const { key, value } of instruction.pairs) {
    if (value === undefined) continue;
    const name = key.toUpperCase();
    const named = namesWritten(name) && !OF_BUILDS.test(name);
    const isPlace = named || (PLACE.test(name) && !SEARCHED.test(name) && !OF_BUILDS.test(name));
    if (!isPlace && name !== 'HOME' && (name === 'PATH' || !MAY_BE_SQLITE.test(value))) continue;
    const { text, certainty } = expand(value, facts.stateBefore(placed).scope, instruction.escape);
    if (certainty === 'unknown') continue;
    if (name === 'HOME' && /^\/[^.:]+$/.test(text)) found.add(cleanPath(unquoted(text)));
    const database = SQLITE.exec(text)?.[1];
    if (database !== undefined) found.add(cleanPath(database));
    else if (isPlace && /^\/[^.:]+$/.test(text)) {
      const path = cleanPath(unquoted(text));
      // A name that says nothing of writing counts where nothing else makes the directory.
      if (named || isLeftEmpty(facts, lineage, path)) found.add(path);
    }
  }
}

/** Whether nothing was put into the WORKDIR: what runs there is to write to it. */
function isOwnWorkdir(facts: FileFacts, lineage: readonly Placed[], workdir: string): boolean {
  return (
    !NOT_OWN.test(workdir) &&
    !isFilled(
      facts,
      lineage.filter(({ instruction }) => instruction.keyword !== 'RUN'),
      workdir,
    )
  );
}

interface Framework {
  /** The name as a command. */
  readonly sign: RegExp;
  /** Below the WORKDIR. */
  readonly writes: readonly string[];
}

const FRAMEWORKS: readonly Framework[] = [
  // As Rails' own generated Dockerfile does.
  { sign: /(?:^|[\s"'/])rails(?=[\s"',]|$)/, writes: ['db', 'log', 'storage', 'tmp'] },
  // https://laravel.com/docs/deployment#directory-permissions
  { sign: /(?:^|[\s"'/])artisan(?=[\s"',]|$)/, writes: ['storage', 'bootstrap/cache'] },
  // https://symfony.com/doc/current/setup/file_permissions.html
  { sign: /(?:^|[\s"'/])bin\/console(?=[\s"',]|$)/, writes: ['var'] },
];

/** Most texts have none of their names. */
const ANY_FRAMEWORK = /rails|artisan|bin\/console/;

/** A COPY of what a framework made, perhaps once variables are replaced. */
const MAY_BE_OF_FRAMEWORK = /\$|\.next|_build\/|\.war/;

function addOfFrameworks(found: Set<string>, facts: FileFacts, stage: Stage, lineage: readonly Placed[]): void {
  const { workdir } = stage.exit;
  if (workdir !== undefined && lineage.some(({ instruction }) => ANY_FRAMEWORK.test(instruction.text)))
    for (const framework of FRAMEWORKS)
      if (lineage.some(({ instruction }) => uses(instruction, framework)))
        for (const path of framework.writes) found.add(cleanPath(`${workdir}/${path}`));
  if (!facts.has(stage, 'COPY')) return;
  for (const placed of lineage) {
    if (placed.instruction.keyword !== 'COPY' || !MAY_BE_OF_FRAMEWORK.test(placed.instruction.text)) continue;
    const state = facts.stateBefore(placed);
    const transfer = transferOf(placed.instruction, state.scope);
    if (!transfer) continue;
    for (const { text } of transfer.sources) {
      const target = absolutePath(transfer.path, state.workdir);
      // `next start` keeps rendered pages and resized pictures there (https://nextjs.org/docs/app/guides/self-hosting).
      if (/(?:^|\/)\.next\/?$/.test(text)) found.add(`${target}/cache`);
      else if (/\.next\/standalone\/?$/.test(text)) found.add(`${target}/.next/cache`);
      // A release of Elixir writes its settings to `tmp` in its folder (https://hexdocs.pm/mix/Mix.Tasks.Release.html).
      if (/_build\/\w+\/rel\/[\w-]+\/?$/.test(text)) found.add(`${target}/tmp`);
      if (/\.war$/.test(text) && /\/webapps(?:\/|$)/.test(target)) found.add(target.replace(/(\/webapps).*$/, '$1'));
    }
  }
}

function uses({ keyword, arguments: { text } }: Instruction, { sign }: Framework): boolean {
  return (keyword === 'RUN' || keyword === 'CMD' || keyword === 'ENTRYPOINT') && sign.test(text);
}
