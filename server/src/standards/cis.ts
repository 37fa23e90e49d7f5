/**
 * The recommendations of the CIS Docker Benchmark (1.6, sections 4 and 5) that files can tell about, in our words. What only
 * a running host shows, such as the files of the daemon, is not among them.
 */
export const CIS_SECTIONS = {
  '4.1': 'Containers run as another user than root',
  '4.2': 'Images come from registries that are trusted',
  '4.3': 'Images have no packages that are not needed',
  '4.4': 'Images get fixes',
  '4.6': 'Images have a health check',
  '4.7': 'Package lists are updated together with what is installed',
  '4.8': 'Programs that raise rights are left out',
  '4.9': 'COPY is used instead of ADD',
  '4.10': 'Secrets are not in the files',
  '4.11': 'What is installed is verified',
  '5.2': 'AppArmor is on',
  '5.3': 'SELinux is on',
  '5.4': 'Capabilities are dropped',
  '5.5': 'No container is privileged',
  '5.6': 'Folders of the host’s system are not mounted',
  '5.7': 'Containers are not controlled from outside',
  '5.8': 'Ports below 1024 are not published without need',
  '5.10': 'The network of the host is not shared',
  '5.11': 'Memory is limited',
  '5.12': 'Processors are limited',
  '5.13': 'The image is read-only',
  '5.14': 'Ports are published on one address',
  '5.15': 'Restarts are limited',
  '5.16': 'The processes of the host are not shared',
  '5.17': 'The memory of the host’s programs is not shared',
  '5.18': 'Devices of the host are not handed over',
  '5.20': 'Mounts do not appear on the host',
  '5.21': 'The name of the host is not shared',
  '5.22': 'seccomp is on',
  '5.25': 'The control group is Docker’s own',
  '5.26': 'Programs cannot gain rights',
  '5.27': 'Health is checked at run time',
  '5.28': 'Images are the ones that were meant',
  '5.29': 'Processes are limited',
  '5.30': 'Services are in networks of their own',
  '5.31': 'Users are mapped',
  '5.32': 'The socket of Docker is not mounted',
} as const satisfies Readonly<Record<string, string>>;

export type CisSection = keyof typeof CIS_SECTIONS;

/** The rules about Dockerfiles that a recommendation is about; those about Compose files have it among their codes. */
const DOCKERFILE_RULES: Readonly<Record<string, CisSection>> = {
  'final-stage-runs-as-root': '4.1',
  'untrusted-registry': '4.2',
  'interactive-tools-in-final-image': '4.3',
  'build-tools-in-final-image': '4.3',
  'apt-get-install-recommends': '4.3',
  'end-of-life-image': '4.4',
  'missing-healthcheck': '4.6',
  'update-without-install': '4.7',
  'setuid-bit': '4.8',
  'sudo-in-run': '4.8',
  'add-instead-of-copy': '4.9',
  'secret-in-variable': '4.10',
  'secret-in-text': '4.10',
  'copy-secret-file': '4.10',
  'password-in-command': '4.10',
  'verification-disabled': '4.11',
  'remote-add-without-checksum': '4.11',
  'pipe-to-shell': '4.11',
  'latest-tag': '5.28',
  'untagged-image': '5.28',
};

const isSection = (text: string): text is CisSection => Object.hasOwn(CIS_SECTIONS, text);

/** The recommendations that a finding is about. */
export function cisSectionsOf(rule: string, codes: readonly string[]): readonly CisSection[] {
  const own = codes.flatMap(code => (code.startsWith('CIS-') ? [code.slice('CIS-'.length)] : [])).filter(isSection);
  const known = DOCKERFILE_RULES[rule];
  return own.length > 0 || known === undefined ? own : [known];
}

/** The rules that a recommendation named like `CIS-4.9` is about, beside those that have it among their codes. */
export function rulesOfCis(name: string): readonly string[] {
  const section = /^cis-([\d.]+)$/i.exec(name.trim())?.[1];
  return Object.entries(DOCKERFILE_RULES).flatMap(([rule, known]) => (known === section ? [rule] : []));
}
