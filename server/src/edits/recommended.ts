import type { Instruction } from '../dockerfile/index.js';
import { type FileFacts, packageActionsOf, type Stage } from '../facts/index.js';
import { type PackageAction, packageActions } from '../facts/packages/in-run.js';
import { rootBase } from '../facts/root-base.js';
import { earlierRuns, type RunPlace, runsOf } from '../facts/runs.js';
import type { ShellWord } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import type { FixEdit } from './fix.js';
import { insert } from './words.js';

interface Companion {
  /** Packages that only recommend it. */
  readonly of: RegExp;
  readonly name: string;
  /** Packages that are it, or bring it along by a dependency. */
  readonly broughtBy: RegExp;
  /** Official images that have it already, in all variants or in those that are not slim. */
  readonly images: RegExp;
  readonly imagesUnlessSlim: RegExp;
  /** In the text of the file, where it is of use only then. */
  readonly when?: RegExp;
}

const NOWHERE = { images: /^$/, imagesUnlessSlim: /^$/ };
const A_COMPILER =
  /^(?:(?:gcc|g\+\+|clang|tcc)(?:-\d+)?|build-essential|meson|dpkg-dev|bundler|ruby-bundler|r-base-dev)$/;

const COMPILERS = /^(?:library\/)?(?:buildpack-deps|gcc|golang)$/;
const COMPILERS_UNLESS_SLIM = /^(?:library\/)?(?:node|perl|python|ruby|rust)$/;

/** What Debian’s packages only recommend although they are of little use without it (Recommends in Debian 12 and 13). */
const COMPANIONS: readonly Companion[] = [
  {
    // They talk TLS.
    of: /^(?:curl|wget|git)$/,
    name: 'ca-certificates',
    broughtBy: /^ca-certificates$/,
    images:
      /^(?:library\/)?(?:buildpack-deps|eclipse-temurin|gcc|golang|gradle|maven|php|python|ruby|rust|tomcat|wordpress)$/,
    imagesUnlessSlim: /^(?:library\/)?(?:node|perl)$/,
  },
  {
    // They configure for, and call, a C compiler; Go does so for cgo.
    of: /^(?:cmake|flex|golang(?:-go|-\d[\d.]*-go)?)$/,
    name: 'gcc',
    broughtBy: A_COMPILER,
    images: COMPILERS,
    imagesUnlessSlim: COMPILERS_UNLESS_SLIM,
  },
  {
    // A compiler without stdio.h.
    of: /^gcc(?:-\d+)?$/,
    name: 'libc6-dev',
    broughtBy:
      /^(?:libc6-dev|libc-dev|build-essential|(?:g\+\+|clang)(?:-\d+)?|libstdc\+\+-\d+-dev|meson|dpkg-dev|bundler|ruby-bundler)$/,
    images: COMPILERS,
    imagesUnlessSlim: COMPILERS_UNLESS_SLIM,
  },
  {
    // The same for the compiler that they bring.
    of: /^(?:cmake|flex|golang(?:-go|-\d[\d.]*-go)?)$/,
    name: 'libc6-dev',
    broughtBy:
      /^(?:libc6-dev|libc-dev|build-essential|(?:gcc|g\+\+|clang)(?:-\d+)?|libstdc\+\+-\d+-dev|meson|dpkg-dev|bundler|ruby-bundler)$/,
    images: COMPILERS,
    imagesUnlessSlim: COMPILERS_UNLESS_SLIM,
  },
  {
    // It writes makefiles.
    of: /^cmake$/,
    name: 'make',
    broughtBy: /^(?:make|ninja-build|build-essential)$/,
    images: COMPILERS,
    imagesUnlessSlim: COMPILERS_UNLESS_SLIM,
  },
  {
    // They compile what they build or install: Meson and packages themselves, npm and Bundler the extensions in C.
    of: /^(?:meson|dpkg-dev|npm|bundler|ruby-bundler)$/,
    name: 'build-essential',
    broughtBy: /^build-essential$/,
    images: COMPILERS,
    imagesUnlessSlim: COMPILERS_UNLESS_SLIM,
  },
  { of: /^(?:bundler|ruby-bundler)$/, name: 'ruby-dev', broughtBy: /^ruby(?:\d[\d.]*)?-dev$|^ruby-full$/, ...NOWHERE },
  { of: /^r-base(?:-core)?$/, name: 'r-base-dev', broughtBy: /^r-base-dev$/, ...NOWHERE },
  {
    of: /^autoconf$/,
    name: 'automake',
    broughtBy: /^auto(?:make|maken)/,
    images: COMPILERS,
    imagesUnlessSlim: COMPILERS_UNLESS_SLIM,
  },
  // They fetch from repositories, and unpack what they fetch.
  {
    of: /^(?:composer|npm)$/,
    name: 'git',
    broughtBy: /^git$/,
    images: /^(?:library\/)?(?:buildpack-deps|gcc|golang)$/,
    imagesUnlessSlim: COMPILERS_UNLESS_SLIM,
  },
  { of: /^composer$/, name: 'unzip', broughtBy: /^(?:unzip|p7zip-full|7zip)$/, ...NOWHERE },
  {
    of: /^git$/,
    name: 'openssh-client',
    broughtBy: /^(?:openssh-client|ssh|openssh-server|mercurial)$/,
    images: /^(?:library\/)?(?:buildpack-deps|gcc|golang)$/,
    imagesUnlessSlim: COMPILERS_UNLESS_SLIM,
    when: /\bgit@|\bssh:\/\/|\bssh-keyscan\b|type=ssh\b|\.ssh\//,
  },
  {
    of: /^software-properties-common$/,
    name: 'gnupg',
    broughtBy: /^gnupg/,
    ...NOWHERE,
    when: /\badd-apt-repository\b/,
  },
  // What these make has no letters, or some kinds of files cannot be read.
  { of: /^graphviz$/, name: 'fonts-liberation', broughtBy: /^fonts-/, ...NOWHERE },
  { of: /^imagemagick$/, name: 'ghostscript', broughtBy: /^(?:ghostscript|imagemagick-doc)$/, ...NOWHERE },
  { of: /^poppler-utils$/, name: 'poppler-data', broughtBy: /^poppler-data$/, ...NOWHERE },
  // xvfb-run stops without it.
  { of: /^xvfb$/, name: 'xauth', broughtBy: /^xauth$/, ...NOWHERE },
];

/** Any package that wants one. */
const ANY_WANTS = new RegExp(COMPANIONS.map(({ of }) => of.source).join('|'));

/** Packages that the fix may name: whether a line is long must not depend on them. */
export const NAMED_PACKAGES: ReadonlySet<string> = new Set(COMPANIONS.map(({ name }) => name));

/** Where it may be missing it has to be named: naming what is there already costs nothing. */
function mayLack({ images, imagesUnlessSlim }: Companion, stage: Stage | undefined): boolean {
  const base = rootBase(stage);
  const reference = base?.kind === 'image' ? base.reference : undefined;
  if (reference === undefined) return false;
  // A mirror keeps the name of the image.
  const isElsewhere = reference.registry !== undefined && reference.registry !== 'docker.io';
  const path = isElsewhere ? reference.path.replace(/^.*\//s, '') : reference.path;
  if (images.test(path)) return false;
  return !imagesUnlessSlim.test(path) || /slim/.test(reference.tag ?? '');
}

/** A package that has a line of its own is followed by another line. */
function separator({ text, escape }: Instruction, word: ShellWord): string {
  const indentation = text.slice(text.lastIndexOf('\n', word.span.start - 1) + 1, word.span.start);
  return word.span.start > indentation.length && indentation.trim() === '' ? ` ${escape}\n${indentation}` : ' ';
}

function nameOf({ value }: ShellWord): string {
  const equals = value.indexOf('=');
  return equals < 0 ? value : value.slice(0, equals);
}

/** Today because it is recommended; once the fix has been there, by name. */
const brings = ({ manager, command, packages }: PackageAction, { of }: Companion): boolean =>
  (manager === 'apt-get' || manager === 'apt') &&
  !hasFlag(command, '--no-install-recommends') &&
  packages.some(word => of.test(nameOf(word)));

const installsIt = ({ packages }: PackageAction, { broughtBy }: Companion): boolean =>
  packages.some(word => broughtBy.test(nameOf(word)));

/** A companion that a RUN itself does not bring, and the package that wants it. */
export interface Wanted {
  readonly companion: Companion;
  readonly by: ShellWord;
}

/** What an installation wants named beside, as far as its own RUN tells; `installs` are all installations of that. */
export function wantedBy(action: PackageAction, installs: readonly PackageAction[]): readonly Wanted[] {
  if (!action.packages.some(word => ANY_WANTS.test(nameOf(word)))) return NONE;
  const wanted: Wanted[] = [];
  for (const companion of COMPANIONS) {
    const by = action.packages.findLast(word => companion.of.test(nameOf(word)));
    if (!by) continue;
    const isHere = installs.some(
      other =>
        installsIt(other, companion) ||
        (other.command.span.start < action.command.span.start && brings(other, companion)),
    );
    if (!isHere) wanted.push({ companion, by });
  }
  return wanted;
}

const NONE: readonly Wanted[] = [];

/** What of that the image and the RUNs below lack, so that it has to be named: names, and the edits that add them. */
export function companionsOf(
  file: FileFacts,
  run: RunPlace,
  wanted: readonly Wanted[],
): { readonly names: readonly string[]; readonly edits: readonly FixEdit[] } {
  const names: string[] = [];
  const edits: FixEdit[] = [];
  for (const { companion, by } of wanted) {
    if (!mayLack(companion, run.stage) || companion.when?.test(file.dockerfile.text) === false) continue;
    const isBelow = earlierRuns(file, run).some(one =>
      packageActions(one.facts, 'install').some(other => installsIt(other, companion) || brings(other, companion)),
    );
    if (isBelow) continue;
    names.push(companion.name);
    edits.push(insert(by.span.end, `${separator(run.instruction, by)}${companion.name}`));
    // What came along with a package went along with it; what is named stays, unless it is named there as well.
    for (const { packages, command } of packageActions(run.facts, 'remove')) {
      const word = packages.find(one => nameOf(one) === nameOf(by));
      if (word && command.editable)
        edits.push(insert(word.span.end, `${separator(run.instruction, word)}${companion.name}`));
    }
  }
  return { names, edits };
}

const PIP = /^python3?-pip$/;
const COMPILER = /^(?:build-essential|gcc(?:-\d+)?|g\+\+(?:-\d+)?|clang(?:-\d+)?)$/;

/** The package of pip that an installation names, if it does. */
export function pipAmong({ packages }: PackageAction): string | undefined {
  const word = packages.find(one => PIP.test(nameOf(one)));
  return word && nameOf(word);
}

/** Debian’s pip recommends a compiler and Python’s headers: packages without a wheel do not install without them. */
export function mayCompile(file: FileFacts, run: RunPlace, pip: string): boolean {
  const headers = pip === 'python3-pip' ? /^python3(?:\.\d+)?-dev$/ : /^python2?(?:\.\d+)?-dev$/;
  const installs = [...earlierRuns(file, run), run].flatMap(one => packageActions(one.facts, 'install'));
  const names = installs.flatMap(other => other.packages.map(nameOf));
  if (names.some(name => COMPILER.test(name)) && names.some(name => headers.test(name))) return false;
  return runsOf(file).some(
    other =>
      other.stage === run.stage &&
      other.placed.index >= run.placed.index &&
      other.facts.commands.some(command => {
        const found = packageActionsOf(command);
        return found?.manager.startsWith('pip') === true && found.kind === 'install';
      }),
  );
}
