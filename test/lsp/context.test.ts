import { describe, expect, test } from 'vitest';
import { SERVER_COMMANDS } from '../../shared/src/protocol.js';
import { Editor } from './lib/editor.js';

const TOP = 'file:///work/app';
const URI = `${TOP}/docker/Dockerfile`;
const TEXT = 'FROM node:24\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .\nUSER node\nCMD ["node", "."]\n';

const files = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map(name => [`${TOP}/${name}`, '']));

async function codes(editor: Editor, text: string, uri = URI): Promise<readonly unknown[]> {
  await editor.type(text, uri);
  return (await editor.diagnostics(uri)).map(({ code }) => code);
}

describe('the build context of a Dockerfile in a folder of its own', () => {
  test('has its .dockerignore in the root', async () => {
    const editor = await Editor.open({ files: files('package.json', 'docker/entrypoint.sh', '.dockerignore') });
    expect(await codes(editor, TEXT)).not.toContain('copy-whole-context');
    const without = await Editor.open({ files: files('package.json', 'docker/entrypoint.sh') });
    expect(await codes(without, TEXT)).toContain('copy-whole-context');
  });

  test('gets one there', async () => {
    const editor = await Editor.open({ files: files('package.json', 'docker/entrypoint.sh') });
    await editor.type(TEXT, URI);
    await editor.run(SERVER_COMMANDS.createDockerignore, URI);
    expect(editor.applied[0]?.documentChanges).toMatchObject([
      { kind: 'create', uri: `${TOP}/.dockerignore` },
      { textDocument: { uri: `${TOP}/.dockerignore` } },
    ]);
  });

  test('does not reach above a repository in the workspace', async () => {
    const editor = await Editor.open({ files: files('package.json', '.dockerignore', 'docker/.git/config') });
    expect(await codes(editor, TEXT)).toContain('copy-whole-context');
  });

  test('is looked for again when a file is saved that names other sources', async () => {
    const editor = await Editor.open({ files: files('package.json', 'docker/go.mod', '.dockerignore') });
    const before = 'FROM node:24\nWORKDIR /app\nCOPY go.mod ./\nCOPY . .\nUSER node\n';
    expect(await codes(editor, before)).toContain('copy-whole-context');
    await editor.type(TEXT, URI);
    await editor.save(URI);
    await expect.poll(() => editor.latest(URI)).not.toContain('copy-whole-context');
  });
});

test('a Compose file above says how the containers of a Dockerfile are started', async () => {
  const compose = 'services:\n  api:\n    build: {context: docker, args: [TAG=13]}\n';
  const text = 'ARG TAG\nFROM debian:$TAG\nUSER 1000\nCMD ["/app"]\n';
  const passed = await Editor.open({ files: { [URI]: text, [`${TOP}/compose.yaml`]: compose } });
  expect(await codes(passed, text)).not.toContain('invalid-image-reference');
  const other = await Editor.open({ files: { [URI]: text, [`${TOP}/compose.yaml`]: compose.replace('TAG', 'OTHER') } });
  expect(await codes(other, text)).toContain('invalid-image-reference');
});
