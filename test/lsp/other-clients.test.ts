import { describe, expect, test } from 'vitest';
import {
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  type InitializeParams,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import { READ_DIRECTORY_REQUEST, READ_FILE_REQUEST, SERVER_COMMANDS } from '../../shared/src/protocol.js';
import { Editor, URI } from './lib/editor.js';

const BAD = 'FROM debian:12\nRUN apt-get update && apt-get install curl\nCMD ["x"]\n';
const RULE = 'apt-get-install-without-yes';
const OFF = 'ignore: [DL3014]\n';

/** A client of few abilities, as old and small editors are. */
const PLAIN: InitializeParams['capabilities'] = { workspace: { didChangeConfiguration: {} }, textDocument: {} };

const rules = async (editor: Editor, uri: string): Promise<readonly unknown[]> =>
  (await editor.diagnostics(uri)).map(({ code }) => code);

describe('the folders that are open', () => {
  const folder = (uri: string): WorkspaceFolder => ({ uri, name: 'it' });
  const open = (...uris: string[]): Partial<InitializeParams> => ({ workspaceFolders: uris.map(folder) });

  const SIGNS = [...":+@,()=&[]!$;'*~ü", '%23', '%20', '%C3%BC'];

  test.each<readonly [string, string, Partial<InitializeParams>]>([
    ...SIGNS.map(sign => [`${sign} in a name`, `file:///a${sign}b`, open(`file:///a${sign}b`)] as const),
    ['%2B for +', 'file:///c++', open('file:///c%2b%2B')],
    ['+ for %2B', 'file:///c%2B%2b', open('file:///c++')],
    ['%3A for :', 'file:///C:/app', open('file:///c%3A/app')],
    [': for %3A', 'file:///c%3a/app', open('file:///C:/app')],
    ['a drive in lower case', 'file:///C:/app', open('file:///c:/app')],
    ['a drive', 'file:///C:', open('file:///C:/')],
    ['another computer', 'file://Nas/share', open('file://nas/share/')],
    ['the root', 'file://', open('file:///')],
    ['a slash at the end', 'file:///app', open('file:///app/')],
    ['the innermost of several', 'file:///a/b', open('file:///a', 'file:///a/b', 'file:///a/bc')],
    ['rootUri', 'file:///app', { rootUri: 'file:///app' }],
    ['rootUri, and no folders', 'file:///app', { rootUri: 'file:///app', workspaceFolders: null }],
    ['rootPath', 'file:///a%20+b', { rootPath: '/a +b' }],
  ])('%s', async (_, root, start) => {
    const editor = await Editor.open({
      files: { [`${root}/.dockwright.yaml`]: OFF },
      start: { capabilities: PLAIN, rootUri: null, workspaceFolders: null, ...start },
    });
    const uri = `${root}/deep/er/Dockerfile`;
    await editor.type(BAD, uri);
    expect(await rules(editor, uri)).not.toContain(RULE);
  });

  test('are not left when a configuration is looked for', async () => {
    const editor = await Editor.open({
      files: { 'file:///work/.dockwright.yaml': OFF },
      start: { capabilities: PLAIN, rootUri: 'file:///work/app', workspaceFolders: null },
    });
    await editor.type(BAD);
    expect(await rules(editor, 'file:///work/app/Dockerfile')).toContain(RULE);
  });

  test('have configurations that extend others, and say more of some files', async () => {
    const files = {
      'file:///work/app/.dockwright.yaml': 'extends: ./lint/base.yaml\nexclude: old\n',
      'file:///work/app/lint/base.yaml': `overrides:\n  - files: [loose]\n    ignore: [${RULE}]\n`,
    };
    const editor = await Editor.open({
      files,
      start: { capabilities: PLAIN, rootUri: 'file:///work/app', workspaceFolders: null },
    });
    for (const [name, isReported] of [
      ['Dockerfile', true],
      ['loose/Dockerfile', false],
      ['old/Dockerfile', false],
    ] as const) {
      const uri = `file:///work/app/${name}`;
      await editor.type(BAD, uri);
      expect([name, (await rules(editor, uri)).includes(RULE)]).toEqual([name, isReported]);
    }
  });

  test('may be others later', async () => {
    const editor = await Editor.open({
      files: { 'file:///work/other/.dockwright.yaml': OFF },
    });
    const uri = 'file:///work/other/deep/Dockerfile';
    await editor.type(BAD, uri);
    expect(await rules(editor, uri)).toContain(RULE);
    const event = { added: [folder('file:///work/other')], removed: [] };
    await editor.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event });
    await expect.poll(() => editor.latest(uri)).not.toContain(RULE);
    const back = { added: [], removed: [folder('file:///work/other/')] };
    await editor.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event: back });
    await expect.poll(() => editor.latest(uri)).toContain(RULE);
  });
});

describe('settings', () => {
  const settings = { rules: { [RULE]: 'off' } };
  const uri = 'file:///work/app/Dockerfile';

  test.each([
    ['as they are', settings],
    ['under our name', { dockwright: settings }],
    ['under “settings”', { settings }],
    ['under both', { settings: { dockwright: settings } }],
  ])('come with initialize, %s', async (_, initializationOptions) => {
    const editor = await Editor.open({ start: { capabilities: PLAIN, initializationOptions } });
    await editor.type(BAD, uri);
    expect(await rules(editor, uri)).not.toContain(RULE);
  });

  test.each([
    ['as they are', settings],
    ['under our name', { dockwright: settings, python: { rules: {} } }],
  ])('come with a notification, %s', async (_, pushed) => {
    const editor = await Editor.open({ start: { capabilities: PLAIN } });
    await editor.type(BAD, uri);
    expect(await rules(editor, uri)).toContain(RULE);
    await editor.pushSettings(pushed);
    await expect.poll(() => editor.latest(uri)).not.toContain(RULE);
    await editor.pushSettings({});
    await expect.poll(() => editor.latest(uri)).toContain(RULE);
  });

  test('that the client answers come before those it sends', async () => {
    const editor = await Editor.open({
      settings: { rules: {} },
      start: { initializationOptions: { ...settings, profile: 'hadolint' } },
    });
    await editor.type(`${BAD}MAINTAINER me\n`, uri);
    const found = await rules(editor, uri);
    expect(found).toContain(RULE);
    // What it leaves open, the others say.
    expect(found).not.toContain('final-stage-runs-as-root');
  });

  test('of other servers are not ours', async () => {
    const editor = await Editor.open({ start: { capabilities: PLAIN } });
    await editor.type(BAD, uri);
    await editor.diagnostics(uri);
    for (const other of [null, 'x', [], { python: settings }, { dockwright: 'x' }]) await editor.pushSettings(other);
    await editor.edit({ start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }, '# end\n', uri);
    expect(await rules(editor, uri)).toContain(RULE);
  });
});

describe('files that findings depend on', () => {
  const config = 'file:///work/app/.dockwright.yaml';
  const uri = 'file:///work/app/Dockerfile';

  test('are watched by clients that can', async () => {
    const editor = await Editor.open({
      watchFolder: () => {
        throw new Error('The server is not to watch as well.');
      },
    });
    await expect
      .poll(() => editor.registrations.map(({ method }) => method))
      .toContain('workspace/didChangeWatchedFiles');
    const { registerOptions } =
      editor.registrations.find(({ method }) => method === 'workspace/didChangeWatchedFiles') ?? {};
    for (const name of ['.dockwright.yaml', '.dockwright.json', '.hadolint.yml', '.dockerignore', '*.dockerignore'])
      expect(JSON.stringify(registerOptions)).toContain(name);
    await editor.type(BAD, uri);
    expect(await rules(editor, uri)).toContain(RULE);
    editor.files[config] = OFF;
    await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: config, type: 1 }],
    });
    await expect.poll(() => editor.latest(uri)).not.toContain(RULE);
  });

  test('are watched by the server for those that cannot', async () => {
    const watched = new Map<string, (name: string) => void>();
    const editor = await Editor.open({
      start: { capabilities: PLAIN },
      watchFolder: (folder, isWanted, changed) => {
        watched.set(folder, name => {
          if (isWanted(name)) changed();
        });
        return () => watched.delete(folder);
      },
    });
    const deep = 'file:///work/app/a/b/Dockerfile';
    await editor.type(BAD, deep);
    expect(await rules(editor, deep)).toContain(RULE);
    expect([...watched.keys()].sort()).toEqual(['file:///work/app', 'file:///work/app/a', 'file:///work/app/a/b']);
    editor.files[config] = OFF;
    watched.get('file:///work/app')?.('.dockwright.yaml');
    await expect.poll(() => editor.latest(deep)).not.toContain(RULE);
    const seen = editor.published.length;
    watched.get('file:///work/app')?.('README.md');
    await editor.close(deep);
    await expect.poll(() => editor.published.length).toBe(seen + 1);
    expect([...watched.keys()]).toEqual([]);
  });

  const EXTENDING = {
    [config]: 'extends: ../shared/strict.yaml\n',
    'file:///work/shared/strict.yaml': 'extends: ./deep/base.yaml\n',
    'file:///work/shared/deep/base.yaml': 'profile: recommended\n',
  };

  test('may be those that a configuration extends: the client watches for their names, once', async () => {
    const editor = await Editor.open({ files: EXTENDING });
    await editor.type(BAD, uri);
    expect(await rules(editor, uri)).toContain(RULE);
    const globs = (): string[] => JSON.stringify(editor.registrations).match(/\*\*\/(?:strict|base)\.yaml/g) ?? [];
    await expect.poll(globs).toEqual(['**/strict.yaml', '**/base.yaml']);
    editor.files['file:///work/shared/deep/base.yaml'] = OFF;
    await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: 'file:///work/shared/deep/base.yaml', type: 2 }],
    });
    await expect.poll(() => editor.latest(uri)).not.toContain(RULE);
    expect(globs()).toHaveLength(2);
  });

  test('may be those that a configuration extends: the server watches their folders', async () => {
    const watched = new Map<string, (name: string) => void>();
    const editor = await Editor.open({
      files: EXTENDING,
      start: { capabilities: PLAIN },
      watchFolder: (folder, isWanted, changed) => {
        watched.set(folder, name => {
          if (isWanted(name)) changed();
        });
        return () => watched.delete(folder);
      },
    });
    await editor.type(BAD, uri);
    expect(await rules(editor, uri)).toContain(RULE);
    expect([...watched.keys()].sort()).toEqual(['file:///work/app', 'file:///work/shared', 'file:///work/shared/deep']);
    editor.files['file:///work/shared/deep/base.yaml'] = OFF;
    watched.get('file:///work/shared/deep')?.('base.yaml');
    await expect.poll(() => editor.latest(uri)).not.toContain(RULE);
    // What is missing may come later.
    delete editor.files['file:///work/shared/deep/base.yaml'];
    watched.get('file:///work/shared/deep')?.('base.yaml');
    await expect.poll(() => editor.latest(uri)).toContain(RULE);
    expect([...watched.keys()]).toContain('file:///work/shared/deep');
    await editor.close(uri);
    await expect.poll(() => [...watched.keys()]).toEqual([]);
  });

  test('are watched by the server for those that refuse to after all', async () => {
    const watched: string[] = [];
    const editor = await Editor.open({
      refuses: ['client/registerCapability'],
      watchFolder: folder => {
        watched.push(folder);
        return () => {};
      },
    });
    await editor.type(BAD, uri);
    await expect.poll(() => watched).toEqual(['file:///work/app']);
    editor.files[config] = OFF;
    await editor.save(uri);
    await expect.poll(() => editor.latest(uri)).not.toContain(RULE);
  });

  test('are read again when a Dockerfile is saved', async () => {
    const editor = await Editor.open({ start: { capabilities: PLAIN } });
    await editor.type(BAD, uri);
    expect(await rules(editor, uri)).toContain(RULE);
    editor.files[config] = OFF;
    await editor.save(uri);
    await expect.poll(() => editor.latest(uri)).not.toContain(RULE);
  });
});

describe('what is not part of the protocol', () => {
  test('goes to nobody who has not asked', async () => {
    const editor = await Editor.open({ start: { initializationOptions: undefined } });
    const others: string[] = [];
    editor.connection.onUnhandledNotification(({ method }) => void others.push(method));
    for (const method of [READ_FILE_REQUEST, READ_DIRECTORY_REQUEST])
      editor.connection.onRequest(method, () => {
        others.push(method);
        return null;
      });
    await editor.type(BAD);
    await editor.diagnostics();
    await editor.save();
    await editor.harden();
    expect(others).toEqual([]);
    expect(editor.statuses).toEqual([]);
  });
});

describe('who it is', () => {
  test('is said with its version', async () => {
    const { initialized } = await Editor.open();
    expect(initialized.serverInfo).toEqual({ name: 'dockwright', version: '1.2.3' });
  });
});

describe('diagnostics', () => {
  const client = (refreshSupport: boolean): InitializeParams['capabilities'] => ({
    workspace: { diagnostics: { refreshSupport } },
    textDocument: { diagnostic: {}, publishDiagnostics: {} },
  });

  test('are pushed, all of them, where the client pulls but cannot be told to pull again', async () => {
    const editor = await Editor.open({ start: { capabilities: client(false) } });
    expect(editor.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await editor.type(BAD);
    expect((await editor.diagnostics()).map(({ code }) => code)).toContain(RULE);
  });

  test('are pulled where it can', async () => {
    const editor = await Editor.open({ start: { capabilities: client(true) } });
    expect(editor.initialized.capabilities.diagnosticProvider).toBeDefined();
    await editor.type(BAD);
    expect((await editor.pulled()).map(({ code }) => code)).toContain(RULE);
    expect(editor.published).toEqual([]);
  });
});

describe('a client that answers everything with an error', () => {
  const refuses = [
    'client/registerCapability',
    'workspace/configuration',
    'workspace/diagnostic/refresh',
    'workspace/applyEdit',
    'window/showDocument',
  ];

  test('is served all the same', async () => {
    const failures: unknown[] = [];
    const onFailure = (reason: unknown): void => void failures.push(reason);
    process.on('unhandledRejection', onFailure);
    const editor = await Editor.open({ refuses });
    await editor.type(BAD);
    expect(await rules(editor, URI)).toContain(RULE);
    await editor.configure({ profile: 'hadolint' });
    await expect(editor.run(SERVER_COMMANDS.harden, URI)).rejects.toMatchObject({
      message: expect.stringMatching(/no/),
    });
    await editor.run(SERVER_COMMANDS.explain, RULE);
    await expect.poll(() => editor.shown.length).toBe(1);
    process.off('unhandledRejection', onFailure);
    expect(failures).toEqual([]);
  });
});

describe('a URI', () => {
  test.each([
    'file:////server/share/Dockerfile',
    'file:/Dockerfile',
    'file:Dockerfile',
    'Dockerfile',
    '/home/u/Dockerfile',
    'C:\\app\\Dockerfile',
    'file:///a%zzb/Dockerfile',
    'file:///a%2Fb/Dockerfile',
    'untitled:Untitled-1',
    'x:',
    '',
  ])('%j ends nothing', async uri => {
    const failures: unknown[] = [];
    const onFailure = (reason: unknown): void => void failures.push(reason);
    process.on('unhandledRejection', onFailure);
    const editor = await Editor.open();
    await editor.type(BAD, uri);
    expect(await rules(editor, uri)).toContain(RULE);
    await editor.close(uri);
    process.off('unhandledRejection', onFailure);
    expect(failures).toEqual([]);
  });

  test('of a folder that is none counts for nothing', async () => {
    const folders = ['file:////x', '', 'C:\\x'].map(uri => ({ uri, name: '' }));
    const editor = await Editor.open({ start: { workspaceFolders: folders } });
    await editor.type(BAD);
    expect(await rules(editor, URI)).toContain(RULE);
  });
});
