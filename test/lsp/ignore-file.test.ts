import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readContext } from '../../server/src/lsp/context.js';
import { nodeFiles } from '../../server/src/lsp/node/files.js';
import { folder } from '../cli/run.js';
import { Editor } from './lib/editor.js';

const TEXT = 'FROM scratch\nCOPY a.txt b.txt /\n';
const FILES = { 'a.txt': '', 'b.txt': '', '.dockerignore': 'b.txt\n', 'Dockerfile.dev.dockerignore': 'a.txt\n' };

describe('the ignore file of a Dockerfile comes before that of the folder', () => {
  test('in an editor', async () => {
    const files = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`file:///work/app/${name}`, text]));
    const editor = await Editor.open({ files });
    const messages = async (uri: string): Promise<unknown[]> => {
      await editor.type(TEXT, uri);
      const found = await editor.diagnostics(uri);
      return found.filter(({ code }) => code === 'copy-ignored-file').map(({ message }) => message);
    };
    expect(await messages('file:///work/app/Dockerfile.dev')).toEqual([
      'Dockerfile.dev.dockerignore excludes “a.txt” from the build. Add an exception for it.',
    ]);
    expect(await messages('file:///work/app/Dockerfile')).toEqual([
      '.dockerignore excludes “b.txt” from the build. Add an exception for it.',
    ]);
  });

  test('on disk', async () => {
    const root = pathToFileURL(folder(FILES)).href;
    const host = { ...nodeFiles, version: '1.2.3', shellcheck: undefined, later: setImmediate };
    const ignore = async (name: string): Promise<unknown> =>
      (await readContext(host, `${root}/${name}`, { sources: ['a.txt', 'b.txt'], started: [], arguments: [] }, root))
        ?.snapshot.ignore;
    expect(await ignore('Dockerfile.dev')).toEqual({
      path: 'Dockerfile.dev.dockerignore',
      text: 'a.txt\n',
    });
    expect(await ignore('Dockerfile')).toEqual({ path: '.dockerignore', text: 'b.txt\n' });
  });
});

describe('what is unsaved in an ignore file counts', () => {
  const IGNORE = 'file:///work/app/.dockerignore';
  const files = { 'file:///work/app/a.txt': '', 'file:///work/app/b.txt': '', [IGNORE]: '' };

  test('as long as it is open', async () => {
    const editor = await Editor.open({ files });
    await editor.type(TEXT);
    expect((await editor.diagnostics()).map(({ code }) => code)).not.toContain('copy-ignored-file');
    await editor.type('b.txt\n', IGNORE, 'ignore');
    await expect.poll(() => editor.latest()).toContain('copy-ignored-file');
    await editor.type('# nothing\n', IGNORE, 'ignore');
    await expect.poll(() => editor.latest()).not.toContain('copy-ignored-file');
    await editor.type('b.txt\n', IGNORE, 'ignore');
    await expect.poll(() => editor.latest()).toContain('copy-ignored-file');
    await editor.close(IGNORE);
    await expect.poll(() => editor.latest()).not.toContain('copy-ignored-file');
    expect(editor.latest(IGNORE) ?? []).toEqual([]);
  });

  test('however the client spells its URI', async () => {
    const [folder, other] = ['file:///c%3A/app', 'file:///C:/app'];
    const editor = await Editor.open({
      files: { [`${folder}/b.txt`]: '', [`${folder}/.dockerignore`]: '' },
      start: { workspaceFolders: [{ uri: folder, name: 'app' }] },
    });
    await editor.type('b.txt\n', `${other}/.dockerignore`, 'ignore');
    await editor.type('FROM scratch\nCOPY b.txt /\n', `${folder}/Dockerfile`);
    const found = await editor.diagnostics(`${folder}/Dockerfile`);
    expect(found.map(({ code }) => code)).toContain('copy-ignored-file');
  });

  test('of a configuration only what is saved counts', async () => {
    const CONFIG = 'file:///work/app/.dockwright.yaml';
    const editor = await Editor.open({ files: { ...files, [CONFIG]: '' } });
    await editor.type('rules: {copy-ignored-file: of', CONFIG, 'yaml');
    await editor.type(TEXT);
    await editor.diagnostics();
    expect(editor.latest(CONFIG) ?? []).toEqual([]);
  });
});
