import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { fixText } from '../../server/src/fixes/index.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

const found = (text: string, files?: Readonly<Record<string, string>>) =>
  lint(text, files ? { context: snapshotFromFiles(files) } : {}).findings;

/** Above the hints. */
const told = (text: string, rule: string): readonly string[] =>
  found(text)
    .filter(finding => finding.rule === rule && finding.severity !== 'hint')
    .map(({ message }) => message);

/** What others took for a mistake of ours, in words of our own. */
describe('nothing is said of', () => {
  test.each([
    ['a list of ports in a variable', 'invalid-port', 'FROM nginx:1.29\nENV PORTS="80 443"\nEXPOSE $PORTS\n'],
    ['the same from an argument', 'invalid-port', 'FROM nginx:1.29\nARG PORTS="80 443"\nEXPOSE ${PORTS}\n'],
    ['the same in a trigger', 'invalid-port', 'FROM nginx:1.29\nENV PORTS="80 443"\nONBUILD EXPOSE $PORTS\n'],
    [
      'what dpkg installs',
      'command-not-in-image',
      'FROM debian:13-slim\nCOPY a.deb /\nRUN dpkg -i /a.deb\nRUN java -version\n',
    ],
    [
      'what a loop installs',
      'command-not-in-image',
      'FROM debian:13-slim\nRUN for d in /d/*.deb; do dpkg -i "$d"; done && curl -V\n',
    ],
    [
      'a variable of a secret',
      'undefined-variable',
      'ARG T\nFROM node:24\nRUN --mount=type=secret,id=n,env=T test -n "$T"\n',
    ],
    ['a name of Go in an unknown image', 'undefined-variable', 'FROM acme/golang\nWORKDIR ${GOPATH}/src\n'],
    ['an image of the same project', 'untagged-image', 'FROM php-base AS common\nRUN make\n'],
    ['a port for git', 'exposed-ssh-port', 'FROM alpine:3.22\nRUN apk add git\nEXPOSE 22 3000\nCMD ["gogs"]\n'],
    ['a server for ssh', 'exposed-ssh-port', 'FROM alpine:3.22\nEXPOSE 22\nCMD ["/usr/sbin/sshd", "-D"]\n'],
    [
      'a value that is none',
      'secret-in-variable',
      'FROM debian:13\nENV DB_PASSWORD=**None** API_TOKEN="<insert your key>"\n',
    ],
    [
      'signed metadata',
      'verification-disabled',
      'FROM fedora:43\nRUN printf "repo_gpgcheck=1\\ngpgcheck=0\\n" > /etc/yum.repos.d/a.repo\n',
    ],
    [
      'an image for one platform',
      'constant-platform',
      'FROM --platform=linux/arm64 nvcr.io/nvidia/l4t-jetpack:r36.4.0\n',
    ],
    ['systemd', 'several-processes', 'FROM debian:13\nCMD ["/lib/systemd/systemd"]\n'],
    ['sudo for another user', 'sudo-in-run', 'FROM debian:13\nRUN sudo -HEu app make\n'],
    [
      'a local repository',
      'update-without-install',
      'FROM debian:13\nRUN echo "deb file:///debs ./" > /etc/apt/sources.list.d/a.list && apt-get update\n',
    ],
    [
      'two sources and a folder that is there',
      'copy-target-without-slash',
      'FROM debian:13\nWORKDIR /server\nCOPY index.js package.json /server\n',
    ],
  ])('%s', (_, rule, text) => {
    expect(told(text, rule)).toEqual([]);
  });
});

test('sources that --exclude leaves out do not leak', () => {
  const files = { '.env': '', '.git/config': '', 'a.txt': '' };
  const leaks = (text: string) => found(text, files).filter(({ rule }) => rule === 'leaky-build-context').length;
  expect(leaks('FROM debian:13\nCOPY . /a\n')).toBe(1);
  expect(leaks('FROM debian:13\nCOPY --exclude=**/.env --exclude=.git . /a\n')).toBe(0);
});

describe('an apk update without its &&', () => {
  test('is reported', () => {
    expect(
      told('FROM alpine:3.22\nRUN apk update \\\n  apk add --no-cache curl\n', 'update-without-install').join(),
    ).toContain('&&');
  });
});

describe('a safe fix', () => {
  const safe = (text: string): string => fixText(text, {}, 'safe').text;

  test('takes no word for a keyword', () => {
    const text =
      'FROM debian:13\nRUN apt-get update && \\\n    true\n    curl -f https://example.com/x -o /x\nCOPY a /a\n';
    expect(safe(text)).toContain('    curl -f');
  });

  test('leaves the branches of a template', () => {
    const text = 'FROM ruby:3.4-slim\n<% if x? -%>\nCMD ["a"]\n<% else -%>\nCMD ["b"]\n<% end -%>\n';
    expect(safe(text)).toBe(text);
  });

  test('leaves ADD of what may be an archive', () => {
    const text = 'FROM debian:13\nADD app-archive /srv/app\nUSER 1000\nCMD ["/a"]\n';
    expect(safe(text)).toContain('ADD app-archive');
  });

  test('does not silence a swallowed instruction', () => {
    const text = 'FROM debian:13\nRUN true && \\\n    rm -rf /a \\\n\n# Python is wanted.\nRUN rm -f /b\nUSER 1000\n';
    expect(found(text).find(({ rule }) => rule === 'swallowed-instruction')?.severity).toBe('error');
    expect(found(safe(text)).some(({ rule }) => rule === 'swallowed-instruction')).toBe(true);
  });
});

describe('a download that fails unnoticed', () => {
  const pipe = (run: string): readonly string[] =>
    found(`FROM debian:13\n${run}\n`)
      .filter(({ rule }) => rule === 'pipe-without-pipefail')
      .map(({ severity, message }) => `${severity} ${/continues|after it|later RUN/.exec(message)?.[0]}`);
  const rustup = 'RUN curl -fsSL https://sh.rustup.rs | sh -s -- -y';
  test.each([
    ['is said to be', rustup, 'warning continues'],
    ['is noticed by the file that it writes', `${rustup} && . "$HOME/.cargo/env" && make`, 'hint after it'],
    ['is noticed by nothing that reads the system', `${rustup} && . /etc/os-release`, 'warning continues'],
    ['is noticed by the program', `${rustup} && ~/.cargo/bin/cargo build`, 'hint after it'],
    ['is not noticed where that may fail', `${rustup} && (cargo build || true)`, 'warning continues'],
    ['is not noticed where something else asks', `${rustup} && test -e /x && cargo build`, 'warning continues'],
    ['is not noticed without -e', `${rustup} && cargo build; true`, 'warning continues'],
    ['is noticed with -e', `${rustup.replace('RUN', 'RUN set -e;')}; cargo build; true`, 'hint after it'],
    ['is noticed later', `${rustup}\nRUN cargo build`, 'info later RUN'],
    [
      'is not noticed where it was there before',
      `RUN apk add deno\nRUN deno -V && curl https://deno.land/x.sh | sh && deno run a.ts`,
      'warning continues',
    ],
    [
      'is not noticed by another version of it',
      'RUN curl https://deb.nodesource.com/setup_22.x | bash - && apt-get install -y nodejs && node -v',
      'warning continues',
    ],
  ])('%s', (_, run, expected) => {
    expect(pipe(run)).toEqual([expected]);
  });
});

describe('a container that may want root', () => {
  test.each([
    ['makes backups', 'FROM alpine:3.24\nCOPY backup /usr/bin/\nENTRYPOINT ["/usr/bin/backup", "-foreground"]\n'],
    ['makes backups with a tool', 'FROM alpine:3.24\nRUN apk add --no-cache restic\nENTRYPOINT ["restic"]\n'],
    ['stores data somewhere', 'FROM scratch\nCOPY minio /minio\nCMD ["/minio"]\n'],
    [
      'is for development',
      '# Dev-only: the release has another file.\nFROM alpine:3.24\nCOPY app /app\nENTRYPOINT ["/app"]\n',
    ],
  ])('and %s gets a hint', (_, text) => {
    expect(told(text, 'final-stage-runs-as-root')).toEqual([]);
    expect(found(text).map(({ rule }) => rule)).toContain('final-stage-runs-as-root');
  });

  test('gets the cache that a variable names', () => {
    const text = 'FROM debian:13\nENV HUGGINGFACE_HUB_CACHE=/models\nCOPY app /usr/local/bin/\nENTRYPOINT ["app"]\n';
    const fixes = found(text).flatMap(({ rule, fixes }) => (rule === 'final-stage-runs-as-root' ? fixes : []));
    expect(fixes.map(({ title }) => title).join()).toContain('/models');
  });
});

describe('advice to upgrade says what is lost', () => {
  const advice = (text: string) => found(text).find(({ rule }) => rule === 'end-of-life-image');
  const apt = (words: string): string => `RUN apt-get update && apt-get install -y ${words}`;
  test.each([
    ['a library', `FROM ubuntu:20.04\n${apt('libssl1.1')}\n`, 'no libssl1.1', []],
    ['a command', 'FROM debian:11\nRUN curl https://a.io/k | apt-key add -\n', 'no apt-key', ['debian:12', 'bookworm']],
    ['pip', `FROM debian:11\n${apt('python3-pip')} && pip3 install flask\n`, 'no Python that pip may install into', []],
    ['Python 2', 'FROM alpine:3.11\nRUN apk add --no-cache python\n', 'no python', []],
    ['a browser', `FROM ubuntu:20.04\n${apt('firefox')}\n`, 'no firefox outside a snap', []],
    ['a package with its version', `FROM debian:10\n${apt('netcat=1.10-41')}\n`, 'no netcat', []],
    ['in a stage on top', `FROM ubuntu:20.04 AS base\nFROM base\n${apt('netcat')}\n`, 'no netcat', ['22.04']],
  ])('%s', (_, text, lost, tags) => {
    expect(advice(text)?.message).toContain(lost);
    const offered = advice(text)?.fixes.map(({ title }) => title) ?? [];
    expect(offered.filter(title => !tags.some(tag => title.includes(tag)))).toEqual([]);
  });

  test.each([
    [
      'pip in a virtual environment',
      `FROM debian:11\n${apt('python3-pip python3-venv')} && python3 -m venv /v && /v/bin/pip install a\n`,
    ],
    ['what the new release has', `FROM ubuntu:20.04\n${apt('netcat-openbsd python3 curl')}\n`],
  ])('but not of %s', (_, text) => {
    expect(advice(text)?.message).not.toContain('which has no');
    expect(advice(text)?.fixes.length).toBeGreaterThan(0);
  });
});

test('an image that only the build knows may have switched the cache of pip off', () => {
  const text = 'ARG IMAGE\nFROM $IMAGE\nRUN pip install -r requirements.txt\n';
  expect(told(text, 'pip-cache-left')).toEqual([]);
  expect(told(text.replace('IMAGE', 'IMAGE=python:3.14'), 'pip-cache-left')).toHaveLength(1);
});
