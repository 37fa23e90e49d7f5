import type { Family, ImageInfo, PackageManagerName, Runtime } from './types.js';

/** Commands of BusyBox as Alpine and the busybox image build it (BusyBox 1.36 applets that matter in RUN). */
const BUSYBOX = [
  'sh',
  'ash',
  'adduser',
  'addgroup',
  'deluser',
  'delgroup',
  'wget',
  'nc',
  'tar',
  'gzip',
  'gunzip',
  'unzip',
  'sed',
  'awk',
  'grep',
  'find',
  'xargs',
  'cp',
  'mv',
  'rm',
  'mkdir',
  'chmod',
  'chown',
  'ln',
  'cat',
  'echo',
  'printf',
  'ls',
  'id',
  'su',
  'vi',
  'ps',
  'kill',
  'top',
  'tr',
  'cut',
  'sort',
  'uniq',
  'head',
  'tail',
  'date',
  'sleep',
  'env',
  'which',
  'test',
  'true',
  'false',
  'install',
  'mktemp',
  'touch',
  'sha256sum',
  'md5sum',
  'nslookup',
  'ping',
];

/** What Alpine does not have unless a package brings it. */
const NOT_ON_ALPINE = [
  'bash',
  'useradd',
  'groupadd',
  'usermod',
  'groupmod',
  'userdel',
  'groupdel',
  'apt-get',
  'apt',
  'dpkg',
  'apt-cache',
  'apt-key',
  'add-apt-repository',
  'yum',
  'dnf',
  'microdnf',
  'zypper',
  'rpm',
  'sudo',
  'curl',
  'git',
  'gcc',
  'make',
  'g++',
  'locale-gen',
  'update-locale',
  'service',
  'systemctl',
  'invoke-rc.d',
  'gosu',
  'tini',
];
/** What slim Debian and Ubuntu images do not have. */
const NOT_ON_SLIM = [
  'curl',
  'wget',
  'git',
  'gcc',
  'g++',
  'make',
  'cc',
  'sudo',
  'unzip',
  'nc',
  'vim',
  'less',
  'ssh',
  'apk',
  'yum',
  'dnf',
  'microdnf',
  'zypper',
  'gosu',
];
const NOT_ON_FULL_DEBIAN = ['sudo', 'apk', 'yum', 'dnf', 'microdnf', 'zypper', 'su-exec'];
const NOT_ON_RHEL = ['apt-get', 'apt', 'dpkg', 'apk', 'zypper', 'adduser-debian', 'addgroup'];
const ON_DEBIAN = [
  'bash',
  'sh',
  'dash',
  'apt-get',
  'apt',
  'dpkg',
  'useradd',
  'groupadd',
  'usermod',
  'sed',
  'grep',
  'tar',
  'gzip',
  'find',
  'perl',
  'id',
  'chown',
  'chmod',
  'cp',
  'install',
];
const ON_RHEL = ['bash', 'sh', 'rpm', 'sed', 'grep', 'cp', 'chown', 'chmod', 'id', 'curl'];

const RUNTIME_COMMANDS: Readonly<Partial<Record<Runtime, readonly string[]>>> = {
  python: ['python', 'python3', 'pip', 'pip3'],
  node: ['node', 'npm', 'npx'],
  ruby: ['ruby', 'gem', 'bundle'],
  php: ['php'],
  java: ['java'],
  go: ['go'],
  dotnet: ['dotnet'],
  rust: ['cargo', 'rustc'],
  perl: ['perl'],
};

/** Official images on the full (not slim) Debian: buildpack-deps, with compilers, curl, wget and git. */
const FULL = /^(?:python|node|ruby|golang|rust|php|perl|gcc|buildpack-deps|openjdk|pypy|erlang|elixir|haskell|julia)$/;

export interface ToolFacts {
  readonly family: Family;
  readonly official: string | undefined;
  readonly tag: string;
  readonly runtime: Runtime | undefined;
}

const isSlim = (tag: string): boolean => /slim/.test(tag);

/** Debian 13 and later no longer bring adduser along (apt dropped the dependency; seen in trixie minbase). */
function lacksAdduser({ family, official, tag }: ToolFacts): boolean {
  if (family !== 'debian') return false;
  if (/trixie|forky|sid|(?:^|-)13(?:$|[.-])/.test(tag)) return true;
  if (official === 'debian') return /^(?:latest|stable|stable-slim|testing.*|unstable.*|13.*|)$/.test(tag);
  // Official images moved to trixie as their default in 2025.
  return official !== undefined && FULL.test(official) && isSlim(tag) && !/bookworm|bullseye|buster|stretch/.test(tag);
}

export function commandsOf(facts: ToolFacts): Pick<ImageInfo, 'hasCommand' | 'lacksCommand'> {
  const { family, runtime, official, tag } = facts;
  const has = new Set<string>(runtime ? RUNTIME_COMMANDS[runtime] : []);
  const lacks = new Set<string>();
  const full = official !== undefined && FULL.test(official) && !isSlim(tag) && family === 'debian';
  switch (family) {
    case 'alpine':
      for (const name of [...BUSYBOX, 'apk']) has.add(name);
      for (const name of NOT_ON_ALPINE) lacks.add(name);
      if (official === 'php') for (const name of ['curl', 'bash']) lacks.delete(name);
      if (
        official === 'golang' ||
        official === 'rust' ||
        official === 'bash' ||
        official === 'docker' ||
        official === 'composer'
      )
        for (const name of ['git', 'gcc', 'bash', 'curl', 'make']) lacks.delete(name);
      if (official === undefined)
        for (const name of ['bash', 'curl', 'git', 'gcc', 'make', 'sudo', 'gosu', 'tini']) lacks.delete(name);
      break;
    case 'busybox':
      for (const name of BUSYBOX) has.add(name);
      for (const name of [...NOT_ON_ALPINE, 'apk']) lacks.add(name);
      break;
    case 'debian':
    case 'ubuntu':
      for (const name of ON_DEBIAN) has.add(name);
      for (const name of full
        ? NOT_ON_FULL_DEBIAN
        : official !== undefined && (family === 'ubuntu' || official === 'debian' || isSlim(tag))
          ? NOT_ON_SLIM
          : NOT_ON_FULL_DEBIAN)
        lacks.add(name);
      if (full) for (const name of ['curl', 'wget', 'git', 'gcc', 'make', 'unzip']) has.add(name);
      if (lacksAdduser(facts)) for (const name of ['adduser', 'addgroup']) lacks.add(name);
      for (const name of has) lacks.delete(name);
      break;
    case 'rhel':
    case 'rhel-minimal':
      for (const name of ON_RHEL) has.add(name);
      for (const name of NOT_ON_RHEL) lacks.add(name);
      if (family === 'rhel-minimal') {
        has.delete('curl');
        for (const name of ['useradd', 'groupadd', 'usermod', 'sudo']) lacks.add(name);
      } else for (const name of ['useradd', 'groupadd', 'usermod']) has.add(name);
      break;
    case 'scratch':
    case 'distroless':
      return {
        hasCommand: name => (has.has(name) ? true : family === 'scratch' || SHELL_TOOLS.has(name) ? false : undefined),
        lacksCommand: name => family === 'scratch' || (SHELL_TOOLS.has(name) && !has.has(name)),
      };
    default:
  }
  return {
    hasCommand: name => (has.has(name) ? true : lacks.has(name) ? false : undefined),
    lacksCommand: name => lacks.has(name),
  };
}

const SHELL_TOOLS = new Set([
  'sh',
  'bash',
  'ash',
  'apt-get',
  'apt',
  'apk',
  'yum',
  'dnf',
  'microdnf',
  'useradd',
  'groupadd',
  'adduser',
  'addgroup',
  'curl',
  'wget',
  'nc',
  'mkdir',
  'chmod',
  'chown',
  'rm',
  'cp',
  'mv',
  'ls',
  'cat',
  'echo',
  'sed',
  'grep',
  'find',
  'sleep',
]);

export function packageManagerOf(family: Family, name: string, tag: string): PackageManagerName | undefined {
  switch (family) {
    case 'debian':
    case 'ubuntu':
      return 'apt-get';
    case 'alpine':
    case 'chainguard':
      return 'apk';
    case 'suse':
      return 'zypper';
    case 'rhel':
      return /centos$/.test(name) && /^(?:centos)?[67]/.test(tag) ? 'yum' : 'dnf';
    case 'rhel-minimal':
      if (/amazonlinux$|corretto/.test(name)) return /^2(?:$|[.-]|01)/.test(tag) && !/^2023/.test(tag) ? 'yum' : 'dnf';
      if (/azurelinux|mariner|photon/.test(`${name} ${tag}`)) return 'tdnf';
      return 'microdnf';
    default:
      return undefined;
  }
}

export function shellOf(family: Family, name: string, tag: string): ImageInfo['shell'] {
  switch (family) {
    case 'debian':
    case 'ubuntu':
      return 'dash';
    case 'alpine':
    case 'busybox':
      return 'ash';
    case 'rhel':
    case 'rhel-minimal':
    case 'suse':
      return 'bash';
    case 'scratch':
      return 'none';
    case 'distroless':
      return /debug/.test(tag) ? 'ash' : 'none';
    case 'windows':
      return /powershell/.test(`${name}:${tag}`) ? 'powershell' : 'cmd';
    default:
      return 'unknown';
  }
}

const RUNTIMES: Readonly<Record<string, Runtime>> = {
  python: 'python',
  pypy: 'python',
  node: 'node',
  ruby: 'ruby',
  php: 'php',
  openjdk: 'java',
  'eclipse-temurin': 'java',
  amazoncorretto: 'java',
  maven: 'java',
  gradle: 'java',
  tomcat: 'java',
  sapmachine: 'java',
  golang: 'go',
  rust: 'rust',
  perl: 'perl',
};

export function runtimeOf(official: string | undefined, full: string): Runtime | undefined {
  if (official !== undefined) return RUNTIMES[official];
  if (/^mcr\.microsoft\.com\/dotnet\//.test(full)) return 'dotnet';
  if (/^mcr\.microsoft\.com\/openjdk\//.test(full)) return 'java';
  return undefined;
}

/** Images made for building: what they leave in a final image is not needed to run. */
export function isSdk(official: string | undefined, full: string, tag: string): boolean {
  if (official !== undefined) {
    if (/^(?:golang|rust|gcc|maven|gradle|haskell|swift|dart|clojure|buildpack-deps)$/.test(official))
      return !(official === 'swift' && /slim/.test(tag));
    return (
      /^(?:openjdk|eclipse-temurin|amazoncorretto|sapmachine)$/.test(official) &&
      !/jre/.test(tag) &&
      /jdk|^\d+$/.test(tag)
    );
  }
  return /^mcr\.microsoft\.com\/dotnet\/(?:core\/)?sdk$/.test(full);
}
