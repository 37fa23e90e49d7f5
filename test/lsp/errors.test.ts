import { describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver';
import { Editor, URI } from './lib/editor.js';

const document = { textDocument: { uri: URI } };
const place = { line: 0, character: 0 };

const WRONG: readonly (readonly [string, readonly unknown[]])[] = [
  [
    'textDocument/codeAction',
    [{}, document, { ...document, range: {}, context: {} }, { ...document, range: { start: place, end: place } }],
  ],
  ['textDocument/hover', [{}, document, { ...document, position: { line: 'x', character: 0 } }, { position: place }]],
  ['textDocument/diagnostic', [{}, { textDocument: {} }, { textDocument: null }]],
  ['codeAction/resolve', [{}, { title: 1 }]],
  ['workspace/executeCommand', [{}, { command: 1 }, { command: 'dockwright.server.explain', arguments: 'x' }]],
  ['dockwright/harden', [{}, { uri: 1 }]],
  ['dockwright/dockerignore', [{}, { uri: null }]],
];

const all = WRONG.flatMap(([method, params]) => params.map(one => [method, one] as const));

test.each(all)('%s with %j is a mistake of the client', async (method, params) => {
  const editor = await Editor.open();
  await editor.type('FROM debian:12\n');
  await expect(editor.connection.sendRequest(method, params)).rejects.toMatchObject({ code: ErrorCodes.InvalidParams });
});

describe('a request', () => {
  test.each([...WRONG.map(([method]) => method), 'x/y'])('%s before initialize is refused', async method => {
    await expect(Editor.connect().sendRequest(method, {})).rejects.toMatchObject({
      code: ErrorCodes.ServerNotInitialized,
    });
  });

  test.each([...WRONG.map(([method]) => method), 'x/y'])('%s after shutdown is refused', async method => {
    const editor = await Editor.open();
    await editor.connection.sendRequest('shutdown');
    await expect(editor.connection.sendRequest(method, {})).rejects.toMatchObject({ code: ErrorCodes.InvalidRequest });
  });

  test('that nobody knows is refused', async () => {
    const editor = await Editor.open();
    await expect(editor.connection.sendRequest('x/y', {})).rejects.toMatchObject({ code: ErrorCodes.MethodNotFound });
  });

  test('to initialize is answered once', async () => {
    const editor = await Editor.open();
    await expect(
      editor.connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} }),
    ).rejects.toMatchObject({ code: ErrorCodes.InvalidRequest });
  });
});
