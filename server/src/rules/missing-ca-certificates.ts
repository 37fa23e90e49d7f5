import type { Placed } from '../dockerfile/index.js';
import { insertAfter } from '../edits/words.js';
import { startsAtRoot } from '../facts/files/image-workdir.js';
import { type FileFacts, packageActionsOf, rootOf, type Stage } from '../facts/index.js';
import type { ShellCommand, ShellScript, ShellWord } from '../shell/index.js';
import { defineRule } from './rule.js';

/** Packages that bring no certificates along, tried with apt for Debian 11 to 13 and Ubuntu 22.04 and 24.04 (2026-12-01). */
const BRING_NONE =
  /^(?:curl|wget|git|gnupg2?|gpg|unzip|zip|xz-utils|bzip2|tar|gzip|build-essential|gcc|g\+\+|make|cmake|pkg-config|autoconf|automake|libtool|procps|jq|vim|nano|less|sudo)$/;
/** What may bring certificates, or a setting that does without them. */
const MAY_BRING =
  /certif|\bcerts?\b|\.pem\b|\.crt\b|openssl|insecure|no-check|sslVerify|SSL_|CURL_|curlrc|wgetrc|GIT_|proxy/i;

/** The downloads that need them, with what lets them do without. */
const DOWNLOADS: Readonly<Record<string, RegExp>> = {
  curl: /^(?:-\w*k\w*|--insecure|--cacert|--capath|-K|--config|-x|--proxy)/,
  wget: /^(?:--no-check-certificate|--ca-certificate|--ca-directory|--config)/,
  git: /^-c/,
};

export default defineRule({
  id: 'missing-ca-certificates',
  codes: [],
  summary: 'A download by HTTPS in an image that has no CA certificates.',
  rationale:
    'debian and ubuntu images come without CA certificates. curl, wget and git only recommend the package `ca-certificates`, so with `--no-install-recommends` it is not installed, and every HTTPS download ends with an error about the certificate.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\nRUN «curl -fsSLO https://example.com/app.tar.gz»\n',
        fixed:
          'FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates && rm -rf /var/lib/apt/lists/*\nRUN curl -fsSLO https://example.com/app.tar.gz\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl\nRUN curl -fsSLO https://example.com/app.tar.gz\n',
        why: 'They are installed.',
      },
      {
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl\nRUN curl -fsSLO https://example.com/app.tar.gz\n',
        why: 'What curl recommends is installed, too.',
      },
      {
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl software-properties-common\nRUN curl -fsSLO https://example.com/app.tar.gz\n',
        why: 'Another package may need them.',
      },
      {
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl\nRUN curl -fsSLO https://example.com/app.tar.gz || true\n',
        why: 'The RUN goes on without it.',
      },
    ],
  },
  reading: 'own',
  // What it installs may be in the stage that this one is FROM.
  stage: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      if (!isPlainBase(stage)) continue;
      const found = firstDownload(facts, stage);
      if (!found) continue;
      const { placed, command, installs } = found;
      const last = installs.packages.at(-1);
      report(placed, {
        span: command.span,
        message: `${command.base} cannot check a certificate: this image has no CA certificates, and --no-install-recommends leaves them out. Install ca-certificates as well.`,
        fixes:
          last && installs.command.editable
            ? [
                {
                  title: 'Install ca-certificates',
                  safety: 'review',
                  edits: [{ ...insertAfter(last, 'ca-certificates'), at: installs.placed }],
                  effect: { arguments: true },
                },
              ]
            : [],
      });
    }
  },
});

/** Debian’s or Ubuntu’s own image, which has no certificates. */
function isPlainBase(stage: Stage): boolean {
  const { base } = rootOf(stage);
  return (
    base.kind === 'image' &&
    base.certainty === 'known' &&
    startsAtRoot(stage) &&
    /^(?:library\/)?(?:debian|ubuntu)$/.test(base.reference.path)
  );
}

interface Install {
  readonly placed: Placed;
  readonly command: ShellCommand;
  readonly packages: readonly ShellWord[];
}

interface Download {
  readonly placed: Placed;
  readonly command: ShellCommand;
  /** What installed the program. */
  readonly installs: Install;
}

/** Commands that bring no certificates; after any other one, nothing is certain. */
const HARMLESS =
  /^(?:rm|mkdir|echo|printf|cd|set|export|cp|ln|chmod|chown|useradd|groupadd|adduser|addgroup|usermod|locale-gen|sed|test|\[|true|ldconfig|touch|uname|dpkg|which|command|sleep|cat|ls|date)$/;

/** The first download of a stage that cannot work; undefined where something before it may have brought certificates. */
function firstDownload(facts: FileFacts, stage: Stage): Download | undefined {
  const installed: Install[] = [];
  for (const placed of facts.lineage(stage)) {
    const { keyword, text } = placed.instruction;
    if (/^(?:RUN|COPY|ADD|ENV|ARG)$/.test(keyword) && MAY_BRING.test(text)) return undefined;
    if ((keyword === 'COPY' || keyword === 'ADD') && goesToSystem(text)) return undefined;
    if (keyword !== 'RUN') continue;
    const { script } = facts.at(placed);
    if (!script || script.errors.length > 0 || placed.instruction.flags.length > 0) return undefined;
    for (const command of script.commands) {
      const action = packageActionsOf(command);
      if (action && /^apt(?:-get)?$/.test(action.manager)) {
        if (action.kind !== 'install') continue;
        const isSure = !action.uncertain && command.args.some(({ value }) => value === '--no-install-recommends');
        if (!isSure || !action.packages.every(({ value }) => BRING_NONE.test(value.replace(/=.*/, ''))))
          return undefined;
        installed.push({ placed, command, packages: action.packages });
      } else if (Object.hasOwn(DOWNLOADS, command.base)) {
        const installs = installed.find(({ packages }) =>
          packages.some(({ value }) => value.replace(/=.*/, '') === command.base),
        );
        if (!installs || !needsCertificates(command, script)) return undefined;
        return stage.instructions.includes(placed) ? { placed, command, installs } : undefined;
      } else if (!HARMLESS.test(command.base)) return undefined;
    }
  }
  return undefined;
}

const goesToSystem = (text: string): boolean => /\s"?(?:\/|\/(?:etc|usr)(?:\/\S*)?)"?\]?\s*$/.test(text);

/** Whether it downloads by HTTPS, and the RUN ends where that fails. */
function needsCertificates({ base, args, top, item, via }: ShellCommand, { list }: ShellScript): boolean {
  if (!top || !item || via !== undefined || item.negated || args.some(({ value }) => DOWNLOADS[base]?.test(value)))
    return false;
  if (base === 'git' && args[0]?.value !== 'clone') return false;
  const next = list.items[list.items.indexOf(item) + 1];
  return next?.operator !== '||' && item.operator !== '||' && args.some(({ value }) => value.startsWith('https://'));
}
