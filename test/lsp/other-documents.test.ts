import { describe, expect, test } from 'vitest';
import { DidChangeWatchedFilesNotification, FileChangeType } from 'vscode-languageserver';
import { Editor } from './lib/editor.js';

const folder = 'file:///work/app';
const NOT_A_DOCKERFILE = 'services:\n  web:\n    image: nginx\n';
const BAD = 'FROM debian:12\nFOO\n';

const codes = async (editor: Editor, uri: string): Promise<readonly unknown[]> =>
  (await editor.diagnostics(uri)).map(({ code }) => code);

describe('what the editor does not take for a Dockerfile gets nothing', () => {
  test.each([
    ['docker-bake.hcl', 'dockerbake'],
    ['build.sh', 'shellscript'],
    ['Dockerfile.dockerignore', 'ignore'],
    ['Dockerfile.dockerignore', 'dockerfile'],
    ['.dockerignore', ''],
    ['Dockerfile', 'plaintext'],
    ['Dockerfile.j2', 'jinja'],
    ['notes', ''],
  ])('%s as “%s”', async (name, language) => {
    const editor = await Editor.open();
    const uri = `${folder}/${name}`;
    await editor.type(NOT_A_DOCKERFILE, uri, language);
    expect(await codes(editor, uri)).toEqual([]);
    expect((await editor.harden(uri)).refusal).toBe('The editor does not treat it as a Dockerfile.');
  });
});

describe('what it does take for one is checked', () => {
  test.each([
    ['Dockerfile', 'dockerfile'],
    ['Dockerfile', 'Dockerfile'],
    ['Dockerfile', 'dockerfile-ts'],
    ['anything', 'dockerfile'],
    ['Containerfile', 'containerfile'],
    ['Dockerfile', ''],
    ['app.Dockerfile', ''],
  ])('%s as “%s”', async (name, language) => {
    const editor = await Editor.open();
    const uri = `${folder}/${name}`;
    await editor.type(BAD, uri, language);
    expect(await codes(editor, uri)).toContain('syntax-error');
  });
});

describe('a configuration file with mistakes', () => {
  const config = `${folder}/.dockwright.yaml`;
  const told = (editor: Editor): number | undefined =>
    editor.published.findLast(({ uri }) => uri === config)?.diagnostics.length;

  async function open(): Promise<Editor> {
    const editor = await Editor.open({ files: { [config]: 'bogus: 1\n' } });
    await editor.type('FROM debian:12\n');
    await expect.poll(() => told(editor)).toBe(1);
    return editor;
  }

  const changed = (editor: Editor, type: FileChangeType): Promise<void> =>
    editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: config, type }] });

  test.each(['open', 'closed'])('that is deleted takes them along, with the Dockerfile %s', async state => {
    const editor = await open();
    if (state === 'closed') await editor.close();
    delete editor.files[config];
    await changed(editor, FileChangeType.Deleted);
    await expect.poll(() => told(editor)).toBe(0);
  });

  test.each(['open', 'closed'])('that is corrected has none, with the Dockerfile %s', async state => {
    const editor = await open();
    if (state === 'closed') await editor.close();
    editor.files[config] = 'profile: strict\n';
    await changed(editor, FileChangeType.Changed);
    await expect.poll(() => told(editor)).toBe(0);
  });

  test('is reported again when it gets others', async () => {
    const editor = await open();
    await editor.close();
    editor.files[config] = 'bogus: 1\nother: 2\n';
    await changed(editor, FileChangeType.Changed);
    await expect.poll(() => told(editor)).toBe(2);
  });
});

describe('beside another extension', () => {
  const TEXT = `FROM debian AS a
FOO x
COPY --nonsense a b
MAINTAINER x
WORKDIR a
RUN apt-get update && apt-get install curl
CMD a
CMD b
`;
  const open = async (otherExtensions: readonly string[], yieldToOtherExtensions = true): Promise<Editor> => {
    const editor = await Editor.open({
      settings: { profile: 'all', shellcheck: 'off', yieldToOtherExtensions },
      start: { initializationOptions: { otherExtensions } },
    });
    await editor.type(TEXT);
    return editor;
  };
  const found = async (otherExtensions: readonly string[], yields = true): Promise<ReadonlySet<unknown>> =>
    new Set(
      (await (await open(otherExtensions, yields)).diagnostics()).map(
        ({ code, range }) => `${code} ${range.start.line}`,
      ),
    );

  const UNKNOWN = 'syntax-error 1';
  const FLAG = 'syntax-error 2';
  const DOCKERS = ['maintainer-instruction 3', 'relative-workdir 4', 'overridden-instruction 6'];
  const HADOLINTS = ['apt-get-install-without-yes 5', 'unpinned-apt-package 5'];
  const OURS = 'final-stage-runs-as-root 0';

  test.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    ['none', [], [], [UNKNOWN, FLAG, ...DOCKERS, ...HADOLINTS, OURS]],
    ['Docker DX', ['docker.docker'], [], [UNKNOWN, FLAG, ...DOCKERS, ...HADOLINTS, OURS]],
    ['Docker', ['ms-azuretools.vscode-docker'], [UNKNOWN, ...DOCKERS], [FLAG, ...HADOLINTS, OURS]],
    ['Container Tools', ['ms-azuretools.vscode-containers'], [UNKNOWN, ...DOCKERS], [FLAG, ...HADOLINTS, OURS]],
    ['hadolint', ['exiasr.hadolint'], [...DOCKERS, ...HADOLINTS], [UNKNOWN, FLAG]],
    ['a fork of it', ['TobiasHochguertel.hadolint'], [...DOCKERS, ...HADOLINTS], [UNKNOWN, FLAG]],
  ])('%s', async (_, installed, left, kept) => {
    const ours = await found(installed);
    for (const one of left) expect(ours).not.toContain(one);
    for (const one of kept) expect(ours).toContain(one);
  });

  test('all are shown when the settings say so, and fixes are always there', async () => {
    expect(await found(['exiasr.hadolint'], false)).toContain('apt-get-install-without-yes 5');
    const editor = await open(['exiasr.hadolint']);
    const range = { start: { line: 5, character: 30 }, end: { line: 5, character: 30 } };
    expect((await editor.actions(range)).map(({ title }) => title)).toContain('Add -y');
  });
});

describe('the status', () => {
  test('says that checking is off', async () => {
    const editor = await Editor.open({ settings: { enable: false } });
    await editor.type(BAD);
    await expect.poll(() => editor.statuses.at(-1)?.enabled).toBe(false);
  });

  test('says what is left out of a very large file', async () => {
    const editor = await Editor.open();
    await editor.type(`FROM debian:12\n${'RUN apt-get install curl\n'.repeat(1100)}`);
    await expect.poll(() => editor.statuses.at(-1)?.limits.length).toBeGreaterThan(0);
    expect(editor.statuses.at(-1)?.limits).toEqual([
      expect.stringMatching(/^Only the 1000 most severe of \d+ findings are shown$/),
      'ShellCheck reads only the first 1000 of 1100 scripts',
    ]);
  });
});

test('after saving, everything is said, whatever was typed last', async () => {
  const editor = await Editor.open({ settings: { run: 'onSave' }, pull: true });
  await editor.type('FROM debian:12-slim\nUSER 1\n');
  await editor.pulled();
  await editor.edit({ start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, 'RNU x\n');
  await editor.pulled();
  await editor.save();
  await expect.poll(async () => (await editor.pulled()).map(({ code }) => code)).toContain('syntax-error');
});

test('a client that pulls waits for saving when the settings say so', async () => {
  const editor = await Editor.open({ settings: { run: 'onSave' }, pull: true });
  await editor.type('FROM debian:12-slim\n');
  const before = await editor.pulled();
  await editor.type('FROM debian:12-slim\nFOO\n');
  expect(await editor.pulled()).toEqual(before);
  const refreshes = editor.refreshes;
  await editor.save();
  await expect.poll(() => editor.refreshes).toBeGreaterThan(refreshes);
  expect((await editor.pulled()).map(({ code }) => code)).toContain('syntax-error');
});
