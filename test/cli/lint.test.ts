import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createShellcheckRunner } from '../../server/src/shellcheck/index.js';
import { createNodeHost } from '../../server/src/shellcheck/node/spawn.js';
import { bundleWorkers, WASM } from '../shellcheck/lib/bundles.js';
import { folder, run } from './run.js';

const BAD = 'FROM debian:12\nRUN apt-get install curl\nUSER 1000\n';
const FIXED = 'FROM debian:12\nRUN apt-get install -y curl\nUSER 1000\n';
const GOOD = 'FROM debian:12\nUSER 1000\n';
const ONLY = ['--no-shellcheck', '--ignore', 'DL3015,apt-lists-left'];

/** The paths and rules of a JSON report. */
async function paths(cwd: string, ...args: string[]): Promise<string[]> {
  const { out } = await run(cwd, ['lint', '--format', 'json', ...args]);
  return JSON.parse(out).files.map((file: { path: string }) => file.path);
}

describe('ignore files', () => {
  test.each([['1'], ['2']])('that of a Dockerfile comes before that of the folder, with --jobs %s', async jobs => {
    const text = 'FROM scratch\nCOPY a.txt b.txt /\n';
    const cwd = folder({
      'a.txt': '',
      'b.txt': '',
      Dockerfile: text,
      'Dockerfile.dev': text,
      '.dockerignore': 'b.txt\n',
      'Dockerfile.dev.dockerignore': 'a.txt\n',
    });
    const only = ['--select', 'copy-ignored-file', '--no-shellcheck', '--jobs', jobs];
    const { out } = await run(cwd, ['lint', '--format', 'json', ...only, '.']);
    const files: { path: string; findings: { message: string }[] }[] = JSON.parse(out).files;
    expect(files.map(({ path, findings }) => [path, findings.map(({ message }) => message)])).toEqual([
      ['Dockerfile', ['.dockerignore excludes “b.txt” from the build. Add an exception for it.']],
      ['Dockerfile.dev', ['Dockerfile.dev.dockerignore excludes “a.txt” from the build. Add an exception for it.']],
    ]);
  });
});

describe('exit status', () => {
  test('0 without findings, 1 with, by --fail-on', async () => {
    const cwd = folder({ Dockerfile: BAD, 'good/Dockerfile': GOOD });
    expect((await run(cwd, ['lint', ...ONLY, 'good/Dockerfile'])).code).toBe(0);
    expect((await run(cwd, ['lint', ...ONLY, 'Dockerfile'])).code).toBe(1);
    expect((await run(cwd, ['lint', ...ONLY, '--fail-on', 'error', 'Dockerfile'])).code).toBe(0);
    expect((await run(cwd, ['lint', ...ONLY, '--fail-on=never', 'Dockerfile'])).code).toBe(0);
  });
  test.each([
    ['an unknown command', ['lnt'], 'did you mean lint?'],
    ['a path in place of a command', ['Dockerfile'], 'did you mean dockwright lint Dockerfile?'],
    ['an option in place of a command', ['--format', 'json', 'x'], 'did you mean dockwright lint --format json x?'],
    [
      'an option of nobody',
      ['lint', '--zzzzzz'],
      'dockwright: lint has no option --zzzzzz. See dockwright lint --help.',
    ],
    ['an unknown option', ['lint', '--formt', 'json'], 'did you mean --format?'],
    ['an unknown format', ['lint', '--format', 'yaml'], '--format must be one of text, json'],
    ['an unknown level', ['lint', '--fail-on', 'style'], '--fail-on must be one of'],
    ['a missing value', ['lint', '--format'], 'format'],
    ['options that exclude each other', ['lint', '--config', 'x', '--no-config'], 'exclude each other'],
    [
      'a configuration that is not there',
      ['lint', '--config', 'nope.yaml', '.'],
      'nope.yaml cannot be read: There is no such file.',
    ],
    ['a PATH that is missing', ['harden'], 'harden needs a PATH'],
    ['lsp without a transport', ['lsp'], 'add --stdio'],
  ])('2 for %s, in one line', async (_, argv, message) => {
    const { code, out, err } = await run(folder({ Dockerfile: GOOD }), argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
  test.each([
    ['--select', 'apt-get-install-without-yess', 'did you mean apt-get-install-without-yes?'],
    ['--select', 'DL9999', '--select: Unknown rule “DL9999”.'],
    ['--ignore', 'apt-get-install-without-yess', 'did you mean apt-get-install-without-yes?'],
    ['--ignore', 'nonsense', '--ignore: Unknown rule “nonsense”.'],
  ])('2 for an unknown rule: %s %s', async (option, name, message) => {
    const { code, out, err } = await run(folder({ Dockerfile: BAD }), ['lint', ...ONLY, option, name]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
  test('a code that only another program has can be ignored, and is said', async () => {
    const { code, err } = await run(folder({ Dockerfile: GOOD }), ['lint', ...ONLY, '--ignore', 'DL9999']);
    expect([code, err]).toEqual([0, 'dockwright: --ignore: Unknown rule “DL9999”.\n']);
  });
});

describe('files that cannot be read', () => {
  test('are reported and do not stop the others', async () => {
    const cwd = folder({
      'a/Dockerfile': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      'b/Dockerfile': new Uint8Array([0x46, 0xe9, 0x0a]),
      'c/Dockerfile': new Uint8Array([0xff, 0xfe, 0x46, 0]),
      'd/Dockerfile': BAD,
    });
    const { code, out } = await run(cwd, ['lint', '--format', 'json', ...ONLY, '.', 'missing', 'no*pe']);
    expect(code).toBe(2);
    const { files } = JSON.parse(out);
    expect(files.map((file: { path: string; error: string | null }) => `${file.path}: ${file.error}`)).toEqual([
      'a/Dockerfile: This is a binary file.',
      'b/Dockerfile: null',
      'c/Dockerfile: The file is UTF-16: save it as UTF-8, which is all that Docker reads.',
      'd/Dockerfile: null',
      'missing: There is no such file.',
      'no*pe: No file matches this.',
    ]);
    expect(files[3].findings).toHaveLength(1);
    expect(files[1].findings[0].rule).toBe('syntax-error');
  });
  test('are not said to have no problems left', async () => {
    const { out } = await run(folder({}), ['lint', ...ONLY, 'missing']);
    expect(out).toContain('No problems found; 1 file could not be checked or written.');
  });
  test('nor is a report that cannot be written lost in silence', async () => {
    const { code, err } = await run(folder({ Dockerfile: GOOD }), ['lint', ...ONLY, '--output', 'no/x.json', '.']);
    expect([code, err]).toEqual([2, 'dockwright: no/x.json cannot be written: There is no such folder.\n']);
  });
  test('a file without an instruction is an error', async () => {
    for (const text of ['', '# later\n', 'ARG A\n']) {
      const { code, out } = await run(folder({ Dockerfile: text }), ['lint', 'Dockerfile']);
      expect([code, out]).toEqual([1, expect.stringMatching(/ error The file has no (?:instructions|FROM)/)]);
    }
  });
});

describe('PATH', () => {
  const files = {
    Dockerfile: GOOD,
    'Dockerfile.dev': GOOD,
    'Dockerfile.dockerignore': 'x',
    'web.Dockerfile': GOOD,
    'low.dockerfile': GOOD,
    'sub/Containerfile': GOOD,
    'sub/Containerfile.ci': GOOD,
    'sub/x.Containerfile': GOOD,
    'notes.md': GOOD,
    'out/Dockerfile': GOOD,
    'sub/tmp/Dockerfile': GOOD,
    'sub/keep/Dockerfile': GOOD,
    'node_modules/p/Dockerfile': GOOD,
    '.gitignore': '/out\n',
    'sub/.gitignore': 'tmp/\n*.Dockerfile\nkeep/*\n!keep/Dockerfile\n',
  };
  const found = [
    'Dockerfile',
    'Dockerfile.dev',
    'low.dockerfile',
    'sub/Containerfile',
    'sub/Containerfile.ci',
    'sub/keep/Dockerfile',
    'sub/x.Containerfile',
    'web.Dockerfile',
  ];
  test('a folder is searched as git sees it', async () => {
    const cwd = folder(files);
    expect(await paths(cwd, '.')).toEqual(found);
    expect(await paths(cwd)).toEqual(found);
    expect(await paths(cwd, 'sub')).toEqual(found.filter(path => path.startsWith('sub/')));
    expect(await paths(cwd, './sub/')).toEqual(found.filter(path => path.startsWith('sub/')).map(path => `./${path}`));
  });
  test('a file that is named is taken, whatever it is called or git thinks of it', async () => {
    expect(await paths(folder(files), 'notes.md', 'out/Dockerfile', 'notes.md')).toEqual([
      'notes.md',
      'out/Dockerfile',
    ]);
  });
  test('a glob', async () => {
    const cwd = folder(files);
    expect(await paths(cwd, '**/Containerfile*')).toEqual(['sub/Containerfile', 'sub/Containerfile.ci']);
    expect(await paths(cwd, '*.{D,d}ockerfile')).toEqual(['low.dockerfile', 'web.Dockerfile']);
    expect(await paths(cwd, join(cwd, 'sub/*/Dockerfile'))).toEqual([join(cwd, 'sub/keep/Dockerfile')]);
  });
  test('standard input, under a name', async () => {
    const { out, code } = await run(
      folder({}),
      ['lint', ...ONLY, '--format', 'json', '--stdin-filename', 'web/Dockerfile', '-'],
      { stdin: BAD },
    );
    expect(code).toBe(1);
    expect(JSON.parse(out).files[0].path).toBe('web/Dockerfile');
  });
});

describe('--fix and --diff', () => {
  test('--fix writes safe fixes and reports what is left', async () => {
    const cwd = folder({ Dockerfile: BAD });
    const { code, out } = await run(cwd, ['lint', ...ONLY, '--fix', 'Dockerfile']);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(FIXED);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^1 fix applied; no problems left\. Checked 1 file in \d+\.\d s\.\n$/),
    ]);
  });
  test('--fix leaves review fixes alone, --fix=review writes them', async () => {
    const cwd = folder({ Dockerfile: FIXED });
    const args = ['lint', '--no-shellcheck', '--ignore', 'apt-lists-left'];
    await run(cwd, [...args, '--fix', 'Dockerfile']);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(FIXED);
    await run(cwd, [...args, '--fix=review', 'Dockerfile']);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toContain('--no-install-recommends');
  });
  test('--diff writes nothing and prints a diff that git takes', async () => {
    const cwd = folder({ Dockerfile: BAD });
    const { code, out, err } = await run(cwd, ['lint', ...ONLY, '--fix', '--diff', 'Dockerfile']);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(BAD);
    expect(out).toBe(
      '--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,3 +1,3 @@\n FROM debian:12\n-RUN apt-get install curl\n+RUN apt-get install -y curl\n USER 1000\n',
    );
    expect([code, err]).toEqual([1, '']);
  });
  test.each([['lint --no-shellcheck --diff'], ['harden --diff']])(
    '%s of files outside of the current folder is a diff that git takes where it says',
    async command => {
      const cwd = folder({ 'a/sub/Dockerfile': BAD, 'a/x/Dockerfile': BAD, 'a/sub/y': '' });
      const sub = join(cwd, 'a/sub');
      const { out, err } = await run(sub, [...command.split(' '), '../x/Dockerfile', './Dockerfile', join(cwd, 'a/x')]);
      expect(out.match(/^(?:---|\+\+\+) .*/gm)).toEqual([
        '--- a/x/Dockerfile',
        '+++ b/x/Dockerfile',
        '--- a/sub/Dockerfile',
        '+++ b/sub/Dockerfile',
      ]);
      expect(err).toContain(`dockwright: the paths in the diff are those in ${join(cwd, 'a')}: apply it there.\n`);
      const applied = spawnSync('git', ['apply', '-'], { cwd: join(cwd, 'a'), input: out, encoding: 'utf8' });
      expect([applied.status, applied.stderr]).toEqual([0, '']);
      expect(readFileSync(join(cwd, 'a/x/Dockerfile'), 'utf8')).toContain('install -y');
    },
  );
  test('standard input comes out fixed, the report goes to standard error', async () => {
    const { out, err } = await run(folder({}), ['lint', ...ONLY, '--fix', '-'], { stdin: BAD.replace(/\n/g, '\r\n') });
    expect(out).toBe(FIXED.replace(/\n/g, '\r\n'));
    expect(err).toContain('1 fix applied');
  });
  test('a byte order mark stays', async () => {
    const cwd = folder({ Dockerfile: `\uFEFF${BAD}` });
    await run(cwd, ['lint', ...ONLY, '--fix', 'Dockerfile']);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(`\uFEFF${FIXED}`);
  });
});

describe('configuration', () => {
  const rules = async (cwd: string, ...args: string[]): Promise<string[]> => {
    const { out } = await run(cwd, ['lint', '--format', 'json', '--no-shellcheck', ...args]);
    return JSON.parse(out).files[0].findings.map((finding: { rule: string }) => finding.rule);
  };
  const YES = 'apt-get-install-without-yes';
  test('the nearest file counts; --no-config reads none; --config another', async () => {
    const cwd = folder({
      'a/b/Dockerfile': BAD,
      '.dockwright.yaml': 'ignore: [DL3014]\n',
      'other.yaml': 'rules: { DL3014: error }\n',
    });
    expect(await rules(cwd, 'a/b/Dockerfile')).not.toContain(YES);
    expect(await rules(cwd, '--no-config', 'a/b/Dockerfile')).toContain(YES);
    expect(await rules(cwd, '--config', 'other.yaml', 'a/b/Dockerfile')).toContain(YES);
  });
  test('the command line is above it', async () => {
    const cwd = folder({
      Dockerfile: BAD,
      '.dockwright.yaml': `profile: buildkit\nignore: [DL3014]\nrules: { ${YES}: off }\n`,
    });
    expect(await rules(cwd, 'Dockerfile')).toEqual([]);
    expect(await rules(cwd, '--select', YES, 'Dockerfile')).toEqual([YES]);
    expect(await rules(cwd, '--profile', 'hadolint', '--select', 'DL3014', 'Dockerfile')).toContain(YES);
  });
  const STOPPED =
    'dockwright: nothing was checked: correct the configuration first, or leave it out with --no-config.\n';
  test('a broken file is said once, and nothing is done', async () => {
    const cwd = folder({ Dockerfile: BAD, 'x/Dockerfile': BAD, '.dockwright.yaml': 'rules: [\n' });
    for (const argv of [
      ['lint', ...ONLY, '.'],
      ['lint', ...ONLY, '--fix', '.'],
      ['harden', '--write', '.'],
    ]) {
      const { code, out, err } = await run(cwd, argv);
      expect([code, out]).toEqual([2, '']);
      const [first, ...rest] = err.split(/(?<=\n)/);
      expect(first).toMatch(/^\.dockwright\.yaml:\d+:\d+ error: This file is not valid YAML: .*\n$/);
      expect(rest).toEqual([STOPPED]);
    }
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(BAD);
  });
  test.each([
    [
      'profile: strickt',
      '1:10 error: profile must be one of recommended, strict, hadolint, buildkit, all, not “strickt”; did you mean strict?',
    ],
    [
      'fail-on: inf',
      '1:10 error: fail-on must be one of error, warning, info, hint, never, not “inf”; did you mean info?',
    ],
    [
      'rules: { DL3008: eror }',
      '1:18 error: DL3008 must be one of off, error, warning, info, hint, not “eror”; did you mean error?',
    ],
    ['profil: strict', '1:1 error: Unknown option “profil”; did you mean profile?'],
    ['- profile: strict', '1:1 error: The configuration must be a map of names and values.'],
    ['strict-labels: 3', '1:16 error: strict-labels must be true or false.'],
    ['ignore: { a: b }', '1:9 error: ignore must be a list of strings.'],
    ['shellcheck: { severty: info }', '1:15 error: Unknown option “severty”; did you mean severity?'],
    ['rules: { apt-lists-lef: off }', '1:10 error: Unknown rule “apt-lists-lef”; did you mean apt-lists-left?'],
  ])('%s in it is an error at its place', async (text, message) => {
    const cwd = folder({ Dockerfile: GOOD, '.dockwright.yml': `${text}\n`, 'ci.yaml': `${text}\n` });
    const { code, err } = await run(cwd, ['lint', '--no-shellcheck', 'Dockerfile']);
    expect([code, err]).toEqual([2, `.dockwright.yml:${message}\n${STOPPED}`]);
    expect((await run(cwd, ['lint', '--no-shellcheck', '--no-config', 'Dockerfile'])).code).toBe(0);
    expect((await run(cwd, ['lint', '--no-shellcheck', '--config', 'ci.yaml', 'Dockerfile'])).code).toBe(2);
  });
  test('a code of another program that it ignores is a warning only', async () => {
    const cwd = folder({ Dockerfile: GOOD, '.dockwright.yml': 'ignore: [DL9999]\n' });
    const { code, err } = await run(cwd, ['lint', '--no-shellcheck', 'Dockerfile']);
    expect([code, err]).toEqual([0, '.dockwright.yml:1:10 warning: Unknown rule “DL9999”.\n']);
  });
  test('hadolint’s threshold, format and no-fail', async () => {
    const cwd = folder({
      Dockerfile: BAD,
      '.hadolint.yaml': 'failure-threshold: error\nformat: checkstyle\nignored: [DL3015]\n',
    });
    const { code, out } = await run(cwd, ['lint', '--no-shellcheck', 'Dockerfile']);
    expect(code).toBe(0);
    expect(out).toContain('<checkstyle');
  });
  test('hadolint’s environment counts in its profile only', async () => {
    const cwd = folder({ Dockerfile: BAD });
    const env = { HADOLINT_IGNORE: 'DL3014', HADOLINT_NOFAIL: 'true' };
    expect(
      (await run(cwd, ['lint', '--no-shellcheck', '--profile', 'hadolint', 'Dockerfile'], { env })).out,
    ).not.toContain('DL3014');
    expect((await run(cwd, ['lint', '--no-shellcheck', '--profile', 'hadolint', 'Dockerfile'], { env })).code).toBe(0);
    expect((await run(cwd, ['lint', '--no-shellcheck', 'Dockerfile'], { env })).out).toContain('DL3014');
  });
});

describe('ShellCheck', () => {
  test('--fix=review applies its replacements where one word is meant, and a second run changes nothing', async () => {
    const before = [
      'FROM debian:12-slim',
      'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
      'RUN cp -r /src/$DIST `pwd` && \\',
      '    # the list has to fall into words',
      '    apt-mark manual $keep && \\',
      '    for f in *.c; do cc $f; done',
      'USER 1000',
      'CMD exec java $JAVA_OPTS',
      '',
    ];
    const after = [...before];
    after[2] = 'RUN cp -r /src/"$DIST" $(pwd) && \\';
    after[5] = '    for f in *.c; do cc "$f"; done';
    const cwd = folder({ Dockerfile: before.join('\n') });
    const host = createNodeHost({ worker: (await bundleWorkers()).node, wasm: WASM });
    const shellcheck = () => createShellcheckRunner(host);
    const args = ['lint', '--jobs', '1', '--ignore', 'shell-form-command', 'Dockerfile'];
    await run(cwd, [...args, '--fix'], { shellcheck });
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(before.join('\n'));
    const { out } = await run(cwd, [...args, '--fix=review', '--diff'], { shellcheck });
    expect(out.split('\n').filter(line => /^[-+] /.test(line) || /^[-+]RUN/.test(line))).toHaveLength(4);
    await run(cwd, [...args, '--fix=review'], { shellcheck });
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(after.join('\n'));
    await run(cwd, [...args, '--fix=review'], { shellcheck });
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(after.join('\n'));
  });
  test('in profile hadolint makes the status that of hadolint, which keeps one comment of an instruction', async () => {
    const at = (code: number, level: 'warning' | 'info' | 'style', start: number) => ({
      ...{ code, level, start, end: start + 2, message: `About ${code}.` },
    });
    const said = [at(2046, 'warning', 9), at(2006, 'style', 9), at(2164, 'warning', 0), at(2086, 'info', 5)];
    const shellcheck = () => ({
      lint: () => Promise.resolve({ kind: 'linted' as const, comments: said }),
      dispose: () => {},
    });
    const cwd = folder({ Dockerfile: 'FROM debian:12\nRUN cd x; $y `z`\n' });
    const lint = (...args: string[]) =>
      run(cwd, ['lint', '--profile', 'hadolint', '--ignore', 'DL3003', ...args, 'Dockerfile'], { shellcheck });
    // The last by place, then by severity, is SC2006: style, which is below hadolint's threshold.
    const { code, out } = await lint();
    expect(code).toBe(0);
    for (const number of [2046, 2006, 2164, 2086]) expect(out).toContain(`[SC${number}]`);
    expect((await lint('--fail-on', 'hint')).code).toBe(1);
    // What is ignored has taken the place of the others all the same.
    expect((await lint('--fail-on', 'hint', '--ignore', 'SC2006')).code).toBe(0);
    // What hadolint's ShellCheck does not know yet takes nobody's place.
    said.push(at(2336, 'warning', 11));
    expect((await lint('--fail-on', 'hint')).code).toBe(1);
    said.pop();
    const strict = ['lint', '--profile', 'strict', '--ignore', 'DL3003', 'Dockerfile'];
    expect((await run(cwd, strict, { shellcheck })).code).toBe(1);
  });
  test('fails at infos in profile hadolint, unless something else is said', async () => {
    const cwd = folder({ Dockerfile: 'FROM debian:12\nRUN apt-get install -y git=1 && rm -rf /var/lib/apt/lists/*\n' });
    const code = async (...args: string[]): Promise<number> =>
      (await run(cwd, ['lint', '--no-shellcheck', '--profile', 'hadolint', ...args])).code;
    expect(await code()).toBe(1);
    expect(await code('--fail-on', 'warning')).toBe(0);
    expect((await run(folder({ Dockerfile: 'FROM debian\n' }), ['lint', '--no-shellcheck'], { env: {} })).code).toBe(1);
    expect((await run(cwd, ['lint', '--no-shellcheck', '--profile', 'buildkit'])).code).toBe(0);
  });
  test('says which script it did not read', async () => {
    const cwd = folder({ Dockerfile: 'FROM debian:12\nRUN true\nRUN ls\nUSER 1000\n' });
    const shellcheck = () => ({
      lint: ({ script }: { script: string }) =>
        Promise.resolve(
          script === 'ls'
            ? { kind: 'skipped' as const, reason: 'timed-out' as const }
            : { kind: 'linted' as const, comments: [] },
        ),
      dispose: () => {},
    });
    const { err } = await run(cwd, ['lint', 'Dockerfile'], { shellcheck });
    expect(err).toBe('dockwright: Dockerfile:3: ShellCheck did not read this script: it took too long.\n');
  });
  test('is asked through what is given, and ignored by comments', async () => {
    const comment = { code: 2086, level: 'info' as const, message: 'Double quote.', start: 5, end: 7 };
    const shellcheck = () => ({
      lint: () => Promise.resolve({ kind: 'linted' as const, comments: [comment] }),
      known: () => undefined,
      dispose: () => {},
    });
    const cwd = folder({
      Dockerfile: 'FROM debian:12\nRUN echo $x\n# hadolint ignore=SC2086\nRUN echo $x\nUSER 1000\n',
    });
    const { out } = await run(cwd, ['lint', '--format', 'json', '--ignore', 'consecutive-runs', 'Dockerfile'], {
      shellcheck,
    });
    const { findings } = JSON.parse(out).files[0];
    expect(findings.filter((finding: { rule: string }) => finding.rule === 'SC2086')).toMatchObject([
      {
        severity: 'hint',
        codes: ['SC2086'],
        range: { start: { line: 1, character: 9 }, end: { line: 1, character: 11 } },
      },
    ]);
    const without = await run(cwd, ['lint', '--no-shellcheck', '--format', 'json', 'Dockerfile'], { shellcheck });
    expect(without.out).not.toContain('SC2086');
  });
});
