import { describe, expect, test } from 'vitest';
import { ErrorCodes, type InitializeParams, LSPErrorCodes } from 'vscode-languageserver';
import { SERVER_COMMANDS } from '../../shared/src/protocol.js';
import { at, CAPABILITIES, Editor, URI } from './lib/editor.js';

const BAD = 'FROM debian:12\nRUN apt-get update && apt-get install curl\nCMD ["curl", "-V"]\n';
const FIXED =
  'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nCMD ["curl", "-V"]\n';
const { explain, fixAll, harden, createDockerignore, apply } = SERVER_COMMANDS;

const without = (part: 'window' | 'workspace'): InitializeParams['capabilities'] => ({ ...CAPABILITIES, [part]: {} });

async function opened(capabilities = CAPABILITIES, text = BAD): Promise<Editor> {
  const editor = await Editor.open({ start: { capabilities } });
  await editor.type(text);
  await editor.diagnostics();
  return editor;
}

test('all commands are advertised, under names that our extension does not register', async () => {
  const editor = await Editor.open();
  const { commands = [] } = editor.initialized.capabilities.executeCommandProvider ?? {};
  expect([...commands].sort()).toEqual(Object.values(SERVER_COMMANDS).sort());
  for (const command of commands) expect(command).toMatch(/^dockwright\.server\./);
});

describe('explain', () => {
  test.each([
    ['apt-get-install-without-yes', /\/apt-get-install-without-yes\.md$/],
    ['DL3014', /\/apt-get-install-without-yes\.md$/],
    ['SC2086', /\/SC2086$/],
    ['syntax-error', /\/syntax-error\.md$/],
  ])('opens the page of %s', async (rule, page) => {
    const editor = await opened();
    await editor.run(explain, rule);
    expect(editor.opened).toEqual([{ uri: expect.stringMatching(page), external: true }]);
    expect(editor.shown).toEqual([]);
  });

  test('says what the page says where no page can be opened', async () => {
    const editor = await opened(without('window'));
    await editor.run(explain, 'apt-get-install-without-yes');
    await expect.poll(() => editor.shown).toEqual([expect.stringMatching(/apt-get install -y/)]);
    expect(editor.shown[0]).not.toMatch(/\*\*|```|\]\(/);
    expect(editor.opened).toEqual([]);
  });

  test('also where the editor has no browser', async () => {
    const editor = await opened();
    editor.works = false;
    await editor.run(explain, 'DL3014');
    await expect.poll(() => editor.shown.length).toBe(1);
  });

  test('knows when there is no page', async () => {
    const editor = await opened();
    await editor.run(explain, 'DL9999');
    await expect.poll(() => editor.shown).toEqual(['There is no documentation for “DL9999”.']);
  });

  test('is what the action of a finding does', async () => {
    const editor = await opened();
    const action = (await editor.actions(at(1, 30))).find(({ title }) => title.startsWith('Explain'));
    expect(action?.command).toMatchObject({ command: explain, arguments: ['apt-get-install-without-yes'] });
  });
});

describe('an edit by a command', () => {
  test.each([[URI], [{ uri: URI }], [undefined]])('fixes all for %j', async value => {
    const editor = await opened();
    await editor.run(fixAll, value);
    expect(editor.applied.map(edit => editor.after({ edit }))).toEqual([FIXED]);
  });

  test('hardens, and says what was done', async () => {
    const editor = await opened();
    await editor.run(harden, URI);
    expect(editor.applied).toHaveLength(1);
    expect(editor.after({ edit: editor.applied[0] ?? {} })).toContain('USER 10001');
    await expect.poll(() => editor.shown).toEqual([expect.stringMatching(/^Hardened: \d+ changes?\./)]);
  });

  test('adds a second stage when that is asked for, or says why not', async () => {
    const files = { 'file:///work/app/main.go': 'package main\n', 'file:///work/app/go.mod': 'module a\n' };
    const text = 'FROM golang:1.27\nWORKDIR /src\nCOPY . .\nRUN go build -o /srv\nCMD ["/srv"]\n';
    const editor = await Editor.open({ files });
    await editor.type(text);
    await editor.run(harden, URI);
    await editor.run(harden, URI, { multiStage: true });
    const [unasked = '', asked = ''] = editor.applied.map(edit => editor.after({ edit }));
    expect(unasked).not.toContain('AS build');
    expect(asked).toContain('COPY --from=build /srv /srv\n');
    await editor.type(text.replace('CMD ["/srv"]', 'CMD ["/other"]'));
    await editor.run(harden, URI, { multiStage: true });
    await expect.poll(() => editor.shown.at(-1)).toContain('No second stage was added: the build is not seen to make');
  });

  test('hardens a file that is not open', async () => {
    const uri = 'file:///work/app/other/Dockerfile';
    const editor = await Editor.open({ files: { [uri]: BAD } });
    await editor.run(harden, uri);
    expect(editor.applied[0]?.documentChanges).toMatchObject([{ textDocument: { uri, version: null } }]);
  });

  test('creates a .dockerignore, and shows it', async () => {
    const files = { 'file:///work/app/package.json': '{}', 'file:///work/app/.env': 'A=1' };
    const editor = await Editor.open({ files });
    await editor.type('FROM node:24\nCOPY . .\n');
    await editor.run(createDockerignore, URI);
    const uri = 'file:///work/app/.dockerignore';
    expect(editor.applied[0]?.documentChanges).toMatchObject([{ kind: 'create', uri }, { textDocument: { uri } }]);
    expect(editor.opened).toEqual([{ uri, takeFocus: true }]);
  });

  test('says when there is nothing to do', async () => {
    const editor = await Editor.open({ files: { 'file:///work/app/.dockerignore': '**\n' } });
    await editor.type('FROM debian:12\nUSER 1\nCMD ["curl", "-V"]\n');
    await editor.run(fixAll, URI);
    await editor.run(harden, URI);
    await editor.run(createDockerignore, URI);
    await expect
      .poll(() => editor.shown)
      .toEqual([
        'No problems can be fixed automatically.',
        expect.stringMatching(/^Nothing to harden: /),
        expect.stringMatching(/^The \.dockerignore already/),
      ]);
    expect(editor.applied).toEqual([]);
  });

  test('fails where the editor refuses it, or cannot do it', async () => {
    const refusing = await opened();
    refusing.works = false;
    const unable = await opened(without('workspace'));
    for (const editor of [refusing, unable])
      for (const command of [fixAll, harden])
        await expect(editor.run(command, URI)).rejects.toMatchObject({ code: LSPErrorCodes.RequestFailed });
    expect(unable.applied).toEqual([]);
  });

  test('fails for a text that is not there, or has changed meanwhile', async () => {
    const editor = await opened();
    await expect(editor.run(harden, 'file:///nowhere/Dockerfile')).rejects.toMatchObject({
      code: LSPErrorCodes.RequestFailed,
    });
    const [action] = await editor.actions(at(0, 0), ['source.harden']);
    const [title, data] = action?.command?.arguments ?? [];
    expect(title).toBe('Harden this Dockerfile');
    await editor.edit(at(0, 0), '# a line more\n');
    await expect(editor.run(apply, title, data)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
    expect(editor.applied).toEqual([]);
  });

  test('needs to know what it is about', async () => {
    const editor = await opened();
    await editor.type(BAD, 'file:///work/app/second/Dockerfile');
    for (const [command, ...values] of [[fixAll], [harden, 1], [explain], [explain, 1], [apply, 'x', {}], ['x', URI]])
      await expect(editor.run(String(command), ...values), String(command)).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
      });
  });
});
