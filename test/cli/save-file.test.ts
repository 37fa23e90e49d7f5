import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { saveReport, saveText } from '../../server/src/cli/save-file.js';
import { folder, run } from './run.js';

const BAD = 'FROM debian:12\nRUN apt-get install curl\nUSER 1000\n';
const FIXED = 'FROM debian:12\nRUN apt-get install -y curl\nUSER 1000\n';
const ONLY = ['--no-shellcheck', '--ignore', 'DL3015,apt-lists-left'];
const isPosix = process.platform !== 'win32';

describe('a text that is saved', () => {
  test.runIf(isPosix)('keeps mode, links and what the link leads to', () => {
    const cwd = folder({ 'real/Dockerfile': 'old' });
    const real = join(cwd, 'real/Dockerfile');
    chmodSync(real, 0o750);
    symlinkSync('real/Dockerfile', join(cwd, 'link'));
    symlinkSync('link', join(cwd, 'link2'));
    expect(saveText(join(cwd, 'link2'), 'old', 'new')).toBeUndefined();
    expect(readFileSync(real, 'utf8')).toBe('new');
    expect(statSync(real).mode & 0o777).toBe(0o750);
    expect(lstatSync(join(cwd, 'link')).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(cwd, 'link2')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(cwd, 'real'))).toEqual(['Dockerfile']);
  });
  test.runIf(process.getuid?.() === 0)('keeps its owner', () => {
    const path = join(folder({ Dockerfile: 'old' }), 'Dockerfile');
    chownSync(path, 1234, 4321);
    chmodSync(path, 0o640);
    saveText(path, 'old', 'new');
    const { uid, gid, mode } = statSync(path);
    expect([uid, gid, mode & 0o777, readFileSync(path, 'utf8')]).toEqual([1234, 4321, 0o640, 'new']);
  });
  test.each([
    ['longer', 'a much longer text'],
    ['shorter', 'x'],
  ])('keeps its other names, when it becomes %s', (_, text) => {
    const cwd = folder({ Dockerfile: 'old text' });
    linkSync(join(cwd, 'Dockerfile'), join(cwd, 'other'));
    expect(saveText(join(cwd, 'Dockerfile'), 'old text', text)).toBeUndefined();
    expect(readFileSync(join(cwd, 'other'), 'utf8')).toBe(text);
    expect(statSync(join(cwd, 'other')).nlink).toBe(2);
    expect(readdirSync(cwd).sort()).toEqual(['.git', 'Dockerfile', 'other']);
  });
  test('replaces nothing that has changed since', () => {
    const path = join(folder({ Dockerfile: 'edited' }), 'Dockerfile');
    expect(saveText(path, 'read', 'fixed')).toMatch(/was changed while/);
    expect(readFileSync(path, 'utf8')).toBe('edited');
  });
  test('is done when another path has led to the same file', () => {
    const path = join(folder({ Dockerfile: 'fixed' }), 'Dockerfile');
    expect(saveText(path, 'read', 'fixed')).toBeUndefined();
  });
  test('is no longer there', () => {
    const cwd = folder({});
    expect(saveText(join(cwd, 'Dockerfile'), 'read', 'fixed')).toBe(
      'The file cannot be written: It was deleted while it was being checked.',
    );
    expect(existsSync(join(cwd, 'Dockerfile'))).toBe(false);
  });
  test('is not put in place of a folder', () => {
    const cwd = folder({});
    mkdirSync(join(cwd, 'Dockerfile'));
    expect(saveText(join(cwd, 'Dockerfile'), 'read', 'fixed')).toBe('The file cannot be written: It is a folder.');
  });
});

describe('a report that is saved', () => {
  test('replaces an older one, through a link too', () => {
    const cwd = folder({ 'out.json': 'a much longer report' });
    symlinkSync('out.json', join(cwd, 'latest'));
    expect(saveReport(join(cwd, 'latest'), 'new')).toBeUndefined();
    expect(readFileSync(join(cwd, 'out.json'), 'utf8')).toBe('new');
    expect(saveReport(join(cwd, 'fresh'), 'new')).toBeUndefined();
    expect(readFileSync(join(cwd, 'fresh'), 'utf8')).toBe('new');
  });
  test('says what is in the way', () => {
    const cwd = folder({});
    expect(saveReport(join(cwd, 'no/x'), '')).toBe('There is no such folder.');
    expect(saveReport(cwd, '')).toBe('It is a folder.');
  });
  test.runIf(process.platform === 'linux')('is written to a device, and a full one is said', () => {
    expect(saveReport('/dev/null', 'x')).toBeUndefined();
    expect(saveReport('/dev/full', 'x')).toBe('The disk is full.');
  });
  test('is not put in place of what it is about', async () => {
    const cwd = folder({ Dockerfile: BAD });
    const { code, err } = await run(cwd, ['lint', ...ONLY, '--output', './Dockerfile', '.']);
    expect(code).toBe(2);
    expect(err).toBe(
      'dockwright: --output would put the report in place of Dockerfile, which is to be checked: name another file.\n',
    );
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(BAD);
  });
});

describe('--fix and --write', () => {
  test.each([
    ['without a final newline', BAD.trimEnd(), FIXED.trimEnd()],
    ['with a byte order mark', `\uFEFF${BAD}`, `\uFEFF${FIXED}`],
    ['with CRLF', BAD.replaceAll('\n', '\r\n'), FIXED.replaceAll('\n', '\r\n')],
    ['with mixed ends of lines', BAD.replace('\n', '\r\n'), FIXED.replace('\n', '\r\n')],
  ])('a file %s stays so', async (_, before, after) => {
    const cwd = folder({ Dockerfile: before });
    await run(cwd, ['lint', ...ONLY, '--fix', 'Dockerfile']);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(after);
  });
  test('a file that is edited meanwhile keeps the edit, is named, and the status is 2', async () => {
    const cwd = folder({ Dockerfile: BAD, 'other/Dockerfile': BAD });
    const edited = `${BAD}# typed meanwhile\n`;
    const shellcheck = () => ({
      lint: () => {
        writeFileSync(join(cwd, 'Dockerfile'), edited);
        return Promise.resolve({ kind: 'linted' as const, comments: [] });
      },
      dispose: () => {},
    });
    const { code, out } = await run(
      cwd,
      ['lint', '--ignore', 'DL3015,apt-lists-left', '--fix=review', 'Dockerfile', 'other/Dockerfile'],
      { shellcheck },
    );
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(edited);
    expect(readFileSync(join(cwd, 'other/Dockerfile'), 'utf8')).toContain('-y');
    expect(out).toContain('Dockerfile error The file was changed while it was being checked');
    expect(code).toBe(2);
  });
  test('two links to one file fix it once', async () => {
    const cwd = folder({ 'a/Dockerfile': BAD });
    symlinkSync('a/Dockerfile', join(cwd, 'Dockerfile'));
    const { code } = await run(cwd, ['lint', ...ONLY, '--fix', '.']);
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'a/Dockerfile'), 'utf8')).toBe(FIXED);
    expect(lstatSync(join(cwd, 'Dockerfile')).isSymbolicLink()).toBe(true);
  });
});

describe('what is not a Dockerfile', () => {
  const README = '# App\n\n    FROM debian\n    RUN apt-get install x\n';
  test.each([['lint --fix'], ['lint --fix=review'], ['harden --write']])('is never written by %s', async command => {
    const files = { 'README.md': README, 'deploy.txt': 'add a b\napt-get install x\n', 'app/notes.sql': 'select 1\n' };
    const cwd = folder({ ...files, Dockerfile: BAD });
    await run(cwd, [...command.split(' '), 'Dockerfile', ...Object.keys(files)]);
    for (const [name, text] of Object.entries(files)) expect(readFileSync(join(cwd, name), 'utf8')).toBe(text);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).not.toBe(BAD);
  });
  test('says so, and comes out of standard input as it went in', async () => {
    const cwd = folder({ 'README.md': README, notes: `Text.\n${README}` });
    const { err } = await run(cwd, ['lint', ...ONLY, '--fix', 'README.md', 'notes']);
    expect(err).toContain('README.md is not named like a Dockerfile, so it was not changed.\n');
    expect(err).toContain('notes is not named like a Dockerfile and has syntax errors, so it was not changed.\n');
    const piped = await run(cwd, ['lint', ...ONLY, '--fix', '--stdin-filename', 'x.md', '-'], { stdin: README });
    expect(piped.out).toBe(README);
  });
  test('a Dockerfile by another name is fixed', async () => {
    const cwd = folder({ 'app-image': BAD });
    await run(cwd, ['lint', ...ONLY, '--fix', 'app-image']);
    expect(readFileSync(join(cwd, 'app-image'), 'utf8')).toBe(FIXED);
  });
});

describe('Latin-1', () => {
  const LATIN = Buffer.from('FROM debian:12\nRUN apt-get install curl # \xe9t\xe9\nUSER 1000\n', 'latin1');
  test('is checked with a warning, and not fixed', async () => {
    const cwd = folder({ Dockerfile: LATIN });
    const plain = await run(cwd, ['lint', ...ONLY, 'Dockerfile']);
    expect([plain.code, plain.out]).toEqual([1, expect.stringContaining('apt-get-install-without-yes')]);
    expect(plain.err).toContain('dockwright: Dockerfile is not valid UTF-8: ');
    for (const command of [
      ['lint', ...ONLY, '--fix'],
      ['lint', ...ONLY, '--fix=review'],
      ['harden', '--write'],
    ]) {
      const { err } = await run(cwd, [...command, 'Dockerfile']);
      expect(err).toContain('not valid UTF-8, so it was not changed: save it as UTF-8.');
      expect(readFileSync(join(cwd, 'Dockerfile')).equals(LATIN)).toBe(true);
    }
    const diff = await run(cwd, ['lint', ...ONLY, '--diff', 'Dockerfile']);
    expect(diff.out).toBe('');
  });
  test('is nothing that can be fixed on standard output', async () => {
    for (const command of [['lint', '--fix'], ['harden']]) {
      const { code, out } = await run(folder({}), [...command, '-'], { stdin: LATIN });
      expect(code).toBe(2);
      expect(out).not.toContain('FROM');
    }
  });
});
