import type { ShellCommand, ShellWord } from '../shell/index.js';
import { hadolintCountFlag, hadolintHasFlag, hadolintOperands, hasWord } from './commands.js';

// What hadolint 2.15 takes for a package without a version, and for an answer; found out by running it.

/** Three times quiet is not twice. */
export const aptGetSaysYes = (command: ShellCommand): boolean =>
  hadolintHasFlag(command, 'y', 'yes', 'assume-yes') ||
  hadolintCountFlag(command, 'q') === 2 ||
  hadolintCountFlag(command, 'quiet') === 2 ||
  hasWord(command, '-q=2');

const NPM_LOCAL = /^(?:\/|\.\.?\/|~\/)|\.(?:tar|tar\.gz|tgz)$/;
const NPM_GIT = /^git(?:\+(?:ssh|http|https|file))?:\/\//;

/** It knows `npm install` only, and two options with a value. */
export function npmUnpinned(command: ShellCommand): readonly ShellWord[] {
  const words = hadolintOperands(command, { valueFlags: ['loglevel', 'registry'] });
  if (words[0]?.value !== 'install') return [];
  return words.filter(({ value }) => {
    if (value === 'install' || NPM_LOCAL.test(value)) return false;
    return NPM_GIT.test(value) ? !value.includes('#') : !value.slice(1).includes('@');
  });
}

/** The options whose value it knows to be none of the packages. */
const PIP_VALUES = [
  ...['abi', 'b', 'build', 'e', 'editable', 'extra-index-url', 'f', 'find-links', 'i', 'implementation', 'index-url'],
  ...['no-binary', 'only-binary', 'platform', 'prefix', 'progress-bar', 'proxy', 'python', 'python-version', 'root'],
  ...['root-user-action', 'src', 't', 'target', 'trusted-host', 'upgrade-strategy'],
];
const PIP_VERSION = /==|[<>~!]=|[<>]/;
const PIP_VCS = /^(?:(?:git|hg|svn|bzr)\+|git:)/;

export function pipUnpinned(command: ShellCommand): readonly ShellWord[] {
  if (hasWord(command, '-r', '--requirement', '.') || hadolintHasFlag(command, 'c', 'constraint')) return [];
  const words = hadolintOperands(command, { valueFlags: PIP_VALUES });
  const verb = words.findIndex(word => word.value === 'install');
  return words.slice(verb < 0 ? words.length : verb + 1).filter(({ value }) => {
    if (PIP_VERSION.test(value) || /\.(?:whl|tar\.gz)$/.test(value)) return false;
    return PIP_VCS.test(value) ? !value.includes('@') : !value.includes('/');
  });
}

/** Where there is a `go run`, it looks at that only, and takes the values of options for packages. */
export function goUnpinned(commands: readonly ShellCommand[]): ShellWord | undefined {
  const run = commands
    .filter(command => hasWord(command, 'run'))
    .flatMap(command => hadolintOperands(command, { verbs: ['run'] }).slice(0, 1));
  const added = commands
    .filter(command => hasWord(command, 'install', 'get'))
    .flatMap(command => hadolintOperands(command, { verbs: ['install', 'get'] }));
  return (run.length > 0 ? run : added).find(
    ({ value }) => !/^[./]/.test(value) && (!value.includes('@') || /@(?:latest|none)$/.test(value)),
  );
}

/** The word after a `-u` of useradd, when it is longer than five characters; `$UID` counts as `${UID}`. */
export function longId({ args }: ShellCommand): ShellWord | undefined {
  const length = (word: ShellWord): number => word.value.replace(/\$\w+/g, '{}$&').length;
  return args.find((word, index) => length(word) > 5 && /^-(?:-u$|(?!-)[^=]*u)/.test(args[index - 1]?.value ?? ''));
}

export const wgetIsQuiet = (command: ShellCommand): boolean =>
  hadolintHasFlag(command, 'progress', 'q', 'quiet', 'o', 'output-file', 'a', 'append-output', 'no-verbose') ||
  hasWord(command, '-nv');
