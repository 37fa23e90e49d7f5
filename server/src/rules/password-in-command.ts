import type { ShellCommand, ShellScript, ShellWord } from '../shell/index.js';
import type { Span } from '../text/span.js';
import { defineRule } from './rule.js';
import { storedLogin } from './secrets/stored-logins.js';
import { isPlaceholder } from './secrets/values.js';

/** Options that hold a password, by program; those with `=` and those followed by it. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  docker: /^(?:-p|--password)$/,
  podman: /^(?:-p|--password)$/,
  buildah: /^(?:-p|--password)$/,
  skopeo: /^(?:-p|--password|--creds|--dest-creds|--src-creds)$/,
  crane: /^(?:-p|--password)$/,
  helm: /^--password$/,
  wget: /^--(?:http-|ftp-|proxy-)?password$/,
  sshpass: /^-p$/,
  svn: /^--password$/,
  twine: /^(?:-p|--password)$/,
  useradd: /^(?:-p|--password)$/,
  usermod: /^(?:-p|--password)$/,
  keytool: /^-(?:src|dest)?(?:store|key)pass$/,
};
/** Options that have the password in the same word; without it they ask for it. */
const JOINED: Readonly<Record<string, RegExp>> = {
  mysql: /^(?:-p|--password=)(.+)$/,
  mysqladmin: /^(?:-p|--password=)(.+)$/,
  mysqldump: /^(?:-p|--password=)(.+)$/,
  mariadb: /^(?:-p|--password=)(.+)$/,
  'mariadb-admin': /^(?:-p|--password=)(.+)$/,
  openssl: /^pass:(.+)$/,
};
/** Programs whose own arguments tell; the others are passed over at once. */
const TELLING = new Set([
  ...Object.keys(OPTIONS),
  ...Object.keys(JOINED),
  'curl',
  'wget',
  'chpasswd',
  'passwd',
  'echo',
  'printf',
]);
const LOGIN_ONLY = /^(?:docker|podman|buildah|skopeo|crane|helm)$/;

/** Files that hold a login; what is written there in one RUN stays in its layer. */
const LOGIN_FILE =
  /(?:^|\/)(?:\.npmrc|\.netrc|\.pypirc|\.git-credentials|\.docker\/config\.json|\.aws\/credentials|\.my\.cnf|\.pgpass)$/;
const LOGIN_TEXT = /_auth|password|token|secret|\bmachine\b.*\blogin\b|https?:\/\/[^\s/@]+@/i;

const isSecret = (word: ShellWord | undefined): word is ShellWord =>
  word?.literal === true && word.value.length > 0 && !isPlaceholder(word.value);

function joinedWord({ base, args }: ShellCommand): ShellWord | undefined {
  const pattern = Object.hasOwn(JOINED, base) ? JOINED[base] : undefined;
  return args.find(word => {
    const password = pattern?.exec(word.value)?.[1];
    return password !== undefined && word.literal && !isPlaceholder(password);
  });
}

/** A hash is not a password, and `*` or `!` lock the account. */
const isHash = (value: string): boolean => /^[$*!]/.test(value);

function passwordWord(command: ShellCommand): { readonly span: Span } | undefined {
  const pattern = Object.hasOwn(OPTIONS, command.base) ? OPTIONS[command.base] : undefined;
  if (!pattern) return undefined;
  if (LOGIN_ONLY.test(command.base) && !command.args.some(({ value }) => value === 'login' || value === 'copy'))
    return undefined;
  for (const [index, word] of command.args.entries()) {
    const equals = word.value.indexOf('=');
    if (equals > 0 && pattern.test(word.value.slice(0, equals))) {
      const value = word.value.slice(equals + 1);
      return word.literal && value !== '' && !isPlaceholder(value) ? word : undefined;
    }
    if (!pattern.test(word.value)) continue;
    const next = command.args[index + 1];
    // `useradd -p ''` and `-p '*'` give no password at all.
    return isSecret(next) && next.value.length > 1 && !isHash(next.value)
      ? { span: { start: word.span.start, end: next.span.end } }
      : undefined;
  }
  return undefined;
}

/** `curl -u user:password`. */
function curlUser(command: ShellCommand): ShellWord | undefined {
  if (command.base !== 'curl') return undefined;
  return command.args.find((word, index) => {
    if (!word.value.includes(':')) return false;
    const previous = command.args[index - 1]?.value ?? '';
    const joined = /^(?:-[uU]|--(?:proxy-)?user=)(.+)$/.exec(word.value)?.[1];
    const password = /^(?!anonymous:|ftp:)[^:]+:(.+)$/i.exec(joined ?? word.value)?.[1];
    return (
      (joined !== undefined || /^(?:-u|--user|--proxy-user|-U)$/.test(previous) || /^-[a-zA-Z]+u$/.test(previous)) &&
      word.literal &&
      password !== undefined &&
      !isPlaceholder(password)
    );
  });
}

/** Headers that log in: `Authorization: Bearer …`, `PRIVATE-TOKEN: …`. */
const HEADER =
  /^(?:(?:proxy-)?authorization:\s*(?:\w+\s+)?|(?:x-(?:api-key|auth-token|jfrog-art-api)|private-token|job-token|deploy-token|circle-token):\s*)(\S{8,})$/i;

function headerWord({ base, args }: ShellCommand): ShellWord | undefined {
  if (base !== 'curl' && base !== 'wget') return undefined;
  return args.find(word => {
    if (!word.value.includes(':')) return false;
    const secret = HEADER.exec(word.value.replace(/^--header=/, ''))?.[1];
    return secret !== undefined && word.literal && !isPlaceholder(secret);
  });
}

/** `echo root:secret | chpasswd`, `chpasswd <<< root:secret`, `echo secret | passwd --stdin root`. */
function accountPassword(script: ShellScript, command: ShellCommand): ShellWord | undefined {
  const { base, args } = command;
  if (base !== 'chpasswd' && base !== 'passwd') return undefined;
  const pattern = base === 'chpasswd' ? /^\w[\w.-]*:[^\s$*!]/ : /^[^-\s$]\S{2,}/;
  // What is encrypted is not a password.
  if (args.some(({ value }) => /^(?:-e|--encrypted)$/.test(value))) return undefined;
  const here = command.redirects.find(({ operator }) => operator === '<<<')?.target;
  if (here) return here.literal && pattern.test(here.value) ? here : undefined;
  const source = script.commands.find(
    other =>
      command.item !== undefined && other.item === command.item && (other.base === 'echo' || other.base === 'printf'),
  );
  return source?.args.find(word => word.literal && pattern.test(word.value));
}

/** `echo "…_authToken=$TOKEN" > .npmrc` without taking the file away in the same RUN. */
function writtenLogin(script: ShellScript, command: ShellCommand): ShellWord | undefined {
  if (command.base !== 'echo' && command.base !== 'printf') return undefined;
  const target = command.redirects.find(
    ({ operator, target: file }) =>
      (operator === '>' || operator === '>>') && file !== undefined && LOGIN_FILE.test(file.value),
  )?.target;
  const word = command.args.find(one => LOGIN_TEXT.test(one.value));
  if (!target || !word) return undefined;
  const name = target.value.slice(target.value.lastIndexOf('/') + 1);
  // npm reads `${NPM_TOKEN}` in single quotes itself, when it runs: no secret is written.
  if (/^'/.test(word.text) && /\$\{\w+\}/.test(word.value)) return undefined;
  const removed = script.commands.some(
    other =>
      /^(?:rm|shred|unlink)$/.test(other.base) &&
      other.span.start > command.span.start &&
      other.args.some(({ value }) => value.endsWith(name)),
  );
  return removed ? undefined : word;
}

export default defineRule({
  id: 'password-in-command',
  codes: ['CKV2_DOCKER_17'],
  summary: 'A password appears in a command, or a login is written into the image.',
  rationale:
    'The text of every RUN is in the image’s history, and a file written by one RUN stays in its layer even when a later one deletes it. Mount the secret where it is needed: `RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci`, or read it from standard input (`docker login --password-stdin`).',
  category: 'security',
  practice: 'secrets',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/'],
  examples: {
    bad: [
      { code: 'FROM docker:28\nRUN docker login -u ci «-p s3cr3t77» registry.example.com\n' },
      { code: 'FROM debian:12\nRUN echo «"root:hunter22"» | chpasswd\n' },
      {
        code: 'FROM node:24\nARG NPM_TOKEN\nRUN echo «"//registry.npmjs.org/:_authToken=$NPM_TOKEN"» > .npmrc && npm ci\n',
      },
      { code: 'FROM debian:12\nRUN curl -fu «ci:s3cr3t77» -O https://example.com/a\n' },
      { code: 'FROM debian:12\nRUN curl -H «"Authorization: Bearer 9f8e7d6c5b4a"» https://example.com/a\n' },
      {
        code: 'FROM golang:1.25\nARG TOKEN\nRUN git config --global «url."https://x:${TOKEN}@git.example.com/".insteadOf» https://git.example.com/ && go build\n',
        why: 'git keeps it in ~/.gitconfig.',
      },
    ],
    good: [
      {
        code: 'FROM docker:28\nRUN --mount=type=secret,id=pw docker login -u ci --password-stdin registry.example.com < /run/secrets/pw\n',
        why: 'The password is read from a mount.',
      },
      {
        code: 'FROM node:24\nRUN echo "//registry.npmjs.org/:_authToken=$NPM_TOKEN" > .npmrc && npm ci && rm .npmrc\n',
        why: 'The same layer removes the file.',
      },
      {
        code: "FROM debian:12\nRUN useradd -p '$6$salt$hash' app && echo 'web:*' | chpasswd -e\n",
        why: 'A hash is not a password.',
      },
      {
        code: 'FROM debian:12\nRUN curl -u anonymous:guest@example.com -O ftp://example.com/a\n',
        why: 'Everybody may log in that way.',
      },
      {
        code: 'FROM mysql:8\nRUN mysql --password mydb < a.sql\n',
        why: 'Without = the option asks for a password.',
      },
      {
        code: 'FROM debian:12\nRUN mkdir -p /srv/a && cp -p /etc/hosts /srv/a\n',
        why: 'Elsewhere -p is not a password.',
      },
    ],
  },
  instruction: { keywords: ['RUN'] },
  check({ facts, onbuild, report }) {
    const { script } = facts;
    if (!script) return;
    for (const command of script.commands) {
      const isTelling = TELLING.has(command.base);
      const word = isTelling
        ? (passwordWord(command) ?? joinedWord(command) ?? curlUser(command) ?? headerWord(command))
        : undefined;
      if (word) {
        report({
          span: word.span,
          codes: [],
          message: 'This password stays in the image’s history. Pass it with `RUN --mount=type=secret`.',
        });
        continue;
      }
      const account = isTelling ? accountPassword(script, command) : undefined;
      if (account)
        report({
          span: account.span,
          message:
            'Anyone with the image can read this password. Lock the account, or set the password when the container starts.',
        });
      const login = (isTelling ? writtenLogin(script, command) : undefined) ?? storedLogin(script, command);
      if (login)
        report({
          span: login.span,
          codes: [],
          // The layers of a builder are not shipped, but they are cached.
          ...(onbuild || facts.stage.inFinalImage ? {} : { severity: 'info' as const }),
          message:
            'This login stays in the layer. Mount the file with `RUN --mount=type=secret` instead of writing it.',
        });
    }
  },
});
