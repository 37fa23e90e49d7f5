import { describe, expect, test } from 'vitest';
import { MarkupContent } from 'vscode-languageserver';
import { lineIndex, positionAt } from '../../server/src/text/line-index.js';
import { CAPABILITIES, Editor, type EditorOptions } from './lib/editor.js';

/** What is told at the cursor, which is `|` in the text. */
async function told(marked: string, options: EditorOptions = {}): Promise<string> {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const editor = await Editor.open(options);
  await editor.type(text);
  const { line, character } = positionAt(lineIndex(text, 'utf-16'), offset);
  const contents = (await editor.hover(line, character))?.contents;
  return MarkupContent.is(contents) ? contents.value : '';
}

describe('the hover of a variable', () => {
  test.each([
    ['FROM a\nENV V=1\nLABEL v=$|V\nENV V=2\n', '**V** is `1` here.'],
    ['FROM a\nENV |V=1\n', '**V** is `1` here.'],
    ['FROM a\nENV V=1\nENV V=$|V-2\n', '**V** is `1` here.'],
    ['FROM a\nENV V=1\nENV |V=$V-2\n', '**V** is `1-2` here.'],
    ['FROM a\nARG V=1\nRUN echo $|V\n', '**V** is `1` here, unless the build passes another argument.'],
    ['FROM a\nARG |V\n', '--build-arg V=…'],
    ['ARG V=1\nFROM a:$|V\n', '**V** is `1` here, unless'],
    ['ARG V=1\nFROM a\nARG V\nENV W=x$V\nLABEL w=$|W\n', '**W** is `x1` here, unless'],
    ['FROM a AS x\nENV V=1\nFROM x\nLABEL v=${|V}\n', '**V** is `1` here.'],
    ['FROM a\nENV V=\nLABEL v=$|V\n', '**V** is empty here.'],
    ['FROM a\nLABEL v=$|V\n', '**V** is not set here.'],
    ['FROM node:22\nLABEL v=$|NODE_VERSION\n', 'set by the base image'],
    ['FROM a\nARG |TARGETARCH\n', 'set by the builder'],
    ['FROM --platform=$|BUILDPLATFORM a\n', 'set by the builder'],
    ['FROM a\nARG X\nENV V=$X\nLABEL v=$|V\n', 'only the build knows'],
  ])('%j: %s', async (marked, expected) => {
    expect(await told(marked)).toContain(expected);
  });

  test('is cut where the value is long', async () => {
    expect((await told(`FROM a\nENV |V=${'x'.repeat(5000)}\n`)).length).toBeLessThan(1000);
  });
});

describe('the hover of a stage or an image', () => {
  test.each([
    ['FROM golang:1.25 AS |build\n', 'Stage **build**, built on `golang:1.25`.'],
    ['FROM alpine:3.22 AS a\nFROM a AS b\nFROM |b\n', 'Stage **b**, built on `a`, which is built on `alpine:3.22`.'],
    [
      'FROM alpine:3.22 AS a\nFROM scratch\nCOPY --from=|a / /\n',
      'System: Alpine Linux 3.22 · packages: `apk` · shell: `ash`',
    ],
    ['ARG V=13\nFROM deb|ian:$V\n', '**debian:13**'],
    ['FROM deb|ian:13\n', 'System: Debian 13 · packages: `apt-get` · shell: `dash` · user: `root`'],
    ['FROM ub|untu:24.04\n', 'Ubuntu 24.04'],
    ['FROM al|pine:3.9\n', 'Alpine 3.9 reached end of life'],
    ['FROM a\nCOPY --from=deb|ian:8 / /\n', 'Debian 8 reached end of life'],
    ['FROM my|base\n', 'No registry has it'],
  ])('%j: %s', async (marked, expected) => {
    expect(await told(marked)).toContain(expected);
  });

  test.each(['FROM example.com/|x\n', 'FROM $|X\n', 'FR|OM scratch\nUSER 1\n'])('says nothing at %j', async marked => {
    expect(await told(marked)).not.toContain('System');
  });

  test('comes before what a finding means', async () => {
    const text = await told('FROM alpine|:3.9\nUSER 1\nCMD ["x"]\n');
    expect(text.indexOf('System')).toBeGreaterThan(-1);
    expect(text.indexOf('end-of-life-image')).toBeGreaterThan(text.indexOf('System'));
  });

  test('is left to another extension that has it', async () => {
    const start = { capabilities: CAPABILITIES, initializationOptions: { otherExtensions: ['docker.docker'] } };
    expect(await told('FROM alpine|:3.22\nUSER 1\nCMD ["x"]\n', { start })).toBe('');
    expect(await told('FROM alpine|:3.9\nUSER 1\nCMD ["x"]\n', { start })).toMatch(/^\*\*/);
  });
});
