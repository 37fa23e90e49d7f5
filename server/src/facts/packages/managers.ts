/** What a verb of a package manager does. */
export type SubcommandKind = 'install' | 'update' | 'upgrade' | 'remove' | 'clean' | 'search' | 'other';

export interface SubcommandInfo {
  readonly kind: SubcommandKind;
  /** Options after the verb that take the next word as their value, beside those of the manager. */
  readonly flagsWithValue: ReadonlySet<string>;
}

export interface ManagerInfo {
  /** Canonical name. */
  readonly name: string;
  /** Installs what the distribution packs, not the libraries of one language. */
  readonly isSystem: boolean;
  /**
   * Options, wherever they are, that take the next word as their value. An option that means something else behind
   * another verb is listed with its verbs only.
   */
  readonly flagsWithValue: ReadonlySet<string>;
  readonly subcommands: ReadonlyMap<string, SubcommandInfo>;
  /** Options with which it asks nothing, as hasFlag takes them; none where it never asks, or where that is not known. */
  readonly asksUnless: readonly string[];
  /** How it installs by name, and what in a name is a version; empty where rules of their own know more. */
  readonly installsByName: readonly InstallsByName[];
}

export interface InstallsByName {
  /** The verbs, some of them two words: `module install`. */
  readonly verbs: readonly string[];
  /** In a name that says which version, or that is none to give one: a file, a group. */
  readonly versioned: RegExp;
  /** Options that say which version, or what else it is that is installed; as hasFlag takes them. */
  readonly unless: readonly string[];
  /** How to give a name a version. */
  readonly how: string;
}

/** Words are parted by single spaces. */
interface Row {
  readonly names: string;
  readonly system?: boolean;
  readonly flags: string;
  readonly verbs: Readonly<Partial<Record<SubcommandKind, string>>>;
  /** Options with a value that only these verbs have. */
  readonly verbFlags?: readonly { readonly verbs: string; readonly flags: string }[];
  /** See ManagerInfo. */
  readonly asksUnless?: string;
  /** See InstallsByName; verbs are parted by commas. */
  readonly byName?: readonly {
    readonly verbs: string;
    readonly versioned: RegExp;
    readonly unless?: string;
    readonly how: string;
  }[];
  /** Where the facts are. */
  readonly source: string;
}

/** `name-1.2-3.el9`: a part after a dash begins with a digit, and all of them could be of a version. */
const RPM_VERSION = String.raw`^[^-]*(?:-[\w.~^:+]+)*-\d[\w.~^:+]*(?:-[\w.~^:+]+)*$`;

const APT = {
  system: true,
  flags:
    '-o --option -c --config-file -t --target-release --default-release -a --host-architecture -P --build-profiles -S --snapshot --solver --planner',
  verbs: {
    install: 'install reinstall build-dep satisfy',
    update: 'update',
    upgrade: 'upgrade dist-upgrade full-upgrade safe-upgrade dselect-upgrade',
    remove: 'remove purge autoremove autopurge',
    clean: 'clean autoclean distclean',
    search: 'search show list policy showpkg depends rdepends',
  },
  // `-s` and `-d` install nothing.
  asksUnless: 'y --yes --assume-yes -q=2 s d',
  // A version, a release (`curl/bookworm`) or a file; `curl-` removes it, as part of an installation.
  byName: [{ verbs: 'install', versioned: /[=/]|\.deb$|\w-$/, how: 'name=version' }],
} as const;

const DNF = {
  system: true,
  flags:
    '-c --config --installroot --releasever --enablerepo --disablerepo --repo --repoid --repofrompath -x --exclude --excludepkgs --setopt --color --forcearch --comment -e -d -R --randomwait --advisory --advisories --bz --bugzillas --cve --cves --sec-severity --secseverity --disableplugin --enableplugin --destdir --downloaddir',
  verbs: {
    install: 'install in localinstall groupinstall reinstall rei builddep install-n install-na install-nevra',
    update: 'makecache check-update',
    upgrade: 'upgrade up update upgrade-minimal up-min distro-sync dist-sync dsync upgrade-to',
    remove: 'remove rm erase autoremove groupremove',
    clean: 'clean',
    search: 'search info list repoquery rq provides whatprovides',
  },
  asksUnless: 'y --assumeyes',
  byName: [
    // A version, a path, an address, a group, or a capability such as `dnf-command(config-manager)`.
    {
      verbs: 'install, in',
      versioned: new RegExp(String.raw`${RPM_VERSION}|^@|/|\.rpm$|\(.*\)$`),
      how: 'name-version',
    },
    // A stream: `nodejs:22`.
    { verbs: 'module install', versioned: /:/, how: 'name-version' },
  ],
} as const;

const CONDA_BY_NAME = [
  { verbs: 'install, create', versioned: /[=<>]/, unless: 'f --file --clone', how: 'name=version' },
] as const;

const PIP_SOURCES =
  '-i --index-url --pypi-url --extra-index-url -f --find-links --cache-dir --log --log-file --proxy --retries --timeout --default-timeout --exists-action --trusted-host --cert --client-cert --use-feature --use-deprecated --python --keyring-provider';

const ROWS = [
  { names: 'apt-get', ...APT, source: 'apt-get(8), apt.conf(5)' },
  { names: 'apt', ...APT, source: 'apt(8)' },
  {
    names: 'aptitude',
    ...APT,
    flags: `${APT.flags} --add-user-tag --add-user-tag-to --remove-user-tag --remove-user-tag-from -F --display-format -O --sort -w --width -T`,
    source: 'aptitude(8)',
  },
  {
    names: 'apk',
    system: true,
    flags:
      '-p --root -X --repository --repositories-file --keys-dir --arch --cache-dir --cache-max-age --wait --progress-fd --timeout -t --virtual',
    verbs: {
      install: 'add fix',
      update: 'update',
      upgrade: 'upgrade',
      remove: 'del',
      clean: 'cache',
      search: 'search info list policy',
    },
    // A constraint, a file, a conflict (`!pyc`), or a virtual package (`.build-deps`).
    byName: [{ verbs: 'add', versioned: /[=~<>]|\.apk$|^[!.]/, how: 'name=version or name~1.2' }],
    source: 'apk(8), apk-add(8)',
  },
  { names: 'dnf dnf5', ...DNF, source: 'dnf(8), dnf5(8)' },
  // EL 7 has no weak dependencies.
  { names: 'yum', ...DNF, source: 'yum(8)' },
  {
    names: 'microdnf',
    ...DNF,
    // It never asks.
    asksUnless: '',
    source: 'github.com/rpm-software-management/microdnf',
  },
  { names: 'tdnf', ...DNF, source: 'github.com/vmware/tdnf' },
  {
    names: 'zypper',
    system: true,
    // Not -C, -D and -n: they take a value, or mean something else, before the verb and are plain switches after it.
    flags:
      '-c --config -R --root --installroot --releasever --reposd-dir --cache-dir --raw-cache-dir --solv-cache-dir --pkg-cache-dir -p --plus-repo --plus-content --userdata -r --repo --from -t --type --download',
    verbs: {
      install: 'install in source-install si install-new-recommends inr',
      update: 'refresh ref',
      upgrade: 'update up dist-upgrade dup patch',
      remove: 'remove rm',
      clean: 'clean cc',
      search: 'search se info if',
    },
    asksUnless: 'n y --non-interactive --no-confirm',
    // Patterns, patches and products have no versions to choose from.
    byName: [{ verbs: 'install, in', versioned: /[=<>]|\.rpm$/, unless: 't --type', how: 'name=version' }],
    source: 'zypper(8)',
  },
  {
    // Its verbs are options: `pacman -Syu`.
    names: 'pacman',
    system: true,
    flags:
      '-b --dbpath -r --root --arch --cachedir --color --config --gpgdir --hookdir --logfile --ignore --ignoregroup --overwrite --assume-installed',
    verbs: {},
    source: 'pacman(8)',
  },
  {
    names: 'pip pip2 pip3',
    flags: `${PIP_SOURCES} -r --requirement -c --constraint --build-constraint -e --editable -t --target -d --dest -w --wheel-dir --platform --python-version --implementation --abi --root --prefix --src -b --build --upgrade-strategy --global-option --config-settings --config-setting -C --install-option --no-binary --only-binary --progress-bar --report --root-user-action --group --path`,
    verbs: {
      install: 'install',
      remove: 'uninstall',
      clean: 'cache',
      search: 'show list freeze search index',
      other: 'download wheel config check hash debug inspect lock',
    },
    source: 'pip.pypa.io/en/stable/cli/pip_install',
  },
  {
    names: 'pipx',
    flags:
      '--python --index-url -i --pip-args --suffix --spec --preinstall --backend --fetch-missing-python -r --requirement',
    verbs: {
      install: 'install inject install-all',
      upgrade: 'upgrade upgrade-all',
      remove: 'uninstall uninject uninstall-all',
      other: 'run ensurepath runpip',
    },
    source: 'pipx.pypa.io/stable/docs',
  },
  {
    names: 'uv',
    flags:
      '--directory --project --config-file --config-setting -C --cache-dir --color --python -p --python-preference --python-platform --python-version --index-url -i --extra-index-url --default-index --index --index-strategy --keyring-provider --allow-insecure-host -f --find-links --extra --no-extra --group --no-group --only-group --package --with --with-editable --with-requirements -r --requirements --requirement -c --constraints --constraint -b --build-constraints --overrides -e --editable --target --prefix --link-mode --resolution --prerelease --exclude-newer -P --upgrade-package --refresh-package --reinstall-package --no-binary --only-binary --no-binary-package --no-build-package --no-build-isolation-package --no-install-package --env-file --torch-backend',
    verbs: {
      install: 'sync add',
      remove: 'remove',
      clean: 'cache',
      // Followed by a verb of their own.
      other: 'pip tool run venv lock python export build publish self init',
    },
    source: 'docs.astral.sh/uv/reference/cli',
  },
  {
    names: 'poetry',
    flags: '-C --directory -P --project --with --without --only -E --extras -G --group --source --python --platform',
    verbs: {
      install: 'install add sync',
      upgrade: 'update',
      remove: 'remove',
      clean: 'cache',
      other: 'run config export build lock self env publish check',
    },
    source: 'python-poetry.org/docs/cli',
  },
  {
    names: 'npm',
    flags:
      '--registry --prefix -C --loglevel --cache --userconfig --globalconfig --tag --omit --include --only --workspace -w --before --fetch-retries --fetch-timeout --fetch-retry-mintimeout --fetch-retry-maxtimeout --network-timeout --scope --install-strategy --cpu --os --libc --maxsockets --cafile --https-proxy --proxy --python --script-shell --node-options --depth --audit-level',
    verbs: {
      install:
        'install i add in ins inst insta instal isnt isnta isntal isntall ci clean-install install-clean ic install-test it cit',
      upgrade: 'update up upgrade udpate',
      remove: 'uninstall un unlink remove rm r prune',
      clean: 'cache',
      search: 'view info show v ls list outdated audit',
      other: 'run run-script exec x config set start test rebuild link pack publish init create version dedupe pkg',
    },
    source: 'docs.npmjs.com/cli/commands',
  },
  {
    names: 'yarn',
    // `--production` and `--inline-builds` take their value by `=` only.
    flags:
      '--cwd --registry --cache-folder --modules-folder --network-timeout --mutex --network-concurrency --global-folder --preferred-cache-folder --use-yarnrc --otp --child-concurrency --mode',
    verbs: {
      install: 'install add',
      upgrade: 'upgrade up',
      remove: 'remove',
      clean: 'cache',
      // `global` and `workspaces` are followed by a verb of their own.
      other: 'run build start test global workspace workspaces config set dlx exec link pack publish node plugin',
    },
    source: 'classic.yarnpkg.com/en/docs/cli, yarnpkg.com/cli',
  },
  {
    names: 'pnpm',
    flags:
      '-C --dir --filter -F --filter-prod --registry --store-dir --virtual-store-dir --modules-dir --network-concurrency --child-concurrency --workspace-concurrency --reporter --loglevel --prefix --package-import-method --node-linker --global-dir --global-bin-dir --cache-dir --fetch-timeout --fetch-retries --lockfile-dir',
    verbs: {
      install: 'install i add fetch ci install-test it',
      upgrade: 'update up upgrade',
      remove: 'remove rm uninstall un prune',
      clean: 'store',
      other: 'run exec dlx build config deploy setup env rebuild start test import pack publish',
    },
    source: 'pnpm.io/pnpm-cli',
  },
  {
    names: 'bun',
    flags:
      '--cwd --registry --cache-dir -c --config --backend --filter --omit --concurrent-scripts --network-concurrency --cafile --ca --linker',
    verbs: {
      install: 'install i add a ci',
      upgrade: 'update upgrade',
      remove: 'remove rm',
      other: 'run x build test pm create link init publish outdated audit why',
    },
    source: 'bun.sh/docs/cli/install',
  },
  {
    names: 'gem',
    flags:
      '-v --version -i --install-dir -n --bindir -P --trust-policy -s --source --platform -p --http-proxy -B --bulk-threshold --config-file -g --file --without --document --build-root --target-rbconfig',
    verbs: {
      install: 'install i',
      upgrade: 'update',
      remove: 'uninstall',
      clean: 'cleanup',
      search: 'list search query info specification',
      other: 'build push sources environment env fetch unpack exec',
    },
    source: 'guides.rubygems.org/command-reference',
  },
  {
    names: 'bundle bundler',
    flags:
      '--gemfile --path -j --jobs --retry --without --with --only --shebang --target-rbconfig --trust-policy -r --group -g --source --version -v',
    verbs: {
      install: 'install add',
      upgrade: 'update',
      remove: 'remove',
      clean: 'clean',
      other: 'exec config lock check package cache binstubs init show list outdated doctor platform',
    },
    source: 'bundler.io/man',
  },
  {
    names: 'go',
    // The flag package reads `-x` and `--x` alike.
    flags: both(
      'C o p tags ldflags gcflags asmflags gccgoflags mod modfile pkgdir toolexec overlay installsuffix compiler buildmode exec pgo covermode coverpkg coverprofile run count timeout cpu',
    ),
    verbs: {
      install: 'install get',
      clean: 'clean',
      other: 'build run mod test generate env vet list version tool work fmt fix doc',
    },
    source: 'pkg.go.dev/cmd/go',
  },
  {
    names: 'cargo',
    flags:
      '--color --config -C -Z --manifest-path --lockfile-path --target --target-dir --artifact-dir -p --package --exclude --features -F --profile -j --jobs --bin --example --test --bench --message-format --version --vers --git --branch --tag --rev --path --root --registry --index --rename --recipe-path',
    verbs: {
      install: 'install binstall add',
      upgrade: 'update',
      remove: 'uninstall remove rm',
      clean: 'clean',
      search: 'search',
      other: 'build b run r test t check c fetch chef vendor doc bench fmt clippy metadata init new publish package',
    },
    // A path, a repository and a lock file beside it say which version.
    byName: [
      { verbs: 'install, binstall', versioned: /@/, unless: '--version --vers --path --git', how: 'name@version' },
    ],
    source: 'doc.rust-lang.org/cargo/commands',
  },
  {
    names: 'composer',
    flags:
      '-d --working-dir --prefer-install --ignore-platform-req --apcu-autoloader-prefix --with --repository --repository-url --add-repository -s --stability --audit-format',
    verbs: {
      install: 'install i require req r create-project',
      upgrade: 'update upgrade u self-update selfupdate',
      remove: 'remove rm uninstall',
      clean: 'clear-cache clearcache cc',
      search: 'search show info outdated',
      other: 'dump-autoload dumpautoload run-script run exec global config validate audit bump init',
    },
    byName: [{ verbs: 'require, req, r, global require', versioned: /^[^/]*$|[:=]/, how: 'name:^1.2' }],
    source: 'getcomposer.org/doc/03-cli.md',
  },
  {
    names: 'pecl',
    flags: '-c -C -d -D -s -S -u -R --installroot --configureoptions',
    verbs: {
      install: 'install',
      upgrade: 'upgrade upgrade-all',
      remove: 'uninstall',
      clean: 'clear-cache',
      search: 'list list-all search info remote-info',
      other: 'update-channels channel-update channel-discover config-set config-show download build package run-tests',
    },
    byName: [{ verbs: 'install', versioned: /-(?:\d|alpha|beta|stable|devel)|\.tgz$/, how: 'name-version' }],
    source: 'pear.php.net/manual/en/guide.users.commandline.commands.php',
  },
  {
    names: 'dotnet',
    flags:
      '-c --configuration -r --runtime -f --framework -o --output -v --verbosity --version --tool-path --add-source -s --source --configfile --tool-manifest -p --property --arch -a --os',
    // `tool` and `workload` are followed by a verb of their own.
    verbs: { other: 'tool workload restore build publish run test pack new add remove nuget clean dev-certs' },
    byName: [{ verbs: 'tool install', versioned: /@/, unless: '--version', how: '--version 1.2.3' }],
    source: 'learn.microsoft.com/en-us/dotnet/core/tools',
  },
  {
    names: 'conda',
    flags: '-n --name -c --channel --file --solver --experimental --repodata-fn --subdir --platform',
    // `clean -p -t -i -f` are switches.
    verbFlags: [
      { verbs: 'install create update upgrade remove uninstall list run', flags: '-p --prefix' },
      { verbs: 'env', flags: '-p --prefix -f' },
    ],
    verbs: conda('rename notices doctor'),
    byName: CONDA_BY_NAME,
    source: 'docs.conda.io/projects/conda/en/stable/commands',
  },
  {
    names: 'mamba micromamba',
    flags:
      '-n --name -c --channel --file --solver --repodata-fn --subdir --platform -r --root-prefix --rc-file --channel-priority --ssl-verify --extract-threads --download-threads',
    verbFlags: [
      { verbs: 'install create update upgrade remove uninstall list run shell env', flags: '-p --prefix -f' },
    ],
    verbs: conda('self-update constructor auth'),
    byName: CONDA_BY_NAME,
    source: 'mamba.readthedocs.io/en/latest/user_guide/micromamba.html',
  },
] as const satisfies readonly Row[];

function both(names: string): string {
  return names
    .split(' ')
    .map(name => `-${name} --${name}`)
    .join(' ');
}

function conda(more: string): Row['verbs'] {
  return {
    install: 'install create',
    upgrade: 'update upgrade',
    remove: 'remove uninstall',
    clean: 'clean',
    search: 'search list info',
    other: `run env config activate deactivate init shell build ${more}`,
  };
}

const KINDS: readonly SubcommandKind[] = ['install', 'update', 'upgrade', 'remove', 'clean', 'search', 'other'];
/** Other names of one program; the rest are programs of their own that share a row. */
const ALIASES: Readonly<Record<string, string>> = { pip2: 'pip', pip3: 'pip', bundler: 'bundle', dnf5: 'dnf' };
const words = (text: string | undefined): readonly string[] => (text ? text.split(' ') : []);
const NO_FLAGS: ReadonlySet<string> = new Set();

const rows = new Map(ROWS.flatMap((row: Row) => words(row.names).map(name => [name, row])));
/** A file names few of them, so each is made when it is asked for. */
const managers = new Map<string, ManagerInfo>();

function infoOf(name: string, row: Row): ManagerInfo {
  const flagsOf = new Map<string, Set<string>>();
  for (const { verbs, flags } of row.verbFlags ?? []) {
    for (const verb of words(verbs)) {
      const own = flagsOf.get(verb) ?? new Set();
      for (const flag of words(flags)) own.add(flag);
      flagsOf.set(verb, own);
    }
  }
  const subcommands = new Map<string, SubcommandInfo>();
  for (const kind of KINDS) {
    for (const verb of words(row.verbs[kind]))
      subcommands.set(verb, { kind, flagsWithValue: flagsOf.get(verb) ?? NO_FLAGS });
  }
  return {
    name: ALIASES[name] ?? name,
    isSystem: row.system === true,
    flagsWithValue: new Set(words(row.flags)),
    subcommands,
    asksUnless: words(row.asksUnless),
    installsByName: (row.byName ?? []).map(({ verbs, versioned, unless, how }) => ({
      verbs: verbs.split(', '),
      versioned,
      unless: words(unless),
      how,
    })),
  };
}

function named(name: string): ManagerInfo | undefined {
  let known = managers.get(name);
  if (known) return known;
  const row = rows.get(name);
  if (!row) return undefined;
  known = infoOf(name, row);
  managers.set(name, known);
  return known;
}

/** Whether a name is that of a package manager, without a version at its end. */
export const isManagerName = (name: string): boolean => rows.has(name);

/** The package manager after a command name: `pip3.12` is pip. */
export function packageManager(name: string): ManagerInfo | undefined {
  return named(name) ?? (name.startsWith('pip') && /^pip\d+(?:\.\d+)*$/.test(name) ? named('pip') : undefined);
}

export function subcommandInfo(manager: ManagerInfo, verb: string): SubcommandInfo | undefined {
  return manager.subcommands.get(verb);
}
