import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entriesOf, tagsEver, tagsOfLine } from '../../server/src/tools/facts/library.js';
import { officialNames } from '../../server/src/tools/facts/official-names.js';
import { tagRow } from '../../server/src/tools/facts/tag-lists.js';

let folder = '';

const git = (...arguments_: readonly string[]): void => {
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...arguments_]);
};

function commit(lists: Readonly<Record<string, string>>, day: string): void {
  rmSync(join(folder, 'library'), { recursive: true, force: true });
  mkdirSync(join(folder, 'library'));
  for (const [name, text] of Object.entries(lists)) writeFileSync(join(folder, 'library', name), text);
  git('add', '--all');
  git('commit', '--quiet', '--message=lists', `--date=${day}T12:00:00Z`);
}

const list = (...tags: readonly string[]): string =>
  [
    'Maintainers: Somebody',
    'GitRepo: https://example.com/app.git',
    ...tags.map(line => `\nTags: ${line}\nArchitectures: amd64, arm32v7\nGitCommit: abc\nDirectory: 1/slim`),
    '',
  ].join('\n');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dockwright-lists-'));
  git('init', '--quiet');
  commit(
    { app: '1.0: git://example.com/app@abc 1.0\n1: git://example.com/app@abc 1.0\n', gone: list('1') },
    '2020-01-01',
  );
  commit({ app: list('1.1.0, 1.1, 1', '1.1.0-slim, 1.1-slim, 1.2.0-RC1, 1.2-rc-slim'), empty: list() }, '2021-02-03');
  commit({ app: list('1.1.1, 1.1, 1, latest', '1.1.1-slim, 1.1-slim, slim'), empty: list() }, '2022-03-04');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a checkout of official-images', () => {
  test('says which tags there ever were, in both forms of its lists', async () => {
    const ever = (await tagsEver(folder)).get('app') ?? new Set();
    expect([...ever].sort().join(' ')).toBe(
      '1 1.0 1.1 1.1-slim 1.1.0 1.1.0-slim 1.1.1 1.1.1-slim 1.2-rc-slim 1.2.0-RC1 latest slim',
    );
    expect(tagsOfLine('SharedTags: 3, 3.1')).toEqual(['3', '3.1']);
    expect(tagsOfLine('Architectures: amd64')).toEqual([]);
  });

  test('says from where each tag is built', () => {
    expect(entriesOf(folder, 'app')[1]).toEqual({
      tags: ['1.1.1-slim', '1.1-slim', 'slim'],
      architectures: ['amd64', 'arm32v7'],
      repository: 'https://example.com/app.git',
      commit: 'abc',
      directory: '1/slim',
      file: 'Dockerfile',
    });
  });

  test('becomes a short row for each image, without release candidates', async () => {
    const ever = (await tagsEver(folder)).get('app') ?? new Set();
    expect(tagRow(ever, entriesOf(folder, 'app'))).toEqual({
      versions: '1 1.0-1 1.1.0-1',
      live: '1 1.1 1.1.1',
      words: 'latest slim',
      variants: '=1-1.1|-slim=1.1',
      former: '',
      architectures: 'arm32v7=1 1.1',
    });
  });

  test('says which images are no longer built, and since when', () => {
    expect(officialNames(folder, '').lines.join('\n')).toContain("'empty:2021-02-03 gone:2021-02-03'");
    expect(officialNames(folder, '').lines.join('\n')).toContain("OFFICIAL_NAMES = 'app'");
  });
});
