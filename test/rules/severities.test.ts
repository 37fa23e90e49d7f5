import { expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

type Row = readonly [why: string, rule: string, dockerfile: string, severity: string];

const STARTS = 'CMD ["/a"]\n';

/** How serious the same problem is in different places. */
const TABLE: readonly Row[] = [
  [
    'a shell for what is never run in it',
    'shell-not-in-image',
    'FROM alpine:3.22\nSHELL ["/bin/bash", "-c"]\nCMD ["a"]\n',
    'warning',
  ],
  [
    'a shell for a RUN',
    'shell-not-in-image',
    'FROM alpine:3.22\nSHELL ["/bin/bash", "-c"]\nRUN a\nCMD ["a"]\n',
    'error',
  ],
  ['a value with a comment in it', 'trailing-comment', 'FROM alpine:3.22\nENV PORT 80 # web\n', 'warning'],
  ['a user of that name', 'trailing-comment', 'FROM alpine:3.22\nUSER 1000 # node\n', 'error'],
  ['what runs', 'end-of-life-image', 'FROM debian:jessie\nCMD ["/a"]\n', 'warning'],
  ['a builder', 'end-of-life-image', 'FROM debian:jessie AS b\nFROM scratch\nCOPY --from=b /a /a\n', 'info'],
  ['a program', 'final-stage-runs-as-root', 'FROM debian:13\nCMD ["python3", "app.py"]\n', 'warning'],
  ['nothing of its own', 'final-stage-runs-as-root', 'FROM debian:13\nRUN make\n', 'hint'],
  ['an interpreter alone', 'final-stage-runs-as-root', 'FROM debian:13\nCMD ["python3"]\n', 'hint'],
  ['a shell alone', 'final-stage-runs-as-root', 'FROM debian:13\nCMD /bin/bash -l\n', 'hint'],
  ['the build goes on', 'empty-continuation-line', 'FROM debian:13\nRUN a \\\n\n  && b\n', 'warning'],
  ['apt may change', 'apt-instead-of-apt-get', 'FROM debian:13\nRUN apt list\n', 'hint'],
  ['packages to install', 'apt-get-install-without-yes', 'FROM debian:13\nRUN apt-get install git\n', 'warning'],
  ['nothing to remove', 'apt-get-install-without-yes', 'FROM debian:13\nRUN apt-get autoremove\n', 'hint'],
  ['nothing to install', 'apt-get-install-without-yes', 'FROM debian:13\nRUN apt-get -f install\n', 'hint'],
  ['recommends much', 'apt-get-install-recommends', `FROM debian:13\nRUN apt-get install -y git\n${STARTS}`, 'info'],
  ['recommends little', 'apt-get-install-recommends', `FROM debian:13\nRUN apt-get install -y jq\n${STARTS}`, 'hint'],
  ...[
    'postgresql-client-17',
    'fonts-dejavu',
    'libpq-dev zlib1g-dev',
    'libgl1 libsm6 libpng16-16t64',
    'python3-yaml php8.4-curl',
  ].map(
    (names): Row => [
      `recommends little: ${names}`,
      'apt-get-install-recommends',
      `FROM debian:13\nRUN apt-get install -y ${names}\n${STARTS}`,
      'hint',
    ],
  ),
  ...['python3-pip', 'fonts-noto', 'ffmpeg jq', 'cron'].map(
    (names): Row => [
      `recommends much: ${names}`,
      'apt-get-install-recommends',
      `FROM debian:13\nRUN apt-get install -y ${names}\n${STARTS}`,
      'info',
    ],
  ),
  ['has git already', 'apt-get-install-recommends', `FROM python:3.14\nRUN apt-get install -y git\n${STARTS}`, 'hint'],
  ['has none', 'apt-get-install-recommends', `FROM python:3.14-slim\nRUN apt-get install -y git\n${STARTS}`, 'info'],
  [
    'is huge',
    'apt-get-install-recommends',
    `FROM nvidia/cuda:13.0.0-base-ubuntu24.04\nRUN apt-get install -y git\n${STARTS}`,
    'hint',
  ],
  ['dash waits', 'shell-form-command', 'FROM ubuntu:24.04\nCMD serve\n', 'warning'],
  ['BusyBox makes way', 'shell-form-command', 'FROM alpine:3.22\nCMD serve\n', 'hint'],
  ['apk is of Alpine', 'shell-form-command', 'FROM acme/base:1\nRUN apk add curl\nCMD serve\n', 'hint'],
  ['dnf comes with bash', 'shell-form-command', 'FROM acme/base:1\nRUN dnf install -y curl\nCMD serve\n', 'hint'],
  [
    'any user',
    'world-writable',
    'FROM debian:13\n# OpenShift starts it as an arbitrary user.\nRUN chmod 777 /app\n',
    'hint',
  ],
  [
    'any user',
    'world-writable',
    'FROM debian:13\nRUN mkdir /app \\\n  # for docker run --user\n  && chmod 777 /app\n',
    'hint',
  ],
  [
    'an image to work in',
    'apt-get-install-recommends',
    'FROM debian:13\nRUN apt-get install -y git\nCMD bash\n',
    'hint',
  ],
  ['what runs', 'apt-lists-left', `FROM debian:13\nRUN apt-get update && apt-get install -y git\n${STARTS}`, 'info'],
  ['a test image', 'apt-lists-left', 'FROM debian:13\nRUN apt-get update && apt-get install -y git\n', 'hint'],
  ['a named tag', 'latest-tag', `FROM debian:latest\n${STARTS}`, 'warning'],
  ['a tag to choose', 'latest-tag', `ARG TAG=latest\nFROM debian:$TAG\n${STARTS}`, 'hint'],
  ['a test image', 'latest-tag', 'FROM debian:latest\nRUN make\n', 'hint'],
  ['what a program needs', 'npm-cache-left', 'FROM node:24\nRUN npm ci\n', 'info'],
  ['one tool', 'npm-cache-left', 'FROM node:24\nRUN npm i -g npm@11\n', 'hint'],
  ['a list', 'pip-cache-left', 'FROM python:3.14\nRUN pip install -r x.txt\n', 'info'],
  ['a large package', 'pip-cache-left', 'FROM python:3.14\nRUN pip install torch==2.9.0\n', 'info'],
  ['a small package', 'pip-cache-left', 'FROM python:3.14\nRUN pip install boto3==1.42.0\n', 'hint'],
  ['a program', 'world-writable', 'FROM debian:13\nRUN chmod -R 777 /usr/local/bin\n', 'warning'],
  ['logs', 'world-writable', 'FROM debian:13\nRUN chmod 777 /var/log/app /var/run/app\n', 'hint'],
  ['the folder of all temporary files', 'world-writable', 'FROM debian:13\nRUN chmod 777 /tmp\n', 'warning'],
  ['an official image', 'constant-platform', 'FROM --platform=linux/amd64 python:3.14\n', 'info'],
  ['an image for one platform', 'constant-platform', 'FROM --platform=linux/amd64 acme/sdk:1\n', 'hint'],
  ['of no use', 'sudo-in-run', 'FROM debian:13\nRUN sudo make\n', 'warning'],
  ['of no use', 'sudo-in-run', 'FROM acme/x:1\nRUN apt-get install -y git\nRUN sudo make\n', 'warning'],
  ['of use', 'sudo-in-run', 'FROM acme/x:1\nRUN sudo make\n', 'hint'],
  ['of use', 'sudo-in-run', 'FROM debian:13\nUSER app\nRUN sudo make\n', 'hint'],
  ['of use', 'sudo-in-run', 'FROM debian:13\nRUN sudo -u app make\n', 'hint'],
  ['a program', 'shell-form-command', 'FROM debian:13\nCMD serve -v\n', 'warning'],
  ['a shell', 'shell-form-command', 'FROM debian:13\nCMD /bin/bash\n', 'hint'],
  ['a builder', 'shell-form-command', 'FROM debian:13 AS test\nCMD go test\nFROM debian:13\nCMD ["a"]\n', 'hint'],
  ['a pipe that says the worse', 'pipe-to-shell', 'FROM debian:13\nRUN curl https://a.io/x | sh\n', 'hint'],
  ['without encryption', 'pipe-to-shell', 'FROM debian:13\nRUN curl http://a.io/x | sh\n', 'warning'],
  ['a failure counts', 'pipe-to-shell', 'FROM fedora:43\nRUN set -o pipefail; curl https://a.io/x | sh\n', 'info'],
  [
    'an update alone',
    'cleanup-in-later-layer',
    'FROM debian:13\nRUN apt-get update\nRUN apt-get install -y git && rm -rf /var/lib/apt/lists/*\n',
    'hint',
  ],
  ['settings of a place', 'copy-secret-file', 'FROM debian:13\nCOPY .env.production .env\n', 'hint'],
  ['settings', 'copy-secret-file', 'FROM debian:13\nCOPY .env .env\n', 'warning'],
  ['to be changed', 'secret-in-variable', 'FROM postgres:18\nENV POSTGRES_PASSWORD=password\n', 'hint'],
  ['an instruction is lost', 'swallowed-instruction', 'FROM debian:13\nRUN a \\\n\nCOPY b /c\n', 'error'],
];

for (const [why, rule, dockerfile, severity] of TABLE) {
  test(`${rule}: ${why}`, () => {
    const { findings } = lint(dockerfile, { profile: 'recommended' });
    expect(findings.filter(finding => finding.rule === rule).map(finding => finding.severity)).toEqual([severity]);
  });
}

test('what is worth a hint only is as serious as ever in other profiles, and as configured', () => {
  const severities = (options: Parameters<typeof lint>[1]) =>
    lint('FROM debian:13\nRUN sudo -u app make && apt list\n', options)
      .findings.filter(({ rule }) => rule === 'sudo-in-run' || rule === 'apt-instead-of-apt-get')
      .map(({ severity }) => severity);
  expect(severities({ profile: 'strict' })).toEqual(['warning', 'info']);
  expect(severities({ profile: 'hadolint' })).toEqual(['error', 'warning']);
  const rules = { 'sudo-in-run': { severity: 'error' as const }, DL3027: { severity: 'warning' as const } };
  expect(severities({ profile: 'recommended', rules })).toEqual(['error', 'warning']);
});

test('a command that another replaces is reported once', () => {
  const { findings } = lint('FROM debian:13\nCMD serve -v\nCMD ["serve"]\n', { profile: 'recommended' });
  expect(findings.map(({ rule }) => rule)).not.toContain('shell-form-command');
});

// Its text is not read, but what separates commands can be told.
test.each([
  ['a', 'b', ['DL3059']],
  ['a; b', 'c', []],
  ['a', 'b | c', []],
])('PowerShell: RUN %s, RUN %s', (first, second, expected) => {
  const dockerfile = `FROM x:1\nSHELL ["pwsh", "-c"]\nRUN ${first}\nRUN ${second}\n`;
  const { findings } = lint(dockerfile, { profile: 'hadolint' });
  expect(findings.flatMap(finding => finding.codes)).toEqual(expected);
});
