import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { fixText } from '../../server/src/fixes/index.js';
import { inSomeOrder } from './orders.js';

/** The files that fixes to review lead to, one at a time in many orders, and all at once. */
function ordersOf(text: string): readonly string[] {
  let state = 1;
  const dice = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  const results = Array.from({ length: 12 }, () => inSomeOrder(text, {}, 'review', dice));
  return [...new Set([...results, fixText(text, {}, 'review').text])];
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

  test('caches are cleaned from the earliest layer on, so that the order of fixes does not matter', () => {
    const text = 'FROM fedora:41\nRUN dnf install -y httpd\nWORKDIR /x\nRUN dnf install -y vim\n';
    const offered = lint(text, {})
      .findings.filter(finding => finding.rule === 'dnf-cache-left')
      .map(finding => finding.fixes.length);
    expect(offered).toEqual([1, 0]);
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

  test('clean-ups of several managers stand in one order', () => {
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

  test('a byte order mark stays where it is and is no indentation', () => {
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

  test('every message ends as a sentence', () => {
    for (const finding of lint('FROM nginx:1.27 AS web\n', { profile: 'all' }).findings)
      expect(finding.message).toMatch(/[.?!]$/);
  });
});
