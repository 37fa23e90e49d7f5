import { describe, expect, test } from 'vitest';
import {
  type DocumentLink,
  DocumentLinkRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  type FoldingRange,
  FoldingRangeRequest,
  type SymbolInformation,
} from 'vscode-languageserver';
import { lineIndex, offsetAt } from '../../server/src/text/line-index.js';
import { CAPABILITIES, Editor, type EditorOptions, URI } from './lib/editor.js';

const TREE = {
  ...CAPABILITIES,
  textDocument: { ...CAPABILITIES.textDocument, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
};
const OF = { textDocument: { uri: URI } };

async function opened(text: string, options: EditorOptions = {}): Promise<Editor> {
  const editor = await Editor.open({ start: { capabilities: TREE }, ...options });
  await editor.type(text);
  return editor;
}

const symbols = (editor: Editor): Promise<(DocumentSymbol | SymbolInformation)[] | null> =>
  editor.connection.sendRequest(DocumentSymbolRequest.type, OF);
const folds = (editor: Editor): Promise<FoldingRange[] | null> =>
  editor.connection.sendRequest(FoldingRangeRequest.type, OF);
const links = (editor: Editor): Promise<DocumentLink[] | null> =>
  editor.connection.sendRequest(DocumentLinkRequest.type, OF);

const TWO_STAGES = `ARG VERSION=1.25
FROM golang:$VERSION AS build
WORKDIR /src
RUN go build \\
    -o /app
FROM scratch
COPY --from=build /app /app
`;

describe('the outline', () => {
  const shape = (items: readonly (DocumentSymbol | SymbolInformation)[]): unknown[] =>
    items.map(item =>
      'children' in item && item.children && item.children.length > 0
        ? [`${item.name} | ${item.detail}`, ...shape(item.children)]
        : `${item.name}${'detail' in item ? ` | ${item.detail}` : ''}`,
    );

  test('has the stages with their instructions', async () => {
    const found = (await symbols(await opened(TWO_STAGES))) ?? [];
    expect(shape(found)).toEqual([
      'ARG | VERSION=1.25',
      ['build | golang:$VERSION', 'WORKDIR | /src', 'RUN | go build -o /app'],
      ['stage 1 | scratch', 'COPY | /app /app'],
    ]);
    const [, build] = found;
    expect(build && 'range' in build && build.range).toEqual({
      start: { line: 1, character: 0 },
      end: { line: 4, character: 11 },
    });
    expect(build && 'selectionRange' in build && build.selectionRange).toEqual({
      start: { line: 1, character: 24 },
      end: { line: 1, character: 29 },
    });
  });

  test('is a list for clients that know no tree', async () => {
    const found = (await symbols(await opened(TWO_STAGES, { start: { capabilities: CAPABILITIES } }))) ?? [];
    expect(shape(found)).toEqual([
      'ARG VERSION=1.25',
      'build golang:$VERSION',
      'WORKDIR /src',
      'RUN go build -o /app',
      'stage 1 scratch',
      'COPY /app /app',
    ]);
    expect(found[2]).toMatchObject({ containerName: 'build', location: { uri: URI } });
  });

  test.each([
    ['nothing', ''],
    ['a comment', '# x\n'],
    ['half a FROM', 'FROM'],
    ['no stage', 'RUN x\n'],
    ['an unknown word', 'FOO x\nFROM'],
  ])('of %s is no failure, and each name is within its item', async (_, text) => {
    const inside = (items: readonly (DocumentSymbol | SymbolInformation)[]): void => {
      for (const item of items) {
        if (!('range' in item)) throw new Error('flat');
        const index = lineIndex(text, 'utf-16');
        const [from, to] = [offsetAt(index, item.range.start), offsetAt(index, item.range.end)];
        expect(offsetAt(index, item.selectionRange.start)).toBeGreaterThanOrEqual(from);
        expect(offsetAt(index, item.selectionRange.end)).toBeLessThanOrEqual(to);
        inside(item.children ?? []);
      }
    };
    inside((await symbols(await opened(text))) ?? []);
  });
});

describe('folding', () => {
  const lines = async (text: string): Promise<string[]> =>
    ((await folds(await opened(text))) ?? []).map(
      ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ''}`,
    );

  test('has stages and instructions of several lines', async () => {
    expect(await lines(TWO_STAGES)).toEqual(['1-4', '3-4', '5-6']);
  });

  test('has heredocs, each where there are several', async () => {
    const one = 'FROM a\nRUN <<EOF\nx\ny\nEOF\n';
    expect(await lines(one)).toEqual(['0-4', '1-4']);
    const two = 'FROM a\nCOPY <<A <<B /\n1\n2\nA\n3\n4\nB\n';
    expect(await lines(two)).toEqual(['0-7', '1-7', '2-4', '5-7']);
  });

  test('has blocks of comments, whatever they are above', async () => {
    const text = '# a\n# b\n\n# c\nFROM a\nRUN x \\\n  # d\n  # e\n  && y\n# f\n# g';
    expect(await lines(text)).toEqual(['0-1 comment', '4-8', '5-8', '6-7 comment', '9-10 comment']);
  });

  test('counts lines as the protocol does, in which a lone CR ends one', async () => {
    expect(await lines('# a\r# b\rFROM a\r\nRUN x \\\r\n  y\r\n')).toEqual(['0-2 comment', '3-4']);
  });
});

describe('links', () => {
  const found = async (text: string, options: EditorOptions = {}): Promise<Record<string, string>> => {
    const editor = await opened(text, options);
    const index = lineIndex(text, 'utf-16');
    return Object.fromEntries(
      ((await links(editor)) ?? []).map(({ range, target = '' }) => [
        text.slice(offsetAt(index, range.start), offsetAt(index, range.end)),
        target,
      ]),
    );
  };

  test.each([
    ['node:22', 'https://hub.docker.com/_/node'],
    ['docker.io/library/node', 'https://hub.docker.com/_/node'],
    ['bitnami/redis:7', 'https://hub.docker.com/r/bitnami/redis'],
    ['ghcr.io/astral-sh/uv:0.8', 'https://ghcr.io/astral-sh/uv'],
    ['mcr.microsoft.com/dotnet/sdk:9.0', 'https://mcr.microsoft.com/artifact/mar/dotnet/sdk'],
    ['quay.io/prometheus/node-exporter', 'https://quay.io/repository/prometheus/node-exporter'],
    ['public.ecr.aws/lambda/nodejs:22', 'https://gallery.ecr.aws/lambda/nodejs'],
  ])('lead from %s to its page', async (image, page) => {
    expect(await found(`FROM ${image}\n`)).toEqual({ [image]: page });
  });

  test.each(['scratch', 'registry.example.com/a/b:1', 'localhost:5000/a', '$BASE', 'a//b', '-x'])(
    'do not lead anywhere from %s',
    async image => {
      expect(await found(`FROM ${image}\n`)).toEqual({});
    },
  );

  test('follow the defaults of variables', async () => {
    const text = 'ARG V=22\nFROM node:${V}\nFROM node:${W}\n';
    expect(await found(text)).toEqual({ 'node:${V}': 'https://hub.docker.com/_/node' });
  });

  test('lead from a stage’s name to its FROM, and from an image in --from to its page', async () => {
    const text = `# syntax=docker/dockerfile:1
FROM debian:13 AS base
FROM base AS next
COPY --from=Base /a /
COPY --from=0 /b /
COPY --from=busybox /c /
RUN --mount=type=bind,from=base,target=/x ls
RUN --mount=from=alpine,target=/y ls
`;
    expect(await found(text)).toEqual({
      'docker/dockerfile:1': 'https://hub.docker.com/r/docker/dockerfile',
      'debian:13': 'https://hub.docker.com/_/debian',
      base: `${URI}#L2`,
      Base: `${URI}#L2`,
      0: `${URI}#L2`,
      busybox: 'https://hub.docker.com/_/busybox',
      alpine: 'https://hub.docker.com/_/alpine',
    });
  });

  test('lead from sources to the files that are there', async () => {
    const at = (path: string): string => `file:///work/app/${path}`;
    const files = { [at('go.mod')]: '', [at('cmd/main.go')]: '', [at('c.ini')]: '' };
    const text = `FROM scratch
ARG F=main.go
COPY go.mod /
COPY ["./cmd/$F", "/"]
COPY cmd missing *.ini /
COPY --from=x c.ini /
ADD https://example.com/go.mod /
RUN --mount=type=bind,source=c.ini,target=/c cat /c
`;
    const all = await found(text, { files });
    expect(Object.fromEntries(Object.entries(all).filter(([, target]) => target.startsWith('file:')))).toEqual({
      'go.mod': at('go.mod'),
      '"./cmd/$F"': at('cmd/main.go'),
      'c.ini': at('c.ini'),
    });
  });
});

describe('language features', () => {
  test.each<readonly [string | undefined, readonly string[], boolean]>([
    [undefined, [], true],
    ['auto', [], true],
    ['auto', ['exiasr.hadolint'], true],
    ['auto', ['docker.docker'], false],
    ['auto', ['ms-azuretools.vscode-docker'], false],
    ['auto', ['ms-azuretools.vscode-containers'], false],
    ['on', ['docker.docker'], true],
    ['off', [], false],
  ])('set to %j beside %j: %j', async (languageFeatures, otherExtensions, isOn) => {
    const editor = await opened(TWO_STAGES, {
      settings: { languageFeatures },
      start: { capabilities: TREE, initializationOptions: { otherExtensions } },
    });
    for (const answer of [await symbols(editor), await folds(editor), await links(editor)])
      expect(answer !== null).toBe(isOn);
  });

  test('are not for Compose files, nor for what is not checked', async () => {
    const editor = await Editor.open({ start: { capabilities: TREE } });
    const uri = 'file:///work/app/compose.yaml';
    await editor.type('services:\n  a:\n    image: x\n', uri, 'yaml');
    const of = { textDocument: { uri } };
    expect(await editor.connection.sendRequest(DocumentSymbolRequest.type, of)).toBeNull();
    expect(await editor.connection.sendRequest(FoldingRangeRequest.type, of)).toBeNull();
    await editor.type('x', 'file:///work/app/a.txt', 'plaintext');
    const text = { textDocument: { uri: 'file:///work/app/a.txt' } };
    expect(await editor.connection.sendRequest(DocumentLinkRequest.type, text)).toBeNull();
  });
});
