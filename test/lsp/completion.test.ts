import { describe, expect, test } from 'vitest';
import { type CompletionItem, CompletionRequest } from 'vscode-languageserver';
import { applyEdits } from '../../server/src/text/edits.js';
import { lineIndex, offsetAt, positionAt } from '../../server/src/text/line-index.js';
import { CAPABILITIES, Editor, URI } from './lib/editor.js';

/** The items at the cursor, which is `|` in the text, in the order that editors show. */
async function itemsAt(marked: string, settings: unknown = null, otherExtensions: readonly string[] = []) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const editor = await Editor.open({
    settings,
    start: { capabilities: CAPABILITIES, initializationOptions: { otherExtensions } },
  });
  await editor.type(text);
  const found = await editor.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri: URI },
    position: positionAt(lineIndex(text, 'utf-16'), offset),
  });
  const items = Array.isArray(found) ? found : (found?.items ?? []);
  const sorted = [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
  return { text, items: sorted, labels: sorted.map(({ label }) => label) };
}

function after(text: string, { textEdit }: CompletionItem): string {
  if (!textEdit || !('range' in textEdit)) throw new Error('no edit');
  const index = lineIndex(text, 'utf-16');
  const span = { start: offsetAt(index, textEdit.range.start), end: offsetAt(index, textEdit.range.end) };
  return applyEdits(text, [{ span, text: textEdit.newText }]);
}

const STAGES = 'FROM golang:1.25 AS build\nFROM node:22 AS web\nFROM scratch\n';

describe('completion', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    // Instructions.
    ['|', ['ARG', 'FROM'], ['RUN']],
    ['FROM a\n|', ['RUN', 'COPY', 'FROM', 'ARG'], ['MAINTAINER']],
    ['FROM a\nRU|', ['RUN'], ['run']],
    ['FROM a\nru|', ['run'], ['RUN']],
    ['FROM a\nONBUILD |', ['RUN'], ['--mount=']],
    ['FROM a\nRUN ls \\\n  |', [], ['RUN']],
    // Stages and images.
    ['FROM a AS x\nFROM |', ['x', 'scratch', 'debian'], []],
    ['FROM a AS x\nFROM b AS y\nFROM |\nFROM c AS z\n', ['x', 'y'], ['z']],
    ['FROM a |', ['AS'], ['debian']],
    [`${STAGES}COPY --from=|`, ['web', 'build'], []],
    [`${STAGES}RUN --mount=type=bind,from=b|`, ['build'], []],
    ['FROM node:|', ['24-slim', '22-slim'], ['latest', 'node']],
    ['FROM docker.io/library/node:2|', [], []],
    ['FROM example.com/node:|', [], ['24-slim']],
    // Flags and their values.
    [`${STAGES}COPY --|`, ['--from=', '--chown=', '--link', '--parents'], ['--mount=', '--checksum=']],
    [`${STAGES}COPY --link --l|`, [], []],
    [`${STAGES}COPY --link --|`, ['--from='], ['--link']],
    [`${STAGES}RUN --mount=type=cache,target=/x --mo|`, ['--mount='], []],
    [`${STAGES}HEALTHCHECK --int|`, ['--interval=', '--timeout='], []],
    [`${STAGES}RUN --network=|`, ['default', 'none', 'host'], []],
    ['FROM --platform=|', ['linux/amd64', 'linux/arm64'], []],
    [`${STAGES}COPY --link=|`, ['true', 'false'], []],
    [`${STAGES}COPY a --|`, [], ['--from=']],
    [`${STAGES}RUN \\\n  # why\n  --mount=type=|`, ['bind', 'cache', 'secret', 'ssh', 'tmpfs'], []],
    [`${STAGES}RUN --mount=|`, ['type=', 'target='], []],
    [`${STAGES}RUN --mount=type=cache,|`, ['target=', 'sharing=', 'id='], ['type=', 'env=', 'size=']],
    [`${STAGES}RUN --mount=type=secret,id=a,|`, ['env=', 'target=', 'required'], ['id=']],
    [`${STAGES}RUN --mount=type=cache,sharing=|`, ['shared', 'private', 'locked'], []],
    // Variables.
    ['ARG A=1\nFROM a:$|', ['A', 'TARGETARCH'], []],
    ['ARG A=1\nFROM a\nENV B=2\nARG C\nLABEL x=${|', ['B', 'C'], ['A', 'TARGETARCH']],
    ['FROM node:22\nENV B=2\nRUN echo "$|', ['B', 'NODE_VERSION'], []],
    ['FROM a AS x\nENV B=2\nFROM x\nWORKDIR /$|', ['B'], []],
    ['FROM a\nENV B=2\nCOPY <<E /\n$|\nE\n', ['B'], []],
    ['FROM a\nENV B=2\nRUN echo \\$|', [], ['B']],
    // Comments.
    ['# |\nFROM a\n', ['syntax=docker/dockerfile:1', 'check=skip=', 'dockwright ignore='], []],
    ['FROM a\n# |\nRUN x\n', ['dockwright ignore=', 'hadolint ignore='], ['syntax=docker/dockerfile:1']],
    ['FROM a\n# dockwright ignore=|\nRUN x\n', ['latest-tag'], ['DL3007', 'privileged-service']],
    ['FROM a\n# hadolint ignore=DL3008,|\nRUN x\n', ['DL3007'], ['latest-tag']],
    ['# check=skip=|\nFROM a\n', ['StageNameCasing', 'JSONArgsRecommended'], ['DL3007']],
    ['FROM a\n# checkov:skip=|\n', ['CKV_DOCKER_3'], []],
    ['FROM a\n#trivy:ignore:|\n', ['DS-0002'], []],
    ['FROM a\nRUN <<E\n# |\nE\n', [], ['dockwright ignore=']],
    ['FROM a\n# it is only prose |\n', [], ['dockwright ignore=']],
  ])('at %j', async (marked, some, none) => {
    const { labels } = await itemsAt(marked);
    expect(labels).toEqual(expect.arrayContaining([...some]));
    expect(labels.filter(label => none.includes(label))).toEqual([]);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('puts the label where the typed text was', async () => {
    for (const [marked, label, expected] of [
      [`${STAGES}COPY --fr| a b`, '--from=', `${STAGES}COPY --from= a b`],
      ['FROM node:2|\n', '22-slim', 'FROM node:22-slim\n'],
      ['FROM a\nENV 😀=1 B=2\nLABEL 😀=${|}\n', 'B', 'FROM a\nENV 😀=1 B=2\nLABEL 😀=${B}\n'],
      ['FROM a\nru|', 'run', 'FROM a\nrun'],
    ] as const) {
      const { text, items } = await itemsAt(marked);
      const item = items.find(one => one.label === label);
      expect(item && after(text, item)).toBe(expected);
    }
  });

  test.each([
    'FROM a\nCOPY|\n',
    'FROM node:22|\n',
    'FROM a\nCOPY --link| a b\n',
    'FROM a\nENV A=1 AB=2\nLABEL x=$A|\n',
  ])('has nothing for a word that is complete, so that Enter is a new line: %j', async marked => {
    expect((await itemsAt(marked)).labels).toEqual([]);
  });

  test('has what is likely first', async () => {
    const build = await itemsAt(`${STAGES}COPY --from=|`);
    expect(build.labels).toEqual(['web', 'build']);
    const node = await itemsAt('FROM node:|');
    expect(node.labels[0]).toBe('24-slim');
    const rules = await itemsAt('FROM debian:12\n# dockwright ignore=|\nRUN apt-get install curl\n');
    expect(rules.labels.slice(0, 4)).toContain('apt-get-install-without-yes');
  });

  test.each([
    [{ languageFeatures: 'off' }, [], false, false],
    [null, ['docker.docker'], true, false],
    [{ languageFeatures: 'on' }, ['docker.docker'], true, true],
  ])('with %j beside %j has rule names and mounts: %j, the rest: %j', async (settings, others, own, all) => {
    const has = async (marked: string): Promise<boolean> => (await itemsAt(marked, settings, others)).labels.length > 0;
    expect(await has('FROM a\n# dockwright ignore=|\n')).toBe(own);
    expect(await has('FROM a\nRUN --mount=|')).toBe(own);
    expect(await has('FROM a\nRUN --mount=type=|')).toBe(own);
    for (const marked of ['|', 'FROM a\nRUN --|', 'FROM a\nENV A=1\nRUN $|', 'FROM node:|', 'FROM a\nCOPY --link=|'])
      expect(await has(marked)).toBe(all);
  });

  test('is an empty list at any place of odd texts, never a failure', async () => {
    const texts = [
      '',
      '#',
      'FROM',
      'FROM a\nCOPY --from',
      'RUN <<',
      'FROM a\nENV',
      '\u0000',
      'ONBUILD',
      'FROM a:$',
      '# escape=`\nRUN a `\n $',
    ];
    for (const text of texts)
      for (let at = 0; at <= text.length; at++)
        expect((await itemsAt(`${text.slice(0, at)}|${text.slice(at)}`)).items).toBeInstanceOf(Array);
  }, 20_000);
});
