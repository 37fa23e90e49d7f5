import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { fixText } from '../../server/src/fixes/index.js';

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

  test('every message ends as a sentence', () => {
    for (const finding of lint('FROM nginx:1.27 AS web\n', { profile: 'all' }).findings)
      expect(finding.message).toMatch(/[.?!]$/);
  });
});
