import type { PackageAction } from '../../facts/packages/in-run.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';

/** An option that switches a check off, with the word after it where that is its value. */
export interface Disabled {
  readonly words: readonly ShellWord[];
  readonly what: 'certificates' | 'signatures';
  readonly codes: readonly string[];
  /** A bundle of short options that holds it: what the bundle is without. */
  readonly rest?: string;
}

type Found = Disabled | undefined;

const certificates = (words: readonly ShellWord[], code?: string, rest?: string): Disabled => ({
  words,
  what: 'certificates',
  codes: code ? [code] : [],
  ...(rest === undefined ? {} : { rest }),
});
const signatures = (words: readonly ShellWord[], code?: string): Disabled => ({
  words,
  what: 'signatures',
  codes: code ? [code] : [],
});

const FALSE = /^(?:false|0|no|off)$/i;

/** Short options of curl that take the rest of their word, or the next word, as a value (curl --help all). */
const CURL_VALUES = 'AbcCdDeEFhHKmoPQrtTuUwxXyYz';

function curl(command: ShellCommand): Found {
  for (const [index, word] of command.args.entries()) {
    const { value } = word;
    if (!value.startsWith('-')) continue;
    const previous = command.args[index - 1]?.value ?? '';
    if (/^-[a-zA-Z]$/.test(previous) && CURL_VALUES.includes(previous.slice(1))) continue;
    if (value === '--insecure' || value === '--proxy-insecure' || value === '-k')
      return certificates([word], 'CKV2_DOCKER_2');
    if (!/^-[a-zA-Z#0-9]+$/.test(value)) continue;
    for (let at = 1; at < value.length && !CURL_VALUES.includes(value[at] ?? ''); at++) {
      if (value[at] === 'k')
        return certificates(
          [word],
          'CKV2_DOCKER_2',
          word.quoted ? undefined : value.slice(0, at) + value.slice(at + 1),
        );
    }
  }
  return undefined;
}

const flag = (command: ShellCommand, ...names: readonly string[]): ShellWord | undefined =>
  command.args.find(({ value }) => names.includes(value));

/** `-o Name=value` and `--setopt=name=value`. */
const option = (command: ShellCommand, pattern: RegExp): ShellWord | undefined =>
  command.args.find(({ value }) => pattern.test(value));

function python({ command, manager }: PackageAction): Found {
  if (manager !== 'pip' && manager !== 'uv') return undefined;
  // `pip config set global.trusted-host example.com`
  const key = command.args.findIndex(({ value }) => /\.trusted-host$/.test(value));
  if (key > 0 && command.args[key - 1]?.value === 'set') return certificates(command.args.slice(key, key + 2));
  const word = command.args.find(({ value }) => /^--(?:trusted-host|allow-insecure-host)(?:=|$)/.test(value));
  if (!word) return undefined;
  const next = command.args[command.args.indexOf(word) + 1];
  return certificates(word.value.includes('=') || !next ? [word] : [word, next], 'CKV2_DOCKER_4');
}

function packages(action: PackageAction): Found {
  const { command, manager } = action;
  switch (manager) {
    case 'apt-get':
    case 'apt': {
      const word = flag(
        command,
        '--allow-unauthenticated',
        '--force-yes',
        '--allow-insecure-repositories',
        '--no-gpg-check',
      );
      if (word) return signatures([word], word.value === '--force-yes' ? 'CKV2_DOCKER_11' : 'CKV2_DOCKER_8');
      if (!command.args.some(({ value }) => value.includes('='))) return undefined;
      const setting = option(command, /AllowUnauthenticated=(?:true|1|yes)|AllowInsecureRepositories=(?:true|1|yes)/i);
      if (setting) return signatures([setting], 'CKV2_DOCKER_8');
      const peer = option(command, /Verify-(?:Peer|Host)=(?:false|0|no)/i);
      return peer ? certificates([peer]) : undefined;
    }
    case 'apk': {
      const word = flag(command, '--allow-untrusted');
      // A package that the file itself built or checked is signed by nobody.
      if (!word || (action.packages.length > 0 && action.packages.every(({ value }) => /^[./]|\.apk$/.test(value))))
        return undefined;
      return signatures([word], 'CKV2_DOCKER_7');
    }
    case 'yum':
    case 'dnf':
    case 'microdnf':
    case 'tdnf': {
      const word =
        flag(command, '--nogpgcheck', '--no-gpgchecks') ??
        option(command, /^(?:--setopt=)?(?:[^=]*\.)?gpgcheck=(?:0|false|no)$/i);
      if (word)
        return action.packages.length > 0 && action.packages.every(({ value }) => /^[./].*\.rpm$/.test(value))
          ? undefined
          : signatures([word], 'CKV2_DOCKER_9');
      const ssl = option(command, /^(?:--setopt=)?(?:\S*\.)?sslverify=(?:0|false|no)$/i);
      return ssl ? certificates([ssl], 'CKV2_DOCKER_15') : undefined;
    }
    case 'zypper': {
      const isRepository = /^(?:ar|addrepo|mr|modifyrepo)$/.test(action.verb.value);
      const word =
        flag(command, '--no-gpg-checks', '--no-gpgcheck', '--allow-unsigned-rpm') ??
        (isRepository ? flag(command, '-G', '--gpgcheck-allow-unsigned') : undefined);
      return word ? signatures([word]) : undefined;
    }
    case 'npm':
    case 'yarn':
    case 'pnpm': {
      const word = flag(command, '--strict-ssl=false', '--no-strict-ssl');
      if (word) return certificates([word], 'CKV2_DOCKER_13');
      const key = command.args.findIndex(({ value }) => value === 'strict-ssl');
      const value = command.args[key + 1];
      if (key >= 0 && value && FALSE.test(value.value)) return certificates(command.args, 'CKV2_DOCKER_13');
      const joined = option(command, /^strict-ssl=(?:false|0)$/);
      return joined ? certificates(command.args, 'CKV2_DOCKER_13') : undefined;
    }
    default:
      return python(action);
  }
}

/** `git config http.sslVerify false`, `conda config --set ssl_verify no`. */
function setting(command: ShellCommand, key: RegExp): Found {
  const index = command.args.findIndex(({ value }) => {
    const end = value.indexOf('=');
    return key.test(end < 0 ? value : value.slice(0, end));
  });
  const word = command.args[index];
  if (!word) return undefined;
  const joined = /=(.*)$/s.exec(word.value)?.[1];
  const value = joined ?? command.args[index + 1]?.value;
  return value !== undefined && FALSE.test(value)
    ? certificates(joined === undefined ? command.args.slice(index, index + 2) : [word])
    : undefined;
}

/** The first option of a command that switches the check of certificates or signatures off. */
export function disabledCheck(command: ShellCommand, action: PackageAction | undefined): Found {
  const found = switchedOff(command, action);
  // Nobody is between a container and itself.
  const isNear = found && command.args.some(({ value }) => /^https?:\/\/(?:localhost|127\.|\[::1\])/.test(value));
  return isNear ? undefined : found;
}

const insecureRegistry = (command: ShellCommand): Found => {
  const word = option(
    command,
    /^--(?:insecure-skip-tls-verify(?:=true)?|(?:src-|dest-)?tls-verify=false|insecure(?:=true)?)$/,
  );
  return word ? certificates([word]) : undefined;
};

const condaSetting = (command: ShellCommand): Found => setting(command, /^ssl_verify$/);

/** `echo insecure >> ~/.curlrc` */
const writtenToCurlrc = (command: ShellCommand): Found => {
  if (command.redirects.length === 0) return undefined;
  const isConfig = command.redirects.some(({ target }) => /(?:^|\/)\.?curlrc$/.test(target?.value ?? ''));
  const word = isConfig ? option(command, /^(?:insecure|-k|--insecure)(?:\\n)?$/) : undefined;
  return word ? certificates([word]) : undefined;
};

/** What programs that are no package managers can be told: others are passed over at once. */
const BY_PROGRAM: ReadonlyMap<string, (command: ShellCommand) => Found> = new Map([
  ['curl', curl],
  [
    'wget',
    command => {
      const word = flag(command, '--no-check-certificate');
      return word ? certificates([word], 'CKV2_DOCKER_3') : undefined;
    },
  ],
  [
    'rpm',
    command => {
      const word = flag(command, '--nosignature', '--nodigest', '--nogpg', '--noverify');
      return word && word.value !== '--noverify' ? signatures([word], 'CKV2_DOCKER_10') : undefined;
    },
  ],
  [
    'dpkg',
    command => {
      const word = flag(command, '--force-bad-verify');
      return word ? signatures([word]) : undefined;
    },
  ],
  ['git', command => setting(command, /^http\.(?:\S+\.)?sslverify$/i)],
  ['conda', condaSetting],
  ['mamba', condaSetting],
  ['micromamba', condaSetting],
  [
    'composer',
    command => {
      const key = command.args.findIndex(({ value }) => value === 'disable-tls' || value === 'secure-http');
      const words = command.args.slice(key, key + 2);
      const off = words[0]?.value === 'disable-tls' ? words[1]?.value === 'true' : words[1]?.value === 'false';
      return key >= 0 && off ? certificates(words) : undefined;
    },
  ],
  [
    'aria2c',
    command => {
      const word = option(command, /^--check-certificate=false$/);
      return word ? certificates([word]) : undefined;
    },
  ],
  ['echo', writtenToCurlrc],
  ['printf', writtenToCurlrc],
  ['helm', insecureRegistry],
  ['kubectl', insecureRegistry],
  ['oc', insecureRegistry],
  ['skopeo', insecureRegistry],
  ['podman', insecureRegistry],
  ['buildah', insecureRegistry],
  ['crane', insecureRegistry],
  ['oras', insecureRegistry],
  [
    'go',
    command => {
      const word = flag(command, '-insecure');
      return word ? certificates([word]) : undefined;
    },
  ],
] satisfies readonly (readonly [string, (command: ShellCommand) => Found])[]);

function switchedOff(command: ShellCommand, action: PackageAction | undefined): Found {
  const check = BY_PROGRAM.get(command.base);
  if (check) return check(command);
  return action ? packages(action) : undefined;
}

/** Variables that switch a check off: what value does so, and the code. */
const VARIABLES: ReadonlyMap<string, readonly [value: RegExp, code: string | undefined]> = new Map(
  Object.entries({
    NODE_TLS_REJECT_UNAUTHORIZED: [/^0$/, 'CKV2_DOCKER_6'],
    PYTHONHTTPSVERIFY: [/^0$/, 'CKV2_DOCKER_5'],
    GIT_SSL_NO_VERIFY: [/^(?:1|true|yes|on)$/i, 'CKV2_DOCKER_14'],
    NPM_CONFIG_STRICT_SSL: [/^(?:false|0)$/i, 'CKV2_DOCKER_12'],
    npm_config_strict_ssl: [/^(?:false|0)$/i, 'CKV2_DOCKER_12'],
    PIP_TRUSTED_HOST: [/\S/, 'CKV2_DOCKER_16'],
    YARN_STRICT_SSL: [/^(?:false|0)$/i, undefined],
    CONDA_SSL_VERIFY: [/^(?:false|0|no)$/i, undefined],
    GOINSECURE: [/\S/, undefined],
    UV_INSECURE_HOST: [/\S/, undefined],
    BUNDLE_SSL_VERIFY_MODE: [/^0$/, undefined],
    CONSUL_HTTP_SSL_VERIFY: [/^(?:false|0|no)$/i, undefined],
    // Python's requests takes an empty path for no check.
    CURL_CA_BUNDLE: [/^$/, undefined],
    REQUESTS_CA_BUNDLE: [/^$/, undefined],
  } satisfies Readonly<Record<string, readonly [value: RegExp, code: string | undefined]>>),
);

/** Whether a variable can switch the check of certificates off, whatever its value. */
export const decidesChecks = (name: string): boolean => VARIABLES.has(name);

/** The codes for a variable that switches the check of certificates off with this value. */
export function disablesChecks(name: string, value: string): readonly string[] | undefined {
  const row = VARIABLES.get(name);
  if (!row?.[0].test(value)) return undefined;
  return row[1] === undefined ? [] : [row[1]];
}
