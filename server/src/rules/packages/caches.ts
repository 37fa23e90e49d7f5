import type { PackageAction } from '../../facts/index.js';
import { hasFlag } from '../../shell/options.js';

/** What a package manager leaves on the disk, and how to get rid of it. */
export interface PackageCache {
  /** Said to people: `the package lists`. */
  readonly label: string;
  /** What fills it. */
  readonly managers: readonly string[];
  /** Directories that a cache or tmpfs mount keeps out of the layer. */
  readonly paths: readonly string[];
  /** The verbs that write it, unless one of the options keeps it from that. */
  readonly fills: readonly string[];
  readonly unless?: readonly string[];
  /** The clean-up of the managers, and of others that share the folder. */
  readonly cleaners?: readonly string[];
  readonly cleans: readonly string[];
  /** An argument of `rm` or `find` that takes it away. */
  readonly removed: RegExp;
  /** The command to append. */
  readonly clean: (filledBy: PackageAction) => string;
}

export const isFilledBy = (
  { managers, fills, unless = [] }: PackageCache,
  { manager, verb, command }: PackageAction,
): boolean => managers.includes(manager) && fills.includes(verb.value) && !hasFlag(command, ...unless);

export const isCleanedBy = (
  { managers, cleaners = managers, cleans: verbs }: PackageCache,
  action: PackageAction,
): boolean => cleaners.includes(action.manager) && verbs.includes(action.verb.value);

export const APT_LISTS: PackageCache = {
  label: 'The package lists',
  managers: ['apt-get', 'apt', 'aptitude'],
  paths: ['/var/lib/apt/lists'],
  fills: ['update'],
  cleans: ['dist-clean', 'distclean'],
  removed: /\/var\/lib\/(?:apt\b|\*|\{[^}]*\bapt\b|\[)|\/var\/\{[^}]*\blib\/apt\b|^(?:\.\/)?lists\b/,
  clean: () => 'rm -rf /var/lib/apt/lists/*',
};

export const APK_CACHE: PackageCache = {
  label: 'The package index',
  managers: ['apk'],
  paths: ['/var/cache/apk', '/etc/apk/cache'],
  fills: ['add', 'update', 'upgrade'],
  unless: ['--no-cache'],
  cleans: ['cache'],
  removed: /\/var\/cache\/?(?:$|apk\b|\*|\{[^}]*\bapk\b)|\/var\/\{[^}]*\bcache(?:\/apk)?\b|\/etc\/apk\/cache/,
  clean: () => 'rm -rf /var/cache/apk/*',
};

/** The managers of RPM share their folders. */
const RPM = ['dnf', 'microdnf', 'tdnf', 'yum'];
const RPM_REMOVED = /\/var\/cache\/?(?:$|\*|(?:yum|dnf|libdnf5|tdnf)\b|\{)|\/var\/\{[^}]*\bcache\b/;
const RPM_FILLS = [
  'install',
  'in',
  'upgrade',
  'up',
  'upgrade-minimal',
  'up-min',
  'reinstall',
  'rei',
  'groupinstall',
  'localinstall',
  'update',
  'module',
  'group',
  'builddep',
  'distro-sync',
  'swap',
];

export const YUM_CACHE: PackageCache = {
  label: 'The package cache',
  managers: ['yum'],
  paths: ['/var/cache/yum', '/var/cache/dnf', '/var/cache/libdnf5'],
  fills: RPM_FILLS,
  cleaners: RPM,
  cleans: ['clean'],
  removed: RPM_REMOVED,
  clean: () => 'yum clean all',
};

export const DNF_CACHE: PackageCache = {
  label: 'The package cache',
  managers: ['dnf', 'microdnf', 'tdnf'],
  paths: ['/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/yum', '/root/.cache/libdnf5', '/var/cache/tdnf'],
  fills: RPM_FILLS,
  cleaners: RPM,
  cleans: ['clean'],
  removed: RPM_REMOVED,
  clean: action => `${action.command.base} clean all`,
};

export const ZYPPER_CACHE: PackageCache = {
  label: 'The package cache',
  managers: ['zypper'],
  paths: ['/var/cache/zypp'],
  fills: ['install', 'in', 'update', 'up', 'patch', 'dist-upgrade', 'dup'],
  cleans: ['clean', 'cc'],
  removed: /\/var\/cache\/?(?:$|\*|zypp\b|\{)|\/var\/\{[^}]*\bcache\b/,
  clean: () => 'zypper clean --all',
};

export const RPM_CACHES: readonly PackageCache[] = [YUM_CACHE, DNF_CACHE];

export const PACKAGE_CACHES: readonly PackageCache[] = [APT_LISTS, APK_CACHE, YUM_CACHE, DNF_CACHE, ZYPPER_CACHE];
