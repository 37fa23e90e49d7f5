import { describe, expect, test } from 'vitest';
import { type CodeAction, CodeActionTriggerKind, type InitializeParams } from 'vscode-languageserver';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { SERVER_COMMANDS } from '../../shared/src/protocol.js';
import { at, CAPABILITIES, Editor, URI } from './lib/editor.js';

const BAD = 'FROM debian:12\nRUN apt-get update && apt-get install curl\nCMD ["x"]\n';
const FIXED = 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nCMD ["x"]\n';
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

type Capabilities = InitializeParams['capabilities'];
type Can = NonNullable<Capabilities['workspace']>;

const editing = (workspaceEdit: Can['workspaceEdit']): Capabilities => ({
  ...CAPABILITIES,
  workspace: { applyEdit: true, ...(workspaceEdit ? { workspaceEdit } : {}) },
});

async function opened(capabilities: Capabilities, text = BAD, files = {}): Promise<Editor> {
  const editor = await Editor.open({ files, start: { capabilities } });
  await editor.type(text);
  await editor.diagnostics();
  return editor;
}

const titled = (actions: readonly CodeAction[], title: string): CodeAction => {
  const found = actions.find(action => action.title === title);
  if (!found) throw new Error(`no action “${title}”`);
  return found;
};

describe('an edit', () => {
  test('has versions and annotations for those who know them', async () => {
    const editor = await opened(editing({ documentChanges: true, changeAnnotationSupport: {} }));
    await editor.run(SERVER_COMMANDS.harden, URI);
    const [edit] = editor.applied;
    expect(edit).toMatchObject({ documentChanges: [{ textDocument: { version: 1 } }] });
    expect(Object.keys(edit?.changeAnnotations ?? {}).length).toBeGreaterThan(0);
  });

  test('has no annotations for others', async () => {
    const editor = await opened(editing({ documentChanges: true }));
    await editor.run(SERVER_COMMANDS.harden, URI);
    expect(JSON.stringify(editor.applied)).not.toMatch(/annotation/i);
    expect(editor.applied[0]?.documentChanges).toBeDefined();
  });

  test.each([
    ['nothing', undefined],
    ['something else', { resourceOperations: ['create' as const], changeAnnotationSupport: {} }],
  ])('is one of changes for those who know %s', async (_, abilities) => {
    const editor = await opened(editing(abilities));
    await editor.run(SERVER_COMMANDS.harden, URI);
    expect(editor.applied.map(edit => Object.keys(edit))).toEqual([['changes']]);
    expect(JSON.stringify(editor.applied)).not.toMatch(/annotation/i);
    const action = titled(await editor.actions(at(1, 30)), 'Add -y');
    expect(Object.keys(action.edit ?? {})).toEqual(['changes']);
    expect(editor.after(action)).toBe(FIXED);
  });

  test.each([
    ['can', { documentChanges: true, resourceOperations: ['create' as const] }, true],
    ['can otherwise', { documentChanges: true, resourceOperations: ['rename' as const] }, false],
    ['cannot', { documentChanges: true }, false],
    ['has no order of changes', { resourceOperations: ['create' as const] }, false],
  ])('creates files only where the editor %s', async (_, abilities, creates) => {
    const files = { 'file:///work/app/package.json': '{}' };
    const editor = await opened(editing(abilities), 'FROM node:24\nCOPY . .\n', files);
    await editor.run(SERVER_COMMANDS.createDockerignore, URI);
    expect(JSON.stringify(editor.applied).includes('"kind":"create"')).toBe(creates);
    expect(JSON.stringify(editor.applied)).toContain('.env');
  });
});

describe('actions', () => {
  const acting = (codeAction: NonNullable<Capabilities['textDocument']>['codeAction'], applyEdit = true) => ({
    workspace: { applyEdit },
    textDocument: codeAction ? { codeAction } : {},
  });

  test('are commands for clients that know nothing else', async () => {
    const editor = await opened(acting({}));
    const menu = await editor.menu(at(1, 30));
    expect(menu.length).toBeGreaterThan(3);
    for (const action of menu) expect(action).toMatchObject({ title: expect.any(String), command: expect.any(String) });
    const fix = menu.find(({ title }) => title === 'Add -y');
    if (typeof fix?.command !== 'string' || !('arguments' in fix)) throw new Error('no command');
    await editor.run(fix.command, ...(fix.arguments ?? []));
    expect(editor.applied.map(edit => editor.after({ edit }))).toEqual([FIXED]);
    expect(menu.find(({ title }) => title.startsWith('Explain'))).toMatchObject({ command: SERVER_COMMANDS.explain });
  });

  test('are only those that need no edit for clients that take none', async () => {
    const editor = await opened(acting(undefined, false));
    const menu = await editor.menu(at(1, 30));
    expect(new Set(menu.map(({ command }) => command))).toEqual(new Set([SERVER_COMMANDS.explain]));
  });

  const KINDS: readonly (readonly [string, string[] | undefined])[] = [
    ['without kinds', undefined],
    ['with no kind', []],
    ['with the empty kind', ['']],
  ];
  test.each(KINDS)('for the whole file are in a menu %s', async (_, only) => {
    const editor = await opened(CAPABILITIES);
    const titles = (await editor.actions(at(1, 30), only)).map(({ title }) => title);
    expect(titles).toContain('Add -y');
    expect(titles.slice(-2)).toEqual(['Fix all safe problems', 'Harden this Dockerfile']);
  });

  test('for the whole file are not in every light bulb', async () => {
    const editor = await opened(CAPABILITIES);
    const triggerKind = CodeActionTriggerKind.Automatic;
    expect(await editor.menu(at(0, 1), { triggerKind })).toEqual([]);
    expect(await editor.menu(at(0, 1), { triggerKind, only: ['source'] })).toHaveLength(2);
  });

  test('leave out “fix all” in a menu where there is nothing to fix', async () => {
    const editor = await opened(CAPABILITIES, 'FROM debian:12\nUSER 1\nCMD ["x"]\n');
    expect((await editor.actions(at(0, 1))).map(({ title }) => title)).toEqual(['Harden this Dockerfile']);
  });

  test.each([
    ['source', ['source.fixAll.dockwright', 'source.harden.dockwright']],
    ['source.fixAll', ['source.fixAll.dockwright']],
    ['source.fixAll.dockwright', ['source.fixAll.dockwright']],
    ['source.harden', ['source.harden.dockwright']],
    ['source.harden.dockwright', ['source.harden.dockwright']],
    ['source.organizeImports', []],
  ])('of kind %s', async (only, kinds) => {
    const editor = await opened(CAPABILITIES);
    expect((await editor.actions(at(0, 0), [only])).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('of Harden have their edit when they are resolved', async () => {
    const editor = await Editor.open({ resolves: true });
    await editor.type(BAD);
    const [action] = await editor.actions(at(0, 0), ['source.harden']);
    expect(action?.edit).toBeUndefined();
    expect(action && editor.after(await editor.resolve(action))).toContain('USER 10001');
  });
});

describe('a whole file, for a client that gets all edits at once', () => {
  // Each line has findings of its own, and fixes for all of a kind.
  const long = `FROM debian:12\n${Array.from({ length: 200 }, (_, n) => `RUN cd /x${n} && apt-get install p${n} && sudo ls`).join('\n')}\n`;

  test('takes no seconds; what would take longer is done when it is chosen', async () => {
    const editor = await opened(CAPABILITIES, long);
    const begin = Date.now();
    const actions = await editor.actions(WHOLE);
    // The limit is 250 ms; the rest is for a busy machine.
    expect(Date.now() - begin).toBeLessThan(2000);
    expect(actions.length).toBeGreaterThan(400);
    for (const { edit, command, title } of actions) expect(edit ?? command, title).toBeDefined();
    const later = actions.find(({ command }) => command?.command === SERVER_COMMANDS.apply);
    await editor.run(SERVER_COMMANDS.apply, ...(later?.command?.arguments ?? []));
    expect(editor.applied).toHaveLength(1);
  });

  test('can be cancelled, and lets other messages through', async () => {
    const editor = await Editor.open({ later: work => setTimeout(work, 5) });
    await editor.type(long.slice(0, 1000));
    await editor.diagnostics();
    const source = new CancellationTokenSource();
    const listing = editor.menu(WHOLE, {}, source.token);
    const hovering = editor.hover(1, 15).then(() => 'hover');
    expect(await Promise.race([listing.then(() => 'list'), hovering])).toBe('hover');
    source.cancel();
    await expect(listing).rejects.toMatchObject({ code: -32800 });
  });
});

describe('a hover', () => {
  test.each<readonly [readonly ('markdown' | 'plaintext')[] | undefined, string]>([
    [undefined, 'markdown'],
    [[], 'markdown'],
    [['markdown'], 'markdown'],
    [['markdown', 'plaintext'], 'markdown'],
    [['plaintext'], 'plaintext'],
    [['plaintext', 'markdown'], 'plaintext'],
  ])('for a client of %j is %s', async (contentFormat, kind) => {
    const hover = contentFormat ? { hover: { contentFormat: [...contentFormat] } } : {};
    const editor = await opened({ textDocument: hover });
    const contents = (await editor.hover(1, 30))?.contents;
    expect(contents).toMatchObject({ kind });
    const text = JSON.stringify(contents);
    expect(/\*\*|```|\]\(/.test(text)).toBe(kind === 'markdown');
    expect(text).toContain('apt-get install -y');
  });
});
