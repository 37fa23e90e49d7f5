import { type Instruction, lex, type Pair, type Placed, perInstruction } from '../dockerfile/index.js';
import { insertAfter } from '../edits/words.js';
import { isFrontendBefore } from '../facts/frontend.js';
import type { FileFacts } from '../facts/index.js';
import { defineRule, type Reading, type Report, type RuleFix, type Severity } from './rule.js';
import { isStrongName, isSuspectName } from './secrets/names.js';
import { isPlaceholder, looksChosen } from './secrets/values.js';

/** BuildKit's two patterns (dockerfile2llb, validations): a word of the name, between underscores. */
const BUILDKIT_DENY = /(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)/i;
const BUILDKIT_ALLOW = /(?:_|^)(?:public|file|version)(?:_|$)/i;

/** hadolint 2.15 looks for these pieces anywhere in a name, and for some names that have none of them. */
const HADOLINT_PIECE = /api_key|client_key|password|private|secret|token|username/i;
const HADOLINT_NAMES = new Set([
  'APPLICATION_KEY',
  'AWS_ACCESS_KEY_ID',
  'CI_DEPLOY_USER',
  'DOCKER_EMAIL',
  'FACEBOOK_APP_ID',
  'HEROKU_API_USER',
  'OKTA_AUTHN_GROUPID',
  'OKTA_CLIENT_ORGURL',
  'OKTA_OAUTH2_CLIENTID',
  'STRIPE_DEVICE_NAME',
  'TRAVIS_OS_NAME',
  'TRAVIS_SECURE_ENV_VARS',
  'TRAVIS_SUDO',
]);

/** In lower case. */
const NOT_SECRET_VALUE =
  /^(?:true|false|yes|no|on|off|enabled?|disabled?|auto|basic|bearer|digest|jwt|oauth2?|ldap|none|plain|trust|md5|scram-sha-256|sha\d+|[\d.]+|[./~][\w./~:-]*|[a-z]:\\.*|[a-z][a-z0-9+.-]*:\/\/[^@\s]*|[\w.-]+\.(?:json|ya?ml|pem|key|crt|cer|p12|jks|txt|conf|ini|env|asc|gpg|pub))$/;
/** `**None**`, `<unset>`: there is no default, and the container says so when it starts. */
const NOT_SET = /^\W*(?:none|null|nil|undefined|unset|not[-_ ]?set|empty|missing|required)\W*$/i;
/** The fingerprint of an OpenPGP key, as gpg prints it: it is there for everybody to read. */
const FINGERPRINT = /^(?:0x)?[0-9A-F]{40}$/;
const USES_VARIABLE = /\$(?:\{|\w)/;

interface Verdict {
  readonly severity: Severity;
  readonly minor?: boolean;
  readonly message: string;
}

const NONE: readonly Report[] = [];

/** The pairs whose name may be that of a secret. */
const suspectsIn = perInstruction(({ pairs }): readonly Pair[] => pairs.filter(({ key }) => isSuspectName(key)));

/** Of one of the suspects. */
function ownVerdict(facts: FileFacts, placed: Placed, instruction: Instruction, pair: Pair): Verdict | undefined {
  const name = pair.key;
  const strong = isStrongName(name);
  const value = valueOf(instruction, pair);
  if (instruction.keyword === 'ARG') {
    if (!strong) return undefined;
    if (value === undefined || value === '') {
      return {
        severity: 'info',
        message: isKeptByEnv(facts, placed, name)
          ? `An ENV below stores the value of ${name} in the image, where anyone can read it. Set it when the container starts.`
          : `The value of ${name} is visible in the image’s history. Pass it with \`RUN --mount=type=secret\`.`,
      };
    }
  } else if (value === undefined || value === '') return undefined;
  if (USES_VARIABLE.test(value)) {
    if (!isPromoted(facts, placed, value)) return undefined;
    // The ENV of a builder ends with it; what the build was given is kept with the build all the same.
    return facts.roleOf(placed).inFinalImage
      ? {
          severity: 'warning',
          message: `ENV stores the build argument ${name} in the image, where anyone can read it. Use \`RUN --mount=type=secret\`, or set it when the container starts.`,
        }
      : {
          severity: 'info',
          message: `ENV passes the build argument ${name} to every command of this stage. Use \`RUN --mount=type=secret\` where it is needed.`,
        };
  }
  if (NOT_SECRET_VALUE.test(value.toLowerCase()) || FINGERPRINT.test(value) || /\s/.test(value.trim()))
    return undefined;
  if (!strong)
    return looksChosen(value) && !isPlaceholder(value)
      ? { severity: 'warning', message: stored(name, instruction) }
      : undefined;
  if (NOT_SET.test(value)) return undefined;
  // `ENV DB_PASSWORD=changeme` is not a leak, but a default that many containers will run with.
  if (isPlaceholder(value))
    return {
      severity: 'info',
      minor: true,
      message: `${name} has a default that anyone with the image can read. Remove it, and set it when the container starts.`,
    };
  return { severity: looksChosen(value) ? 'error' : 'warning', message: stored(name, instruction) };
}

const stored = (name: string, instruction: Instruction): string =>
  `${instruction.keyword} stores the value of ${name} in the image, where anyone can read it. Use \`RUN --mount=type=secret\`, or set it when the container starts.`;

/** Whether an ENV of the stage takes its value from an argument. */
const isKeptByEnv = (facts: FileFacts, placed: Placed, name: string): boolean =>
  facts
    .stageOf(placed)
    ?.instructions.some(
      ({ index, instruction: { keyword, pairs } }) =>
        index > placed.index &&
        keyword === 'ENV' &&
        pairs.some(({ value }) => value !== undefined && new RegExp(`\\$\\{?${name}\\b`).test(value)),
    ) === true;

function valueOf(instruction: Instruction, pair: Pair): string | undefined {
  return pair.value === undefined ? undefined : lex(pair.value, { escape: instruction.escape, keepUnset: true }).value;
}

/** Whether the value is, or may be, a secret that `--build-arg` gave: where the default is public, so is any other. */
function isPromoted(facts: FileFacts, placed: Placed, value: string): boolean {
  const names = [...value.matchAll(/\$\{?(\w+)/g)].map(match => match[1] ?? '');
  const { scope } = facts.stateBefore(placed);
  for (let at: typeof scope | undefined = scope; at; at = at.parent) {
    for (const name of names) {
      const found = at.own.get(name);
      if (found?.kind === 'argument' && !FINGERPRINT.test(found.value ?? '')) return true;
    }
  }
  return false;
}

/** `RUN --mount=type=secret,id=token,env=TOKEN` where a RUN of the stage uses the argument, instead of the ARG. */
function mountFix(facts: FileFacts, placed: Placed, pair: Pair): RuleFix[] {
  const { instruction } = placed;
  const stage = facts.stageOf(placed);
  if (!stage || instruction.keyword !== 'ARG' || instruction.pairs.length !== 1 || pair.value !== undefined) return [];
  const uses = new RegExp(`\\$(?:${pair.key}(?!\\w)|\\{${pair.key}[}:#%/?+-])`);
  const later = stage.instructions.filter(other => other.index > placed.index && uses.test(other.instruction.text));
  // A stage built on this one would miss the argument.
  const inHeir = facts
    .descendants(stage)
    .some(descendant => descendant.instructions.some(other => uses.test(other.instruction.text)));
  if (inHeir || isFrontendBefore(facts.dockerfile, 10)) return [];
  if (later.length === 0 || later.some(other => other.instruction.keyword !== 'RUN')) return [];
  const id = pair.key.toLowerCase();
  const edits = later.map(other => ({
    ...insertAfter({ span: other.instruction.keywordSpan }, `--mount=type=secret,id=${id},env=${pair.key}`),
    at: other,
  }));
  const { text } = facts.dockerfile;
  let end = placed.start + instruction.text.length;
  if (text[end] === '\r') end++;
  if (text[end] === '\n') end++;
  const before = text.lastIndexOf('\n', placed.start - 1) + 1;
  if (placed.leading.length > 0 || text.slice(before, placed.start).trim() !== '') return [];
  return [
    {
      title: `Mount the secret ${id} in the RUN that needs it (docker build --secret id=${id},env=${pair.key})`,
      safety: 'manual',
      effect: { removes: ['ARG'], flags: true },
      edits: [{ at: placed, span: { start: before - placed.start, end: end - placed.start }, text: '' }, ...edits],
    },
  ];
}

const CODES = ['DL3064', 'SecretsUsedInArgOrEnv', 'DS-0031'] as const;

const isBuildkit = (name: string): boolean => BUILDKIT_DENY.test(name) && !BUILDKIT_ALLOW.test(name);
const isHadolint = (name: string): boolean => HADOLINT_PIECE.test(name) || HADOLINT_NAMES.has(name.toUpperCase());

function reports(facts: FileFacts, placed: Placed, instruction: Instruction, reading: Reading): readonly Report[] {
  if (reading === 'buildkit') {
    return instruction.pairs
      .filter(pair => isBuildkit(pair.key))
      .map(pair => ({
        span: pair.keySpan,
        codes: ['SecretsUsedInArgOrEnv'],
        message: `${instruction.keyword} is visible to anyone with the image, so it is not for a secret such as ${pair.key}. Use \`RUN --mount=type=secret\`.`,
      }));
  }
  if (reading === 'hadolint') {
    // Of an ARG it reads the first name only.
    const pairs = instruction.keyword === 'ARG' ? instruction.pairs.slice(0, 1) : instruction.pairs;
    const pair = pairs.find(one => isHadolint(one.key));
    return pair
      ? [
          {
            span: pair.keySpan,
            codes: ['DL3064'],
            message: `${instruction.keyword} is visible to anyone with the image, so it is not for a secret such as ${pair.key}. Use \`RUN --mount=type=secret\`.`,
          },
        ]
      : [];
  }
  const suspects = suspectsIn(instruction);
  if (suspects.length === 0) return NONE;
  return suspects.flatMap(pair => {
    const verdict = ownVerdict(facts, placed, instruction, pair);
    if (!verdict) return [];
    const codes = CODES.filter(code =>
      code === 'DL3064' ? isHadolint(pair.key) : code === 'SecretsUsedInArgOrEnv' ? isBuildkit(pair.key) : true,
    );
    const fixes = instruction === placed.instruction ? mountFix(facts, placed, pair) : [];
    // In a stage that is not shipped only the history of the build has it.
    const passing = verdict.severity !== 'error' && !facts.roleOf(placed).inFinalImage;
    const severity = passing ? 'hint' : verdict.severity;
    return [{ ...verdict, severity, span: pair.keySpan, codes, fixes }];
  });
}

export default defineRule({
  id: 'secret-in-variable',
  codes: [...CODES],
  summary: 'A secret is passed through ARG or ENV.',
  rationale:
    'The value of an ENV is part of the image, and that of an ARG is in its history: `docker history` and `docker inspect` show both to everyone who can pull the image. `RUN --mount=type=secret,id=token,env=TOKEN` gives a secret to one RUN and leaves nothing behind; what the program needs at run time is set when the container starts.',
  category: 'security',
  practice: 'secrets',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/secrets/'],
  examples: {
    bad: [
      { code: 'FROM debian:12\nENV «DB_PASSWORD»=hunter22\n' },
      { code: 'FROM debian:12\nENV «PGPASSWORD»=hunter22\n' },
      {
        code: 'FROM debian:12\nARG «API_TOKEN»\nENV «API_TOKEN»=$API_TOKEN\n',
        why: 'An ENV keeps what the build was given.',
      },
      {
        code: 'FROM node:24\nARG «NPM_TOKEN»\nRUN npm ci --//registry.npmjs.org/:_authToken=$NPM_TOKEN\n',
        fixed:
          'FROM node:24\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci --//registry.npmjs.org/:_authToken=$NPM_TOKEN\n',
      },
      {
        code: 'FROM alpine:3.22 AS base\nARG «API_TOKEN»\nRUN fetch $API_TOKEN\nFROM base\nRUN fetch $API_TOKEN\n',
        why: 'A stage built on this one needs the argument.',
      },
      {
        code: '# syntax=docker/dockerfile:1.4\nFROM alpine:3.22\nARG «API_TOKEN»\nRUN fetch $API_TOKEN\n',
        why: 'A frontend before 1.10 cannot mount a secret as a variable.',
      },
    ],
    good: [
      {
        code: 'FROM debian:12\nARG SIGNING_KEY=0123456789ABCDEF0123456789ABCDEF01234567\nENV SIGNING_KEY=$SIGNING_KEY\nRUN gpg --recv-keys "$SIGNING_KEY"\n',
        why: 'The fingerprint of a public key.',
      },
      {
        code: 'FROM debian:12\nENV DB_PASSWORD_FILE=/run/secrets/db SSH_KEY_DIR=/home/.ssh\n',
        why: 'A path is not the secret.',
      },
      {
        code: 'FROM debian:12\nENV KEY_NAME=primary REQUIRE_AUTH=true APP_AUTH_MODE=none\n',
        why: 'These only say something about a key.',
      },
      {
        code: 'FROM debian:12\nARG PUBLIC_KEY\nENV JENKINS_USERNAME=jenkins\n',
        why: 'Public keys and user names are public.',
      },
      {
        code: 'FROM debian:12\nENV VPN_PASSWORD=**None** DB_PASSWORD=<unset> API_TOKEN=NOT_SET\n',
        why: 'These say that there is none.',
      },
      {
        code: 'FROM debian:12\nENV KEY=FFFFFFFFFFFFFFFF0000000000000000\n',
        why: 'This stands for a value that is to be filled in.',
      },
      {
        code: 'FROM debian:12\nENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D\n',
        why: 'The fingerprint of a signing key is public.',
      },
      {
        code: 'FROM debian:12\nRUN --mount=type=secret,id=token,env=TOKEN ./fetch\n',
        why: 'The secret is in no layer.',
      },
    ],
  },
  stage: { keywords: ['ENV', 'ARG'] },
  check({ facts, reading, report }) {
    for (const keyword of ['ARG', 'ENV', 'ONBUILD'])
      for (const placed of facts.all(keyword)) {
        const { instruction } = placed;
        const target = instruction.keyword === 'ONBUILD' ? instruction.trigger : instruction;
        if (!target || (target.keyword !== 'ARG' && target.keyword !== 'ENV')) continue;
        // BuildKit checks what a build runs, and triggers run in another one.
        if (target !== instruction && reading === 'buildkit') continue;
        for (const one of reports(facts, placed, target, reading)) report(placed, one);
      }
  },
});
