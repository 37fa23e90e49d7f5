/** What a verb of a package manager does. */
export type SubcommandKind = 'install' | 'update' | 'upgrade' | 'remove' | 'clean' | 'search' | 'other';

export interface SubcommandInfo {
  readonly kind: SubcommandKind;
  /** Options behind the verb that take the next word as their value. */
  readonly flagsWithValue: ReadonlySet<string>;
}

export interface ManagerInfo {
  /** Canonical name. */
  readonly name: string;
  /** Options, wherever they stand, that take the next word as their value. */
  readonly flagsWithValue: ReadonlySet<string>;
  readonly subcommands: ReadonlyMap<string, SubcommandInfo>;
  /** Options that answer every question with yes. */
  readonly assumeYes: readonly string[];
  /** Where downloads are kept: what a cache mount would have to cover. */
  readonly caches: readonly string[];
  /** What parts a name from its version: `=` for apt, `@` for npm. */
  readonly pin: readonly string[];
}

interface Row {
  readonly names: readonly string[];
  readonly flags: readonly string[];
  readonly verbs: Readonly<Partial<Record<SubcommandKind, readonly string[]>>>;
  readonly verbFlags?: Readonly<Record<string, readonly string[]>>;
  readonly assumeYes?: readonly string[];
  readonly caches?: readonly string[];
  readonly pin?: readonly string[];
}

const APT_FLAGS = [
  '-o',
  '--option',
  '-c',
  '--config-file',
  '-t',
  '--target-release',
  '--default-release',
  '-a',
  '--host-architecture',
  '-P',
  '--build-profiles',
];
const DNF_FLAGS = [
  '-c',
  '--config',
  '--installroot',
  '--releasever',
  '--enablerepo',
  '--disablerepo',
  '--repo',
  '--repoid',
  '-x',
  '--exclude',
  '--setopt',
  '--color',
  '--forcearch',
  '--comment',
  '-e',
  '-d',
  '-R',
  '--advisory',
  '--bz',
  '--cve',
  '--sec-severity',
  '--disableplugin',
  '--enableplugin',
  '--destdir',
  '--downloaddir',
];
const DNF_VERBS = {
  install: ['install', 'in', 'localinstall', 'groupinstall', 'reinstall', 'rei'],
  update: ['makecache', 'check-update'],
  upgrade: ['upgrade', 'up', 'update', 'upgrade-minimal', 'up-min', 'distro-sync', 'dist-sync'],
  remove: ['remove', 'rm', 'erase', 'autoremove', 'groupremove'],
  clean: ['clean'],
  search: ['search', 'info', 'list', 'repoquery', 'provides'],
} as const;
const PIP_FLAGS = [
  '-r',
  '--requirement',
  '-c',
  '--constraint',
  '-e',
  '--editable',
  '-t',
  '--target',
  '--platform',
  '--python-version',
  '--implementation',
  '--abi',
  '--root',
  '--prefix',
  '--src',
  '-b',
  '--build',
  '--upgrade-strategy',
  '--global-option',
  '--config-settings',
  '-C',
  '--install-option',
  '--no-binary',
  '--only-binary',
  '--progress-bar',
  '-i',
  '--index-url',
  '--pypi-url',
  '--extra-index-url',
  '-f',
  '--find-links',
  '--cache-dir',
  '--log',
  '--proxy',
  '--retries',
  '--timeout',
  '--exists-action',
  '--trusted-host',
  '--cert',
  '--client-cert',
  '--use-feature',
  '--use-deprecated',
  '--python',
  '--report',
  '--root-user-action',
  '--keyring-provider',
  '--no-build-isolation-package',
  '--group',
];
const NPM_FLAGS = [
  '--registry',
  '--prefix',
  '-C',
  '--loglevel',
  '--cache',
  '--userconfig',
  '--globalconfig',
  '--tag',
  '--omit',
  '--include',
  '--only',
  '--workspace',
  '-w',
  '--before',
  '--fetch-retries',
  '--fetch-timeout',
  '--network-timeout',
  '--scope',
  '--install-strategy',
  '--cpu',
  '--os',
  '--libc',
];
const GEM_FLAGS = [
  '-v',
  '--version',
  '-i',
  '--install-dir',
  '-n',
  '--bindir',
  '-P',
  '--trust-policy',
  '-s',
  '--source',
  '--platform',
  '-p',
  '--http-proxy',
  '-B',
  '--bulk-threshold',
  '--config-file',
  '-g',
  '--file',
  '--without',
  '--document',
  '--build-root',
  '--target-rbconfig',
];

/** Sources: the manual page or reference of each program, 2026. */
const ROWS = [
  {
    names: ['apt-get', 'apt', 'aptitude'],
    flags: APT_FLAGS,
    verbs: {
      install: ['install', 'reinstall', 'build-dep', 'satisfy'],
      update: ['update'],
      upgrade: ['upgrade', 'dist-upgrade', 'full-upgrade', 'safe-upgrade', 'dselect-upgrade'],
      remove: ['remove', 'purge', 'autoremove', 'autopurge'],
      clean: ['clean', 'autoclean', 'distclean'],
      search: ['search', 'show', 'list', 'policy', 'showpkg', 'depends', 'rdepends'],
    },
    assumeYes: ['-y', '--yes', '--assume-yes', '-qq'],
    caches: ['/var/cache/apt', '/var/lib/apt'],
    pin: ['='],
  },
  {
    names: ['apk'],
    flags: [
      '-p',
      '--root',
      '-X',
      '--repository',
      '--repositories-file',
      '--keys-dir',
      '--arch',
      '--cache-dir',
      '--cache-max-age',
      '--wait',
      '--progress-fd',
      '--timeout',
      '-t',
      '--virtual',
    ],
    verbs: {
      install: ['add', 'fix'],
      update: ['update'],
      upgrade: ['upgrade'],
      remove: ['del'],
      clean: ['cache'],
      search: ['search', 'info', 'list', 'policy'],
    },
    caches: ['/var/cache/apk', '/etc/apk/cache'],
    pin: ['=', '~', '>', '<', '@'],
  },
  {
    names: ['dnf', 'dnf5', 'yum'],
    flags: DNF_FLAGS,
    verbs: DNF_VERBS,
    assumeYes: ['-y', '--assumeyes'],
    caches: ['/var/cache/dnf', '/var/cache/yum', '/var/cache/libdnf5'],
    pin: ['-'],
  },
  {
    names: ['microdnf'],
    flags: DNF_FLAGS,
    verbs: DNF_VERBS,
    assumeYes: ['-y', '--assumeyes'],
    caches: ['/var/cache/dnf', '/var/cache/yum'],
    pin: ['-'],
  },
  {
    names: ['tdnf'],
    flags: DNF_FLAGS,
    verbs: DNF_VERBS,
    assumeYes: ['-y', '--assumeyes'],
    caches: ['/var/cache/tdnf'],
    pin: ['-'],
  },
  {
    names: ['zypper'],
    flags: [
      '-c',
      '--config',
      '-R',
      '--root',
      '--installroot',
      '--releasever',
      '-D',
      '--reposd-dir',
      '-C',
      '--cache-dir',
      '--raw-cache-dir',
      '--solv-cache-dir',
      '--pkg-cache-dir',
      '-p',
      '--plus-repo',
      '--plus-content',
      '--userdata',
      '--repo',
      '--from',
      '-t',
      '--type',
      '--name',
    ],
    verbs: {
      install: ['install', 'in', 'source-install', 'si', 'install-new-recommends', 'inr'],
      update: ['refresh', 'ref'],
      upgrade: ['update', 'up', 'dist-upgrade', 'dup', 'patch'],
      remove: ['remove', 'rm'],
      clean: ['clean', 'cc'],
      search: ['search', 'se', 'info', 'if'],
    },
    assumeYes: ['-y', '-n', '--non-interactive', '--no-confirm'],
    caches: ['/var/cache/zypp'],
    pin: ['=', '<', '>'],
  },
  {
    names: ['pacman'],
    flags: [
      '-b',
      '--dbpath',
      '-r',
      '--root',
      '--arch',
      '--cachedir',
      '--color',
      '--config',
      '--gpgdir',
      '--hookdir',
      '--logfile',
      '--ignore',
      '--ignoregroup',
      '--overwrite',
      '--assume-installed',
    ],
    verbs: {},
    assumeYes: ['--noconfirm'],
    caches: ['/var/cache/pacman'],
  },
  {
    names: ['pip', 'pip2', 'pip3'],
    flags: PIP_FLAGS,
    verbs: {
      install: ['install'],
      remove: ['uninstall'],
      clean: ['cache'],
      search: ['show', 'list', 'freeze', 'search', 'index'],
      other: ['download', 'wheel', 'config'],
    },
    caches: ['/root/.cache/pip'],
    pin: ['==', '>=', '<=', '~=', '!=', '>', '<', '===', '@'],
  },
  {
    names: ['pipx'],
    flags: ['--python', '--index-url', '-i', '--pip-args', '--suffix', '--spec', '--preinstall', '--backend'],
    verbs: {
      install: ['install', 'inject', 'install-all'],
      upgrade: ['upgrade', 'upgrade-all'],
      remove: ['uninstall'],
      other: ['run', 'ensurepath'],
    },
    caches: ['/root/.cache/pip'],
    pin: ['==', '@'],
  },
  {
    names: ['uv'],
    flags: [
      '--directory',
      '--project',
      '--config-file',
      '--cache-dir',
      '--python',
      '-p',
      '--index-url',
      '--extra-index-url',
      '--default-index',
      '--index',
      '-i',
      '-f',
      '--find-links',
      '--extra',
      '--group',
      '--with',
      '-r',
      '-c',
      '--target',
      '--prefix',
    ],
    verbs: {
      install: ['sync', 'add'],
      clean: ['cache'],
      other: ['pip', 'run', 'tool', 'venv', 'lock', 'python', 'export'],
    },
    caches: ['/root/.cache/uv'],
    pin: ['==', '@', '>=', '~='],
  },
  {
    names: ['poetry'],
    flags: [
      '-C',
      '--directory',
      '-P',
      '--project',
      '--with',
      '--without',
      '--only',
      '-E',
      '--extras',
      '-G',
      '--group',
      '--source',
    ],
    verbs: {
      install: ['install', 'add', 'sync'],
      upgrade: ['update'],
      remove: ['remove'],
      clean: ['cache'],
      other: ['run', 'config', 'export', 'build', 'lock'],
    },
    caches: ['/root/.cache/pypoetry'],
    pin: ['@', '==', '^', '~'],
  },
  {
    names: ['npm'],
    flags: NPM_FLAGS,
    verbs: {
      install: [
        'install',
        'i',
        'add',
        'in',
        'ins',
        'isntall',
        'ci',
        'clean-install',
        'install-clean',
        'install-test',
        'it',
      ],
      upgrade: ['update', 'up', 'upgrade'],
      remove: ['uninstall', 'un', 'unlink', 'remove', 'rm', 'r', 'prune'],
      clean: ['cache'],
      search: ['view', 'info', 'show', 'ls', 'list', 'outdated', 'audit'],
      other: ['run', 'run-script', 'exec', 'config', 'set', 'start', 'test', 'rebuild', 'link', 'pack', 'publish'],
    },
    caches: ['/root/.npm'],
    pin: ['@'],
  },
  {
    names: ['yarn'],
    flags: [
      '--cwd',
      '--registry',
      '--cache-folder',
      '--modules-folder',
      '--network-timeout',
      '--mutex',
      '--network-concurrency',
      '--global-folder',
      '--prefix',
      '--production',
      '--inline-builds',
    ],
    verbs: {
      install: ['install', 'add', 'workspaces'],
      upgrade: ['upgrade', 'up'],
      remove: ['remove'],
      clean: ['cache'],
      other: ['run', 'build', 'start', 'global', 'config', 'set', 'dlx', 'exec'],
    },
    caches: ['/usr/local/share/.cache', '/root/.cache/yarn', '/root/.yarn'],
    pin: ['@'],
  },
  {
    names: ['pnpm'],
    flags: [
      '-C',
      '--dir',
      '--filter',
      '-F',
      '--registry',
      '--store-dir',
      '--virtual-store-dir',
      '--network-concurrency',
      '--reporter',
      '--prefix',
    ],
    verbs: {
      install: ['install', 'i', 'add', 'fetch', 'ci'],
      upgrade: ['update', 'up'],
      remove: ['remove', 'rm', 'uninstall', 'un', 'prune'],
      clean: ['store'],
      other: ['run', 'exec', 'dlx', 'build', 'config', 'deploy', 'setup'],
    },
    caches: ['/root/.local/share/pnpm', '/pnpm/store'],
    pin: ['@'],
  },
  {
    names: ['bun'],
    flags: ['--cwd', '--registry', '--cache-dir', '-c', '--config', '--backend'],
    verbs: {
      install: ['install', 'i', 'add', 'a'],
      upgrade: ['update', 'upgrade'],
      remove: ['remove', 'rm'],
      clean: ['pm'],
      other: ['run', 'x', 'build', 'test'],
    },
    caches: ['/root/.bun/install/cache'],
    pin: ['@'],
  },
  {
    names: ['gem'],
    flags: GEM_FLAGS,
    verbs: {
      install: ['install', 'i'],
      upgrade: ['update'],
      remove: ['uninstall'],
      clean: ['cleanup', 'sources'],
      search: ['list', 'search', 'query'],
    },
    caches: ['/usr/local/bundle/cache', '/root/.gem'],
    pin: [':'],
  },
  {
    names: ['bundle', 'bundler'],
    flags: [
      '--gemfile',
      '--path',
      '-j',
      '--jobs',
      '--retry',
      '--without',
      '--with',
      '--binstubs',
      '--shebang',
      '--standalone',
      '--target-rbconfig',
    ],
    verbs: {
      install: ['install', 'add'],
      upgrade: ['update'],
      remove: ['remove'],
      clean: ['clean'],
      other: ['exec', 'config', 'lock', 'check', 'package', 'cache'],
    },
    caches: ['/usr/local/bundle/cache'],
    pin: [],
  },
  {
    names: ['go'],
    flags: [
      '-C',
      '-o',
      '-p',
      '-tags',
      '-ldflags',
      '-gcflags',
      '-asmflags',
      '-mod',
      '-modfile',
      '-pkgdir',
      '-toolexec',
      '-overlay',
      '-installsuffix',
      '-compiler',
      '-buildmode',
      '-exec',
      '-pgo',
    ],
    verbs: {
      install: ['install', 'get'],
      clean: ['clean'],
      other: ['build', 'run', 'mod', 'test', 'generate', 'env', 'vet', 'list', 'version', 'tool', 'work', 'fmt'],
    },
    caches: ['/go/pkg/mod', '/root/.cache/go-build'],
    pin: ['@'],
  },
  {
    names: ['cargo'],
    flags: [
      '--color',
      '--config',
      '-Z',
      '--manifest-path',
      '--target',
      '--target-dir',
      '-p',
      '--package',
      '--features',
      '-F',
      '--profile',
      '-j',
      '--jobs',
      '--bin',
      '--example',
      '--version',
      '--vers',
      '--git',
      '--branch',
      '--tag',
      '--rev',
      '--path',
      '--root',
      '--registry',
      '--index',
    ],
    verbs: {
      install: ['install', 'binstall', 'add'],
      upgrade: ['update'],
      remove: ['uninstall', 'remove'],
      clean: ['clean'],
      other: ['build', 'b', 'run', 'test', 'check', 'fetch', 'chef', 'vendor'],
    },
    caches: ['/usr/local/cargo/registry', '/root/.cargo/registry'],
    pin: ['@'],
  },
  {
    names: ['composer'],
    flags: ['-d', '--working-dir', '--prefer-install', '--ignore-platform-req', '--apcu-autoloader-prefix', '--with'],
    verbs: {
      install: ['install', 'i', 'require', 'req', 'create-project'],
      upgrade: ['update', 'upgrade', 'u', 'self-update'],
      remove: ['remove', 'rm'],
      clean: ['clear-cache', 'clearcache', 'cc'],
      other: ['dump-autoload', 'dumpautoload', 'run-script', 'exec', 'global', 'config'],
    },
    caches: ['/root/.composer/cache', '/tmp/cache'],
    pin: [':', '='],
  },
  {
    names: ['conda', 'mamba', 'micromamba'],
    flags: [
      '-n',
      '--name',
      '-p',
      '--prefix',
      '-c',
      '--channel',
      '-f',
      '--file',
      '--solver',
      '--experimental',
      '--repodata-fn',
      '--subdir',
      '--platform',
      '-r',
      '--root-prefix',
    ],
    verbs: {
      install: ['install', 'create'],
      upgrade: ['update', 'upgrade'],
      remove: ['remove', 'uninstall'],
      clean: ['clean'],
      search: ['search', 'list', 'info'],
      other: ['run', 'env', 'config', 'activate', 'init', 'shell'],
    },
    assumeYes: ['-y', '--yes'],
    caches: ['/opt/conda/pkgs'],
    pin: ['=', '>', '<'],
  },
] as const satisfies readonly Row[];

const managers = new Map<string, ManagerInfo>();

function add(row: Row): void {
  const subcommands = new Map<string, SubcommandInfo>();
  for (const [kind, verbs] of Object.entries(row.verbs)) {
    for (const verb of verbs) {
      const values = row.verbFlags?.[verb] ?? [];
      const known = KINDS.find(one => one === kind) ?? 'other';
      subcommands.set(verb, { kind: known, flagsWithValue: new Set(values) });
    }
  }
  for (const name of row.names) {
    const canonical =
      row.names[0]?.startsWith('pip') && !name.startsWith('pipx')
        ? (row.names[0] ?? name)
        : name === 'bundler'
          ? 'bundle'
          : name === 'dnf5'
            ? 'dnf'
            : name;
    managers.set(name, {
      name: canonical,
      flagsWithValue: new Set(row.flags),
      subcommands,
      assumeYes: row.assumeYes ?? [],
      caches: row.caches ?? [],
      pin: row.pin ?? [],
    });
  }
}

const KINDS: readonly SubcommandKind[] = ['install', 'update', 'upgrade', 'remove', 'clean', 'search', 'other'];
for (const row of ROWS) add(row);

/** The package manager behind a command name: `pip3.12` is pip. */
export function packageManager(name: string): ManagerInfo | undefined {
  const known = managers.get(name);
  if (known) return known;
  return /^pip\d+(?:\.\d+)*$/.test(name) ? managers.get('pip') : undefined;
}

export function subcommandInfo(manager: ManagerInfo, verb: string): SubcommandInfo | undefined {
  return manager.subcommands.get(verb);
}
