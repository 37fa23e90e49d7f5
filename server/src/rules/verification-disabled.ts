import { type Instruction, lex } from '../dockerfile/index.js';
import { remove, replace } from '../edits/words.js';
import { type PackageAction, packageActions } from '../facts/packages/in-run.js';
import { isCheckedLater } from '../facts/programs/downloads.js';
import type { ShellCommand } from '../shell/index.js';
import type { Span } from '../text/span.js';
import { defineRule, type Report, type RuleFix } from './rule.js';
import { type Disabled, decidesChecks, disabledCheck, disablesChecks } from './verification-disabled/commands.js';
import { writtenSettings } from './verification-disabled/text.js';

const MESSAGES = {
  certificates:
    'Without certificate checks, anyone on the network path can replace this download. Add the missing CA certificate instead.',
  signatures:
    'Without signature checks, the package may come from anyone. Remove this, and import the repository’s key if it has one.',
} as const;

function fixesFor(instruction: Instruction, command: ShellCommand, { words, rest }: Disabled): RuleFix[] {
  const [first] = words;
  // Without its only purpose nothing of the command is left: `npm config set strict-ssl false`.
  if (!command.editable || !first || words.length === command.args.length || !first.value.startsWith('-')) return [];
  const title = `Remove ${rest === undefined ? first.value : '-k'}`;
  const edits = rest === undefined ? words.map(word => remove(instruction, word)) : [replace(first.span, rest)];
  return [{ title, safety: 'manual', effect: { commands: 'words' }, edits }];
}

function addFound(
  found: Report[],
  instruction: Instruction,
  command: ShellCommand,
  action: PackageAction | undefined,
): void {
  const disabled = disabledCheck(command, action);
  const first = disabled?.words[0];
  const last = disabled?.words.at(-1);
  if (disabled && first && last) {
    found.push({
      span: { start: first.span.start, end: last.span.end },
      message: MESSAGES[disabled.what],
      codes: disabled.codes,
      fixes: fixesFor(instruction, command, disabled),
    });
  }
  if (command.via === undefined && command.assignments.length > 0)
    for (const { name, value, span } of command.assignments) addVariable(found, name, value?.value ?? '', span);
  if (command.base === 'export')
    for (const { value, span } of command.args) {
      const equals = value.indexOf('=');
      if (equals >= 0) addVariable(found, value.slice(0, equals), value.slice(equals + 1), span);
    }
}

function addVariable(found: Report[], name: string, value: string, span: Span): void {
  const codes = disablesChecks(name, value);
  if (codes) found.push({ span, message: MESSAGES.certificates, codes });
}

const CODES = [
  'CKV2_DOCKER_2',
  'CKV2_DOCKER_3',
  'CKV2_DOCKER_4',
  'CKV2_DOCKER_5',
  'CKV2_DOCKER_6',
  'CKV2_DOCKER_7',
  'CKV2_DOCKER_8',
  'CKV2_DOCKER_9',
  'CKV2_DOCKER_10',
  'CKV2_DOCKER_11',
  'CKV2_DOCKER_12',
  'CKV2_DOCKER_13',
  'CKV2_DOCKER_14',
  'CKV2_DOCKER_15',
  'CKV2_DOCKER_16',
];

export default defineRule({
  id: 'verification-disabled',
  codes: CODES,
  summary: 'Certificate or package signature verification is disabled.',
  rationale:
    'A certificate shows that the server is who it says, and a signature that a package is what its maker built. Without them anyone between the build and the server can put a program of their own into the image. When a check fails, add what is missing: `ca-certificates`, the CA of your proxy, or the key of the repository.',
  category: 'security',
  practice: 'trusted-sources',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN curl «-fksSL» -o a https://example.com/a\n',
        fixed: 'FROM debian:12\nRUN curl -fsSL -o a https://example.com/a\n',
      },
      {
        code: 'FROM debian:12\nRUN wget «--no-check-certificate» https://example.com/a\n',
        fixed: 'FROM debian:12\nRUN wget https://example.com/a\n',
      },
      {
        code: 'FROM python:3.13\nRUN pip install «--trusted-host pypi.org» flask\n',
        fixed: 'FROM python:3.13\nRUN pip install flask\n',
      },
      {
        code: 'FROM fedora:42\nRUN dnf install -y «--nogpgcheck» example\n',
        fixed: 'FROM fedora:42\nRUN dnf install -y example\n',
      },
      { code: 'FROM node:24\nENV «NODE_TLS_REJECT_UNAUTHORIZED»=0\n' },
      { code: 'FROM debian:12\nRUN «GIT_SSL_NO_VERIFY=1» git clone https://example.com/a.git\n' },
      {
        code: 'FROM debian:12\nRUN echo "deb «[trusted=yes]» https://example.com/apt ./" > /etc/apt/sources.list.d/example.list\n',
      },
      { code: 'FROM node:24\nRUN npm «config set strict-ssl false»\n' },
      {
        code: 'FROM fedora:42\nRUN printf "[a]\\nbaseurl=https://example.com/a\\n«gpgcheck=0»\\n" > /etc/yum.repos.d/a.repo\n',
        why: 'Written to a file.',
      },
      {
        code: 'FROM alpine:3.22\nRUN helm repo add «--insecure-skip-tls-verify» a https://example.com/charts\n',
        fixed: 'FROM alpine:3.22\nRUN helm repo add a https://example.com/charts\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN curl -fsSk -o /tmp/x.tgz https://example.com/x.tgz && echo "abc  /tmp/x.tgz" | sha256sum -c -\n',
        why: 'The checksum is compared.',
      },
      {
        code: "FROM fedora:42\nRUN sed -i 's/gpgcheck=0/gpgcheck=1/' /etc/yum.repos.d/a.repo\n",
        why: 'The check is switched on.',
      },
      {
        code: 'FROM debian:12\nHEALTHCHECK CMD curl -kf https://localhost:8443/health\n',
        why: 'The container asks itself.',
      },
      {
        code: 'FROM debian:12\nRUN curl -fsSLo key https://example.com/key\n',
        why: 'The letter belongs to another option.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY build/app.apk /tmp/\nRUN apk add --allow-untrusted /tmp/app.apk\n',
        why: 'A package built here is signed by nobody.',
      },
    ],
  },
  instruction: { keywords: ['RUN', 'ENV', 'ARG'] },
  check({ instruction, facts, report }) {
    if (instruction.keyword === 'RUN') {
      const found: Report[] = [];
      const actions = packageActions(facts);
      let next = 0;
      for (const command of facts.commands) {
        // They are in the order of the commands.
        const action = actions[next]?.command === command ? actions[next++] : undefined;
        // Whoever sends it, it is what was expected.
        if (facts.script && isCheckedLater(facts.script, command)) continue;
        addFound(found, instruction, command, action);
      }
      for (const one of found) report(one);
      for (const { span, what } of writtenSettings(instruction.text)) {
        // `-o Acquire::https::Verify-Peer=false` is an option, and has been reported as such.
        if (found.some(one => one.span.start < span.end && span.start < one.span.end)) continue;
        report({ span, message: MESSAGES[what], codes: [] });
      }
      return;
    }
    for (const pair of instruction.pairs) {
      if (pair.value === undefined || !decidesChecks(pair.key)) continue;
      const codes = disablesChecks(pair.key, lex(pair.value, { escape: instruction.escape, keepUnset: true }).value);
      if (codes) report({ span: pair.keySpan, message: MESSAGES.certificates, codes });
    }
  },
});
