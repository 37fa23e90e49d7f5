import { describe, expect, test } from 'vitest';
import { TextDocumentEdit } from 'vscode-languageserver-types';
import { dockerignoreEdit } from '../../server/src/service/dockerignore.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

/** What is written into the ignore file of a folder; undefined when there is nothing to add. */
function added(dockerfile: string, files: Readonly<Record<string, string>>): string[] | undefined {
  const beside = {
    context: snapshotFromFiles(files),
    fileUri: (path: string) => `file:///${path}`,
    fileText: (path: string) => files[path],
  };
  const { edit } = dockerignoreEdit('file:///Dockerfile', dockerfile, beside);
  const change = edit?.documentChanges.find(one => TextDocumentEdit.is(one));
  const text = TextDocumentEdit.is(change)
    ? change.edits.map(one => ('newText' in one ? one.newText : '')).join('')
    : '';
  return text === '' ? undefined : text.split('\n').filter(line => line !== '');
}

const NODE = { 'package.json': '{}', 'package-lock.json': '{}', 'src/a.ts': '', 'dist/a.js': '' };

describe('an ignore file', () => {
  test('keeps out what the build makes itself', () => {
    const lines = added('FROM node:24\nCOPY . .\nRUN npm ci && npm run build\n', NODE);
    expect(lines).toContain('dist');
    expect(lines).toContain('**/node_modules');
  });

  test('never keeps out what a COPY or a mount names', () => {
    const lines = added(
      'FROM node:24\nCOPY src src\nRUN npm ci && npm run build\nRUN --mount=type=bind,source=dist,target=/d cp -r /d /srv\nRUN --mount=source=.env,target=/e true\n',
      { ...NODE, '.env': 'A=1' },
    );
    expect(lines).not.toContain('dist');
    expect(lines).not.toContain('**/.env');
    expect(lines).toContain('**/node_modules');
  });

  test('keeps what somebody has let in', () => {
    const dockerfile = 'FROM nginx:1.29\nCOPY . /srv\n';
    const files = { 'certs/dev.key': '', 'a.pem': '', 'index.html': '' };
    expect(added(dockerfile, { ...files, '.dockerignore': '.git\n*.key\n!certs/dev.key\n' })).not.toContain('**/*.key');
    expect(added(dockerfile, { '.env': '', '.dockerignore': '.env*\n!.env\n' })).not.toContain('**/.env');
    expect(added(dockerfile, { ...files, '.dockerignore': '*\n!index.html\n' })).toBeUndefined();
  });

  test('gets lines with the endings that it has', () => {
    const files = { '.env': '', '.dockerignore': '.git\r\n.idea' };
    const lines = added('FROM nginx:1.29\nCOPY . /srv\n', files);
    expect(lines?.slice(0, 2)).toEqual(['\r', '**/.env\r']);
    expect(lines?.every(line => line.endsWith('\r'))).toBe(true);
  });

  test('keeps a secret out of a folder that is let in', () => {
    const files = { 'src/.env': 'A=1', 'src/a.js': '', '.dockerignore': '*\n!src\n' };
    expect(added('FROM node:24\nCOPY src /srv\n', files)).toContain('**/.env');
  });
});
