import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { fixText, verifyFix } from '../../server/src/fixes/index.js';
import type { LintOptions } from '../../server/src/profiles/types.js';
import { inSomeOrder } from './orders.js';

/** The files that fixes to review lead to, one at a time in many orders, and all at once. */
function ordersOf(text: string, options: Partial<LintOptions> = {}): readonly string[] {
  let state = 1;
  const dice = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  const results = Array.from({ length: 12 }, () => inSomeOrder(text, options, 'review', dice));
  return [...new Set([...results, fixText(text, options, 'review').text])];
}

/** Defects that generated files brought to light, each as the smallest file that shows it. */
describe('found by generated files', () => {
  test('no clean-up is appended for a package manager that the image does not have', () => {
    const { findings } = lint('FROM debian:12-slim\nRUN zypper install vim || apt-get install vim && apk add vim\n', {
      profile: 'all',
    });
    expect(findings.map(finding => finding.rule)).not.toContain('zypper-cache-left');
  });

  test('a USER that a comment spoils is not switched back to', () => {
    const { findings } = lint('FROM debian:12-slim\nUSER 1000  # node\nUSER root\n', {});
    const titles = findings.flatMap(finding => finding.fixes.map(fix => fix.title));
    expect(titles.filter(title => title.includes('# node'))).toEqual([]);
  });

  test('moving a comment out of an ENV is left to a person, for it changes the value', () => {
    const text = 'FROM debian:12-slim\nENV MODE fast # for now\nUSER 1000:1000\n';
    expect(fixText(text, { ignore: ['legacy-key-value'] }, 'review').text).toBe(text);
  });

  test('no SHELL is put in for a shell that the image does not have', () => {
    const { findings } = lint('FROM alpine:3.22\nRUN ln -sf /bin/bash /bin/sh\n', {});
    expect(findings.find(finding => finding.rule === 'sh-replaced')?.fixes).toEqual([]);
  });

  test('sudo is not taken out where no command would run anyway', () => {
    const { findings } = lint('FROM gcr.io/distroless/static-debian12\nRUN apt-get update && sudo mkdir /x\n', {});
    expect(findings.find(finding => finding.rule === 'sudo-in-run')?.fixes).toEqual([]);
  });

  test('caches are cleaned in every layer, and a clean-up in a later one takes no finding away', () => {
    const text = 'FROM fedora:41\nRUN yum install -y httpd\nWORKDIR /x\nRUN dnf install -y vim\n';
    const offered = (of: string): readonly string[] =>
      lint(of, {})
        .findings.filter(({ rule }) => /^(?:dnf|yum)-cache-left$/.test(rule))
        .flatMap(({ fixes }) => fixes.map(({ title }) => title));
    expect(offered(text)).toEqual(['Append yum clean all', 'Append dnf clean all']);
    expect(offered(text.replace('vim', 'vim && dnf clean all'))).toEqual(['Append yum clean all']);
  });

  test('two fixes that add options to one command do so in different places', () => {
    const text = 'FROM ubuntu:24.04\nRUN groupadd app && useradd -u 123456 app\nUSER 1000\n';
    expect(ordersOf(text)).toEqual([
      'FROM ubuntu:24.04\nRUN groupadd app && useradd --no-log-init -u 123456 -g app app\nUSER 1000\n',
    ]);
  });

  test('whether a line is broken does not depend on the options that other fixes add', () => {
    const text = 'FROM debian:12\nRUN apt-get install curl libpq5=15.* build-essential; yarn install\nUSER 1000\n';
    expect(ordersOf(text)).toHaveLength(1);
  });

  test('clean-ups of several managers are in one order', () => {
    const text = 'FROM node:22\nRUN apt-get update && npm ci && yarn install --frozen-lockfile\nUSER node\n';
    const [after, ...others] = ordersOf(text);
    expect(after).toContain('yarn cache clean && npm cache clean --force && rm -rf /var/lib/apt/lists/*');
    expect(others).toEqual([]);
  });

  test('a replaced CMD does not decide where USER goes', () => {
    expect(ordersOf('FROM alpine:3.22\nCMD ["a"]\nEXPOSE 80\nCMD ["b"]\n')).toEqual([
      'FROM alpine:3.22\nEXPOSE 80\nRUN addgroup -g 10001 app && adduser -D -u 10001 -G app -s /sbin/nologin app\nUSER 10001:10001\nCMD ["b"]\n',
    ]);
  });

  test('an ARG that FROM looks for in vain is moved, not removed', () => {
    const [after] = ordersOf('FROM $BASE\nARG BASE=debian\nUSER 1000\n');
    expect(after).toBe('ARG BASE=debian\nFROM $BASE\nUSER 1000\n');
  });

  test('what a slip of the pen was meant to be comes first', () => {
    expect(ordersOf('FROM scratch\nARG TOKEN\nENTRYPOINT ["/e"]\nRNU x\n')).toHaveLength(1);
  });

  test('the comment above an instruction is not left to the next one', () => {
    for (const text of ['FROM alpine:3.22\n# the old way\nCMD ["a"]\nCMD ["b"]\nUSER 1000\n'])
      expect(fixText(text, {}, 'safe').text).toBe(text);
  });

  test('a byte order mark stays where it is and is not an indentation', () => {
    expect(fixText('\ufeffFROM $BASE\nARG BASE=debian\nUSER 1000\n', {}, 'review').text).toBe(
      '\ufeffARG BASE=debian\nFROM $BASE\nUSER 1000\n',
    );
    expect(fixText('\ufeffARG X=1\nFROM alpine:3.22\nUSER 1000\n', {}, 'review').text).toBe(
      '\ufeffFROM alpine:3.22\nUSER 1000\n',
    );
  });

  test('removing the last line keeps what shows the line endings', () => {
    expect(ordersOf('FROM ubi9-minimal\r\nUSER 1000\r\nARG TOKEN')).toEqual(['FROM ubi9-minimal\r\nUSER 1000\r\n']);
  });

  test('whether two RUNs are merged does not depend on the clean-up that one of them gets', () => {
    for (const install of ['npm install', 'yarn install', 'npm ci'])
      expect(ordersOf(`FROM node:24\nRUN rm x\nRUN ${install}\nUSER node\n`), install).toHaveLength(1);
    for (const install of ['dnf install -y httpd', 'yum update -y'])
      expect(ordersOf(`FROM fedora:43\nRUN touch x\nRUN ${install}\nUSER 1000\n`), install).toHaveLength(1);
  });

  test('a lock file is found whether the directory of the image is written or not', () => {
    expect(
      ordersOf('FROM node:24\nCOPY package.json package-lock.json ./\nRUN npm install --production\nUSER node\n'),
    ).toEqual([
      'FROM node:24\nCOPY package.json package-lock.json /\nRUN npm ci --omit=dev && npm cache clean --force\nUSER node\n',
    ]);
  });

  test('a group and its user, which the image can make in one way only, are not merged before', () => {
    expect(ordersOf('FROM alpine:3.22\nRUN groupadd app\nRUN useradd svc app\nUSER svc\n')).toEqual([
      'FROM alpine:3.22\nRUN addgroup -g 10001 app && adduser -D -u 10001 -G app -s /sbin/nologin svc\nUSER svc\n',
    ]);
  });

  test('a command that is after sudo is missing as well, so that taking sudo out adds no error', () => {
    const errors = (text: string): readonly string[] =>
      lint(text, {}).findings.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
    const text = 'FROM debian:12\nRUN FOO=1 sudo -E make\nUSER 1000\n';
    expect(errors(fixText(text, {}, 'safe').text)).toEqual(errors(text));
  });

  test('cache mounts are offered beside the clean-up of package lists', () => {
    const text = 'FROM debian:13\nRUN set -e; apt-get update; apt-get install -y --no-install-recommends jq\n';
    const { dockerfile, findings } = lint(text, {});
    const fix = findings.flatMap(({ fixes }) => fixes).find(({ title }) => title.includes('cache mounts'));
    expect(fix && verifyFix(dockerfile, fix)).toMatchObject({
      text: expect.stringContaining(' rm -f /etc/apt/apt.conf.d/docker-clean && set -e; apt-get update;'),
    });
  });

  test('an instruction below a comment for linters is not offered to be removed: the next one would get the comment', () => {
    const pragma = '# hadolint ignore=DL3018';
    for (const text of [
      `FROM alpine:3.22\n${pragma}\nCMD ["a"]\nCMD ["b"]\n`,
      `FROM alpine:3.22\n${pragma}\nARG A\nCMD ["b"]\n`,
      `FROM alpine:3.22\n${pragma}\nEXPOSE 22\nCMD ["b"]\n`,
      `FROM debian:13\nCOPY a.tgz /a.tgz\n${pragma}\nRUN tar -xzf /a.tgz -C /srv && rm /a.tgz\n`,
    ]) {
      const { dockerfile, findings } = lint(text, { profile: 'all' });
      const refused = findings
        .flatMap(({ fixes }) => fixes)
        .filter(fix => fix.edits.length > 0 && 'refusal' in verifyFix(dockerfile, fix));
      expect(refused.map(({ title }) => title)).toEqual([]);
    }
  });

  test('a name that Docker cannot read is corrected before anything that depends on the image', () => {
    expect(ordersOf('FROM NODE\n', { profile: 'strict' })).toHaveLength(1);
    expect(ordersOf('FROM Ubuntu:24.04\n', { profile: 'strict' })).toHaveLength(1);
  });

  test('RUNs are merged in one way under every profile', () => {
    const text = 'FROM alpine:3.22\nRUN adduser -D app\nRUN mkdir /data\nRUN chown app /data\n';
    expect(ordersOf(text, { profile: 'hadolint' })).toEqual([
      'FROM alpine:3.22\nRUN adduser -D app \\\n    && mkdir /data \\\n    && chown app /data\n',
    ]);
  });

  test('certificates are named once, whoever reads the file', () => {
    const text =
      'FROM ubuntu:24.04\nRUN apt-get install -y curl && apt-get install -y vim\nRUN apt-get install -y git\n';
    for (const profile of ['recommended', 'hadolint'] as const)
      expect(ordersOf(text, { profile }).map(after => after.split('ca-certificates').length)).toEqual([2]);
  });

  test('a fix changes something: what has no letters has no case', () => {
    const { findings } = lint('FROM debian:13\n{{ end }}\n', { profile: 'buildkit' });
    expect(findings.map(({ rule }) => rule)).not.toContain('inconsistent-keyword-casing');
  });

  test('nothing is offered below an instruction that the file’s end cuts off', () => {
    for (const last of ['RUN a \\', 'RUN a \\\n# why', 'COPY <<E /a\nx\nF']) {
      const { dockerfile, findings } = lint(`FROM debian:13\nCMD ["a"]\n${last}\n`, { profile: 'all' });
      const refused = findings
        .flatMap(({ fixes }) => fixes)
        .filter(fix => fix.edits.length > 0 && 'refusal' in verifyFix(dockerfile, fix));
      expect(refused.map(({ title }) => title)).toEqual([]);
    }
  });

  test('what COPY may have brought does not depend on how its destination is written', () => {
    const [after, ...others] = ordersOf('FROM alpine:3.24\nCOPY . .\nRUN useradd -u 123456 app\nUSER app\n');
    expect(others).toEqual([]);
    expect(after).toContain('COPY . /\nRUN useradd --no-log-init');
  });

  test('a comment above the next instruction does not keep this one from getting another name', () => {
    const text = 'FROM debian:13\nADD a /a/\n# dockwright ignore=DL3020\nADD b /a/\nUSER 1\n';
    expect(fixText(text, {}, 'safe').text).toBe(text.replace('ADD a', 'COPY a'));
  });

  test('what is in a substitution is part of a word, and left alone', () => {
    const text = 'FROM debian:13\nRUN echo $(apt-get install -y wget)\nUSER 1\n';
    const { findings } = lint(text, { profile: 'all' });
    const found = findings.find(({ rule }) => rule === 'apt-get-install-recommends');
    expect(found?.fixes).toEqual([]);
  });

  test('one SHELL is inserted for all pipes below it', () => {
    const text =
      'FROM debian:13\nRUN curl -f https://a.b/c | sort > /c\nWORKDIR /x\nRUN curl -f https://a.b/d | sort > /d\nUSER 1\n';
    for (const profile of ['recommended', 'hadolint'] as const)
      expect(ordersOf(text, { profile }).map(after => after.split('SHELL').length)).toEqual([2]);
  });

  test('an instruction whose last line goes does not go on with the next one', () => {
    for (const [between, after] of [
      ['', ''],
      ['\n', ''],
      ['    # why\n', '\n    # why'],
      ['\n# why\n\n', '\n\n# why'],
    ]) {
      const text = `FROM alpine:3.24\nRUN apk add jq \\\n    && rm -rf /tmp/x \\\n${between}        /var/cache/apk/*\nUSER 1\n`;
      expect(fixText(text, { ignore: ['empty-continuation-line'] }, 'safe').text).toBe(
        `FROM alpine:3.24\nRUN apk add --no-cache jq \\\n    && rm -rf /tmp/x${after}\nUSER 1\n`,
      );
    }
  });

  test('no mounts are offered for what runs in the background', () => {
    const text = 'FROM debian:13\nRUN apt-get update; apt-get install -y --no-install-recommends jq & b\n';
    const titles = lint(text, {}).findings.flatMap(({ fixes }) => fixes.map(({ title }) => title));
    expect(titles.filter(title => title.includes('cache mounts'))).toEqual([]);
  });

  test('a script that no shell reads is left alone', () => {
    const text = 'FROM debian:13\nRUN apt-get install jq | ! test -f /x\nUSER 1\n';
    const found = lint(text, {}).findings.find(({ rule }) => rule === 'apt-get-install-without-yes');
    expect(found?.fixes).toEqual([]);
  });

  test('every message ends as a sentence', () => {
    for (const finding of lint('FROM nginx:1.27 AS web\n', { profile: 'all' }).findings)
      expect(finding.message).toMatch(/[.?!]$/);
  });
});
