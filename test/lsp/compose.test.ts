import { describe, expect, test } from 'vitest';
import { SERVER_COMMANDS } from '../../shared/src/protocol.js';
import { at, Editor } from './lib/editor.js';

const URI = 'file:///work/app/compose.yaml';
const TEXT =
  'services:\n  web:\n    image: nginx:1.30\n    privileged: true # for now\n    ports:\n      - "8080:81"\n';
const PRIVILEGED = at(3, 6);

async function opened(text = TEXT, files: Record<string, string> = {}, languageId = 'yaml'): Promise<Editor> {
  const editor = await Editor.open({ files });
  await editor.type(text, URI, languageId);
  return editor;
}

const rules = (found: readonly { readonly code?: unknown }[]): readonly unknown[] => found.map(({ code }) => code);

describe('a Compose file', () => {
  test.each(['yaml', 'dockercompose', ''])('is checked in the language “%s”', async languageId => {
    const editor = await opened(TEXT, {}, languageId);
    expect(rules(await editor.diagnostics(URI))).toContain('privileged-service');
  });

  test('is told by its name among other YAML', async () => {
    const editor = await Editor.open({});
    const other = 'file:///work/app/values.yaml';
    await editor.type(TEXT, other, 'yaml');
    expect(await editor.diagnostics(other)).toEqual([]);
  });

  test('is checked again with each change, also while it is broken', async () => {
    const editor = await opened();
    await editor.diagnostics(URI);
    await editor.type(`${TEXT}    environment: [\n`, URI);
    expect(rules(await editor.diagnostics(URI))).toEqual(
      expect.arrayContaining(['compose-syntax-error', 'privileged-service']),
    );
  });

  test('has quick fixes that change one thing', async () => {
    const editor = await opened(TEXT.replace(' # for now', ''));
    await editor.diagnostics(URI);
    const action = (await editor.actions(PRIVILEGED, undefined, URI)).find(
      ({ title }) => title === 'Remove privileged',
    );
    const edits = action?.edit?.documentChanges?.flatMap(change => ('edits' in change ? change.edits : []));
    expect(edits).toEqual([
      { range: { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } }, newText: '' },
    ]);
  });

  test('can be told to be silent, and says what a rule is about', async () => {
    const editor = await opened();
    await editor.diagnostics(URI);
    const titles = (await editor.actions(PRIVILEGED, undefined, URI)).map(({ title }) => title);
    expect(titles).toEqual(
      expect.arrayContaining([
        'Ignore “privileged-service” here',
        'Ignore “privileged-service” in this service',
        'Ignore “privileged-service” in this file',
        'Explain “privileged-service”',
      ]),
    );
    await editor.type(
      TEXT.replace('    privileged', '    # dockwright ignore=privileged-service\n    privileged'),
      URI,
    );
    expect(rules(await editor.diagnostics(URI))).not.toContain('privileged-service');
  });

  test('is fixed and hardened by commands', async () => {
    const editor = await opened(`version: "3"\n${TEXT}`);
    await editor.diagnostics(URI);
    await editor.run(SERVER_COMMANDS.fixAll, URI);
    await editor.run(SERVER_COMMANDS.harden, URI);
    const [fixed, hardened] = editor.applied.map(edit => JSON.stringify(edit));
    expect(fixed).toContain(JSON.stringify({ line: 0, character: 0 }));
    expect(hardened).toContain('read_only');
  });

  test('is read with what is beside it', async () => {
    const editor = await opened('services:\n  app:\n    build: .\n', {
      'file:///work/app/Dockerfile': 'FROM node:24-slim\nCMD ["node", "a.js"]\n',
    });
    expect(rules(await editor.diagnostics(URI))).toContain('service-runs-as-root');
    await editor.type('services:\n  app:\n    build: ./nowhere\n', URI);
    await editor.save(URI);
    await expect.poll(() => editor.latest(URI)).toContain('missing-file');
  });
});
