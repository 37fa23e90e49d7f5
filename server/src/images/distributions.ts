import type { Identity } from './identity.js';
import type { Family, PackageManagerName, ShellName } from './types.js';

interface Distribution {
  readonly shell: ShellName;
  readonly packageManager: PackageManagerName | undefined;
  /** In every image of the family. */
  readonly has: readonly string[];
  /** In no image of the family that adds nothing to the distribution's own base image. */
  readonly lacks: readonly string[];
}

const ACCOUNTS = ['useradd', 'groupadd', 'usermod', 'groupmod', 'userdel', 'groupdel'] as const;
const DEBIAN_TOOLS = ['apt-get', 'apt', 'aptitude', 'apt-key', 'apt-cache', 'add-apt-repository', 'dpkg'] as const;
const RHEL_TOOLS = ['yum', 'dnf', 'microdnf', 'tdnf', 'rpm'] as const;
const RUNTIMES = [
  ...[
    'python',
    'python3',
    'pip',
    'pip3',
    'node',
    'npm',
    'npx',
    'yarn',
    'corepack',
    'pnpm',
    'ruby',
    'gem',
    'bundle',
    'php',
  ],
  ...['composer', 'java', 'javac', 'go', 'cargo', 'rustc', 'dotnet'],
] as const;
const EXTRAS = ['sudo', 'git', 'gcc', 'g++', 'make', 'jq', 'gosu', 'supervisord', 'docker'] as const;

/**
 * Read off the base images: the alpine and busybox applet lists, Debian's essential and required packages
 * (minbase), Ubuntu's minimal root file system, UBI's package lists. A command is listed as missing only when it is
 * missing in all supported releases.
 */
const DISTRIBUTIONS = {
  scratch: { shell: 'none', packageManager: undefined, has: [], lacks: [] },
  distroless: { shell: 'none', packageManager: undefined, has: [], lacks: [] },
  // Shells and tools depend on the image and on `-dev`: see describe.ts.
  chainguard: { shell: 'unknown', packageManager: undefined, has: [], lacks: [...DEBIAN_TOOLS, ...RHEL_TOOLS] },
  windows: { shell: 'cmd', packageManager: undefined, has: [], lacks: [...DEBIAN_TOOLS, ...RHEL_TOOLS, 'apk'] },
  busybox: {
    shell: 'ash',
    packageManager: undefined,
    has: ['sh', 'wget', 'nc', 'addgroup', 'adduser', 'tar', 'unzip', 'ps', 'vi'],
    lacks: [...DEBIAN_TOOLS, ...RHEL_TOOLS, ...ACCOUNTS, ...RUNTIMES, ...EXTRAS, 'apk', 'bash', 'curl', 'zypper'],
  },
  alpine: {
    shell: 'ash',
    packageManager: 'apk',
    has: ['sh', 'ash', 'apk', 'wget', 'nc', 'addgroup', 'adduser', 'tar', 'gzip', 'unzip', 'ps', 'vi', 'ping'],
    lacks: [...DEBIAN_TOOLS, ...RHEL_TOOLS, ...ACCOUNTS, ...RUNTIMES, ...EXTRAS, 'bash', 'curl', 'zypper', 'perl'],
  },
  rhel: {
    shell: 'bash',
    packageManager: 'dnf',
    has: ['sh', 'bash', 'rpm', 'curl', 'useradd', 'groupadd', 'usermod', 'groupmod'],
    lacks: [...DEBIAN_TOOLS, 'apk', 'zypper'],
  },
  'rhel-minimal': {
    shell: 'bash',
    packageManager: 'microdnf',
    has: ['sh', 'bash'],
    lacks: [...DEBIAN_TOOLS, ...ACCOUNTS, 'apk', 'zypper', 'adduser', 'addgroup'],
  },
  suse: {
    shell: 'bash',
    packageManager: 'zypper',
    has: ['sh', 'bash', 'rpm'],
    lacks: [...DEBIAN_TOOLS.filter(name => name !== 'apt'), 'apk', 'dnf', 'yum', 'microdnf', 'tdnf'],
  },
  debian: {
    shell: 'dash',
    packageManager: 'apt-get',
    has: ['sh', 'bash', 'dash', 'apt-get', 'apt', 'apt-cache', 'dpkg', 'perl', 'tar', 'gzip', ...ACCOUNTS],
    lacks: [
      ...[...RHEL_TOOLS, ...RUNTIMES, ...EXTRAS, 'apk', 'zypper', 'curl', 'wget', 'unzip', 'nc', 'ping', 'ps', 'vim'],
      ...['ssh', 'add-apt-repository', 'aptitude', 'lsb_release', 'netstat', 'ifconfig', 'telnet'],
    ],
  },
  ubuntu: {
    shell: 'dash',
    packageManager: 'apt-get',
    has: ['sh', 'bash', 'dash', 'apt-get', 'apt', 'apt-cache', 'dpkg', 'perl', 'tar', 'gzip', ...ACCOUNTS],
    lacks: [
      ...[...RHEL_TOOLS, ...RUNTIMES, ...EXTRAS, 'apk', 'zypper', 'curl', 'wget', 'unzip', 'nc', 'ping', 'vim'],
      ...['ssh', 'add-apt-repository', 'aptitude', 'lsb_release', 'netstat', 'ifconfig', 'telnet'],
    ],
  },
  unknown: { shell: 'unknown', packageManager: undefined, has: [], lacks: [] },
} as const satisfies Record<Family, Distribution>;

export const distribution = (family: Family): Distribution => DISTRIBUTIONS[family];

/** The number a tag starts with: 8.5 for `8.5-ubi`; undefined for words and variables. */
export function versionOf(tag: string): number | undefined {
  const match = /^v?(\d+(?:\.\d+)?)(?=[.\-_]|$)/.exec(tag);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

const majorOf = (tag: string): number | undefined => {
  const version = versionOf(tag);
  return version === undefined ? undefined : Math.floor(version);
};

/** Which of the RPM front ends is there: it changed with the releases. */
export function rpmManager(id: Identity, family: Family): PackageManagerName {
  const { name, tag } = id;
  const major = majorOf(tag);
  if (/azurelinux|cbl-mariner|photon/.test(id.path) || /azurelinux|cbl-mariner/.test(tag)) return 'tdnf';
  // Amazon Linux 2 has yum only; 2023 has dnf and keeps yum as another name for it.
  if (name === 'amazonlinux') return major === 1 || major === 2 || major === 2018 || id.openTag ? 'yum' : 'dnf';
  if (/amazonlinux|corretto/.test(`${name} ${tag}`)) return 'yum';
  if (/al2023/.test(tag)) return 'dnf';
  if (family === 'rhel-minimal') return 'microdnf';
  if (name === 'centos') return major === undefined ? (/stream/.test(tag) ? 'dnf' : 'yum') : major <= 7 ? 'yum' : 'dnf';
  if (name === 'fedora') return 'dnf';
  if (/^(?:rhel|ubi)7$/.test(name) || /ol7/.test(tag)) return 'yum';
  return major !== undefined && major <= 7 ? 'yum' : 'dnf';
}

const OLD = /(?:^|[^a-z])(?:wheezy|jessie|stretch|precise|trusty)(?:[^a-z]|$)/;
/** In each release of a family, however old. */
const NEVER = new Set<string>([...RHEL_TOOLS, 'apk', 'zypper']);

/**
 * Of the small images for RPMs these have no shadow-utils (MariaDB/mariadb-docker, jetty/jetty.docker install it). Oracle
 * Linux's has it (docker-library/mysql, Dockerfile.oracle); of others it is not known.
 */
const WITHOUT_SHADOW = /(?:^|\/)ubi\d*-(?:minimal|micro)$|^(?:.*\/)?amazonlinux$/;
const SHADOW = new Set<string>([...ACCOUNTS, 'adduser', 'addgroup']);

/**
 * Whether an image may have what its family lacks: base systems of Debian and Ubuntu had more programs once (sudo, ping and
 * Python 3 in Ubuntu 14.04, for one).
 */
export function maybeHas(family: Family, id: Identity, name: string): boolean {
  if (NEVER.has(name)) return false;
  if (family === 'rhel-minimal' && SHADOW.has(name)) return !WITHOUT_SHADOW.test(id.path);
  if (OLD.test(id.tag)) return true;
  const version = versionOf(id.tag);
  if (version === undefined) return false;
  return (id.official === 'debian' && version < 10) || (id.official === 'ubuntu' && version < 16);
}

/** Debian 13 no longer has adduser in its base system (apt stopped depending on it). */
const WITHOUT_ADDUSER = /(?:^|[^a-z])(?:trixie|forky|sid)(?:[^a-z]|$)/;

export function lacksAdduser(id: Identity): boolean {
  if (WITHOUT_ADDUSER.test(id.tag)) return true;
  if (id.official === 'debian') {
    const major = majorOf(id.tag);
    return major === undefined ? /^(?:latest|stable|testing|unstable|)(?:-slim)?$/.test(id.tag) : major >= 13;
  }
  // docker-library/python: undecorated tags moved to Debian 13 for 3.9 and later; a tag with a patch number may be older.
  if (id.official === 'python') {
    return /^(?:3(?:\.(?:9|[1-9]\d))?-)?slim$/.test(id.tag);
  }
  return false;
}
