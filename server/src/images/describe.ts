import type { ImageReference } from '../dockerfile/index.js';
import { type Accounts, accountsOf } from './accounts.js';
import { distribution, lacksAdduser, maybeHas, rpmManager, versionOf } from './distributions.js';
import { endOfLife } from './end-of-life.js';
import { environmentOf } from './environment-of.js';
import { familyOf } from './families.js';
import { type Identity, identify } from './identity.js';
import { LANGUAGES } from './languages.js';
import { PLATFORMS } from './platforms.js';
import { releaseOf } from './release.js';
import type { ImageRow } from './row.js';
import { SERVICES } from './services.js';
import { slimmerOf } from './slimmer.js';
import type { Family, ImageInfo, PackageManagerName, ShellName, Slimmer } from './types.js';
import { shippedBy, userOf } from './users.js';

const ROWS: readonly ImageRow[] = [...LANGUAGES, ...SERVICES, ...PLATFORMS];

const exact = new Map<string, ImageRow>();
const prefixes: { readonly prefix: string; readonly row: ImageRow }[] = [];
const patterns: ImageRow[] = [];
for (const row of ROWS) {
  for (const image of row.images) {
    if (image.endsWith('/*')) prefixes.push({ prefix: image.slice(0, -1), row });
    else exact.set(image, row);
  }
  if (row.pattern) patterns.push(row);
}
// The longest prefix is the most specific.
prefixes.sort((a, b) => b.prefix.length - a.prefix.length);

const fullPath = (id: Identity): string => (id.registry === undefined ? id.path : `${id.registry}/${id.path}`);

function rowOf(id: Identity): ImageRow | undefined {
  if (id.official !== undefined) return exact.get(id.official);
  const path = fullPath(id);
  // An official name after another registry is somebody else's image.
  const named = path.includes('/') ? exact.get(path) : undefined;
  return (
    named ??
    patterns.find(row => row.pattern?.test(path)) ??
    prefixes.find(({ prefix }) => path.startsWith(prefix))?.row
  );
}

/** Variants of Java build images that are on another vendor's JDK, whose distribution the tag does not tell. */
const OTHER_JDK = /corretto|openj|sapmachine|ibm|graal|semeru|liberica|microsoft|zulu|oracle/;

function baseOf(row: ImageRow, id: Identity, tagIsKnown: boolean): Family | undefined {
  if (!tagIsKnown) return undefined;
  if (row.baseFrom) {
    const version = versionOf(id.tag);
    return version === undefined ? undefined : row.baseFrom.findLast(([from]) => version >= from)?.[1];
  }
  return OTHER_JDK.test(id.tag) ? undefined : row.base;
}

const isDebug = (id: Identity): boolean => /(?:^|-)debug/.test(id.tag);

/** Chainguard images whose plain tags were seen to hold no shell; and those that are made to be built upon. */
const SHELL_LESS = /^(?:static|glibc-dynamic|cc-dynamic|python|jre|nginx|dotnet-runtime|aspnet-runtime)$/;
const BASES = /^(?:wolfi-base|chainguard-base|busybox|bash|git)$/;

function chainguardShell(id: Identity): ShellName {
  if (id.openTag) return 'unknown';
  if (BASES.test(id.name) || /-dev(?:-|$)/.test(id.tag)) return 'ash';
  return SHELL_LESS.test(id.name) ? 'none' : 'unknown';
}

function shellOf(family: Family, id: Identity, row: ImageRow | undefined): ShellName {
  if (family === 'chainguard') return chainguardShell(id);
  // Only the makers' own images are certain to hold no shell.
  if (family === 'distroless' && !row) return 'unknown';
  // docker-library builds its Server Core variants with SHELL ["powershell", …], which stays in force.
  if (family === 'windows' && id.official !== undefined && /windowsservercore/.test(id.tag)) return 'powershell';
  return distribution(family).shell;
}

function managerOf(family: Family, id: Identity, shell: ShellName): PackageManagerName | undefined {
  if (family === 'chainguard') return shell === 'ash' && !/^(?:busybox|bash|git)$/.test(id.name) ? 'apk' : undefined;
  if (family === 'rhel' || family === 'rhel-minimal') {
    if (/-micro$/.test(id.name)) return undefined;
    const version = versionOf(id.tag);
    return id.official === 'mysql' && version !== undefined && version < 8 ? 'yum' : rpmManager(id, family);
  }
  return distribution(family).packageManager;
}

/** What docker-library/buildpack-deps brings to the variants without `slim`. */
const BUILDPACK = [
  'curl',
  'wget',
  'git',
  'gcc',
  'g++',
  'make',
  'ssh',
  'unzip',
  'ps',
  'python3',
  'python',
  'ping',
  'nc',
  // Dozens of packages; one of them may depend on it.
  'adduser',
  'addgroup',
  'deluser',
  'delgroup',
];
const BUILDPACK_SURE = ['curl', 'wget', 'git', 'gcc', 'make'];

interface Commands {
  readonly has: ReadonlySet<string>;
  readonly lacks: ReadonlySet<string>;
  /** What earlier versions of the image had beside that. */
  readonly dropped: ReadonlySet<string>;
  /** All that is not in `has` is missing. */
  readonly nothingElse: boolean;
}

function commandsOf(family: Family, id: Identity, row: ImageRow | undefined, shell: ShellName): Commands {
  const basics = distribution(family);
  const has = new Set<string>([...basics.has, ...(family === 'windows' ? [] : (row?.has ?? []))]);
  if (family === 'chainguard' && shell === 'ash') has.add('sh');
  const bare = family === 'scratch' || (family === 'distroless' && row !== undefined && !isDebug(id) && !id.openTag);
  if (bare && /^python3/.test(id.name)) has.add('python3');
  if (bare && /^java\d/.test(id.name)) has.add('java');
  const isFull = row?.buildpack === true && family === 'debian' && !id.openTag && !/slim/.test(id.tag);
  if (isFull) for (const name of BUILDPACK_SURE) has.add(name);
  const lacks = new Set<string>();
  const dropped = new Set<string>();
  const adds = row?.addsOnly;
  if (adds && (row.addsOnlyIn === undefined || row.addsOnlyIn.includes(family))) {
    for (const name of basics.lacks) if (!maybeHas(family, id, name)) lacks.add(name);
    // apt-key went with the same release (apt 2.9.26; looked for in debian:trixie).
    if (lacksAdduser(id)) for (const name of ['adduser', 'addgroup', 'deluser', 'delgroup', 'apt-key']) lacks.add(name);
    // A variable in front of `-slim` or after the version leaves open which variant it is.
    const mayBeFull = row.buildpack === true && family === 'debian' && (isFull || id.openTag);
    const version = versionOf(id.tag) ?? 0;
    for (const name of adds) if (version >= (row.addsUntil?.[name] ?? Number.POSITIVE_INFINITY)) dropped.add(name);
    const added = adds.filter(name => !dropped.has(name));
    for (const name of [...added, ...(mayBeFull ? BUILDPACK : [])]) lacks.delete(name);
  }
  for (const name of has) lacks.delete(name);
  return { has, lacks, dropped, nothingElse: bare };
}

function info(family: Family, id: Identity, row: ImageRow | undefined, reference: ImageReference): ImageInfo {
  const tagIsKnown = !id.openTag && !(id.tag === '' && reference.digest !== undefined);
  const shell = shellOf(family, id, row);
  const sdk = row?.sdk;
  // Few files ask what commands there are, or for something smaller, and both take longer than all the rest.
  let commands: Commands | undefined;
  const known = (): Commands => {
    commands ??= commandsOf(family, id, row, shell);
    return commands;
  };
  let slimmer: readonly Slimmer[] | undefined;
  const lacksCommand = (name: string): boolean => {
    if (name === '' || name.includes('/')) return false;
    const { lacks, nothingElse, has } = known();
    return lacks.has(name) || (nothingElse && !has.has(name));
  };
  const release = releaseOf(id, family);
  const shippedUser = shippedBy(row, family, id);
  let accounts: Accounts | undefined;
  return {
    family,
    release,
    isKnown: row !== undefined,
    packageManager: managerOf(family, id, shell),
    shell,
    defaultUser: userOf(family, id, row, tagIsKnown),
    shippedUser,
    get accounts() {
      accounts ??= accountsOf(family, id, row, release, shippedUser);
      return accounts;
    },
    rootEntrypoint: row?.rootAdvice !== undefined,
    rootAdvice: row?.rootAdvice,
    runtime: row?.runtime,
    isSdk: sdk === true || (sdk !== undefined && tagIsKnown && sdk.test(id.tag)),
    get slimmer() {
      slimmer ??= slimmerOf(reference, id);
      return slimmer;
    },
    env: environmentOf(row, id),
    // A row for a whole namespace or for names of a kind says what most of them have.
    envIsComplete: row !== undefined && !row.envIsPart && row.images.includes(id.official ?? fullPath(id)),
    endOfLife: endOfLife(id),
    isFaas: row?.faas === true,
    lacksCommand,
    droppedCommand: name => known().dropped.has(name),
    hasCommand: name => (known().has.has(name) ? true : lacksCommand(name) ? false : undefined),
  };
}

/** An image of which nothing is known: the same object for all of them. */
export const UNKNOWN_IMAGE: ImageInfo = {
  family: 'unknown',
  release: undefined,
  isKnown: false,
  packageManager: undefined,
  shell: 'unknown',
  defaultUser: undefined,
  shippedUser: undefined,
  accounts: undefined,
  rootEntrypoint: false,
  rootAdvice: undefined,
  runtime: undefined,
  isSdk: false,
  slimmer: [],
  env: new Set(),
  envIsComplete: false,
  endOfLife: undefined,
  isFaas: false,
  lacksCommand: () => false,
  droppedCommand: () => false,
  hasCommand: () => undefined,
};

function describe(reference: ImageReference, backtick: boolean): ImageInfo {
  const id = identify(reference);
  const row = rowOf(id);
  const tagIsKnown = !id.openTag && !(id.tag === '' && reference.digest !== undefined);
  const family = familyOf(id) ?? (row ? baseOf(row, id, tagIsKnown) : undefined);
  if (family === undefined && row === undefined) {
    // Nobody changes the escape character but for Windows paths, and cmd text must not be read as shell.
    const ended = backtick ? undefined : endOfLife(id);
    return ended ? { ...UNKNOWN_IMAGE, endOfLife: ended } : backtick ? WINDOWS : UNKNOWN_IMAGE;
  }
  return info(family ?? 'unknown', id, row, reference);
}

const WINDOWS: ImageInfo = { ...UNKNOWN_IMAGE, family: 'windows', shell: 'cmd' };

const MEMO_LIMIT = 2000;
const memo = new Map<string, ImageInfo>();

/**
 * What is known of an image from its reference alone. Variables may still be in it: then only what its literal part
 * decides is said. The same text gives the same object.
 */
export function describeImage(reference: ImageReference, options: { readonly escape?: string } = {}): ImageInfo {
  const backtick = options.escape === '`';
  const key = backtick ? `\`${reference.text}` : reference.text;
  let known = memo.get(key);
  if (!known) {
    if (memo.size >= MEMO_LIMIT) memo.clear();
    known = describe(reference, backtick);
    memo.set(key, known);
  }
  return known;
}
