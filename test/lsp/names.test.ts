import { describe, expect, test } from 'vitest';
import {
  DefinitionRequest,
  DocumentHighlightRequest,
  type Location,
  type Position,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { lineIndex, offsetAt, positionAt } from '../../server/src/text/line-index.js';
import { mark, unmark } from '../lib/markers.js';
import { CAPABILITIES, Editor, type EditorOptions, URI } from './lib/editor.js';

const AT = (position: Position) => ({ textDocument: { uri: URI }, position });

async function opened(text: string, options: EditorOptions = {}): Promise<Editor> {
  const editor = await Editor.open(options);
  await editor.type(text);
  return editor;
}

/** The text with marks around everything that is highlighted with the place of the cursor. */
async function highlighted(editor: Editor, position: Position): Promise<string> {
  const text = editor.textOf();
  const index = lineIndex(text, 'utf-16');
  const found = (await editor.connection.sendRequest(DocumentHighlightRequest.type, AT(position))) ?? [];
  return mark(
    text,
    found.map(({ range }) => ({ start: offsetAt(index, range.start), end: offsetAt(index, range.end) })),
  );
}

/** Whichever of the marked places the cursor is at, all of them are meant. */
async function expectTogether(marked: string): Promise<void> {
  const { text, spans } = unmark(marked);
  const editor = await opened(text);
  const index = lineIndex(text, 'utf-16');
  expect(spans.length).toBeGreaterThan(0);
  for (const { start, end } of spans) {
    expect(await highlighted(editor, positionAt(index, start))).toBe(marked);
    expect(await highlighted(editor, positionAt(index, end))).toBe(marked);
  }
}

describe('the places of a stage', () => {
  test.each([
    'FROM a AS «build»\nFROM «build» AS c\nCOPY --from=«Build» /x /\nRUN --mount=type=bind,from=«build»,target=/x ls\n',
    'FROM a AS «build»\nFROM b\nCOPY --from=«0» /x /\nCOPY --from=a /y /\n',
    // The same name again is another stage.
    'FROM a AS x\nFROM b AS «x»\nFROM «x»\n',
    'FROM b AS «y»\n# y\nRUN echo y\nFROM «y»\nCOPY --from=debian /y /y\n',
  ])('%j', expectTogether);
});

describe('the places of a variable', () => {
  test.each([
    // What BuildKit expands.
    'ARG «V»=1\nFROM a:$«V» AS x\nFROM --platform=linux/${«V»:-amd64} b\n',
    'FROM a\nARG «V»=1\nENV A=$«V» B="${«V»}" C=${X:-$«V»} D=\'$V\' E=\\$V\nLABEL v=$«V»$«V»\n',
    'FROM a\nENV «V»=1\nWORKDIR /$«V»\nUSER $«V»\nEXPOSE $«V»\nVOLUME ["/$«V»", "/b"]\nSTOPSIGNAL $«V»\nADD a$«V» b$«V»\n',
    'FROM a\nENV «V»=1\nCOPY --chown=$«V» --chmod=${«V»} ["$«V»", "/"]\nRUN --mount=type=cache,target=/$«V» ls\n',
    "FROM a\nENV «V»=1\nCOPY <<A <<'B' /\n$«V» \"${«V»}\" '$«V»'\nA\n$V\nB\n",
    'FROM a\nENV «V» 1 2\nLABEL a \\\n  # $V\n  $«V»\n',
    // What a shell expands.
    'FROM debian\nARG «V»=1\nRUN echo $«V» "${«V»%x}" ${#«V»} \'$V\' \\$V && x=$«V» > /$«V»\nCMD echo $V\n',
    'FROM debian\nENV «V»=1\nRUN if [ $«V» = 1 ]; then echo "$(cat $«V»)"; fi; for i in $«V»; do :; done; case $«V» in *) ;; esac\nCMD echo $«V»\nENTRYPOINT ["sh", "-c", "echo $«V»"]\n',
    'FROM debian\nARG «V»=1\nRUN <<EOF\necho $«V»\nEOF\nRUN cat <<A <<"B" > /x\n$«V»\nA\n$V\nB\nRUN bash -c "echo $«V»"\n',
    'FROM debian\nARG «V»=1\nSHELL ["pwsh", "-c"]\nRUN echo $V\n',
    // Scopes.
    'ARG «V»=1\nFROM a\nARG «V»\nRUN echo $«V»\nFROM b\nRUN echo $V\nFROM c\nARG «V»=2\nLABEL v=$«V»\n',
    'FROM a AS x\nENV «V»=1\nFROM x\nLABEL v=$«V»\nFROM b\nENV V=2\nLABEL v=$V\n',
    'FROM a\nENV V=1\nLABEL v=$V\nFROM b\nENV «V»=2\nLABEL v=$«V»\n',
    'FROM a\nENV «VERSION»=1 VERSION_2=2\nLABEL v=$«VERSION»$VERSION_2\n',
    '# escape=`\nFROM a\nENV «V»=1\nLABEL v=`$V w=$«V» x=\\$«V»\n',
  ])('%j', expectTogether);

  test('none where there is no name', async () => {
    const editor = await opened('FROM a\nENV V=1\nRUN echo hello\n');
    for (const position of [
      { line: 0, character: 1 },
      { line: 2, character: 9 },
      { line: 99, character: 9 },
    ]) {
      expect(await editor.connection.sendRequest(DocumentHighlightRequest.type, AT(position))).toBeNull();
      expect(await editor.connection.sendRequest(DefinitionRequest.type, AT(position))).toBeNull();
      expect(await editor.connection.sendRequest(PrepareRenameRequest.type, AT(position))).toBeNull();
    }
  });
});

describe('a definition', () => {
  /** The cursor is at the marked place; what it leads to is marked in the answer. */
  const from = async (marked: string): Promise<string> => {
    const { text, spans } = unmark(marked);
    const editor = await opened(text);
    const index = lineIndex(text, 'utf-16');
    const position = positionAt(index, spans[0]?.start ?? 0);
    const found = (await editor.connection.sendRequest(DefinitionRequest.type, AT(position))) as Location[] | null;
    return mark(
      text,
      (found ?? []).map(({ range }) => ({ start: offsetAt(index, range.start), end: offsetAt(index, range.end) })),
    );
  };

  test.each([
    ['FROM a AS x\nFROM «x»\n', 'FROM a AS «x»\nFROM x\n'],
    ['FROM a\nFROM b\nCOPY --from=«0» / /\n', 'FROM «a»\nFROM b\nCOPY --from=0 / /\n'],
    ['FROM a\nENV V=1\nENV V=2\nLABEL v=$«V»\n', 'FROM a\nENV V=1\nENV «V»=2\nLABEL v=$V\n'],
    ['FROM a\nENV V=1\nENV V=$«V»\n', 'FROM a\nENV «V»=1\nENV V=$V\n'],
    ['FROM a\nARG V=1 W=$«V»\n', 'FROM a\nARG «V»=1 W=$V\n'],
    ['ARG V=1\nFROM a\nARG V\nLABEL v=$«V»\n', 'ARG «V»=1\nFROM a\nARG «V»\nLABEL v=$V\n'],
    ['ARG V=1\nFROM a:$«V»\nARG V=2\n', 'ARG «V»=1\nFROM a:$V\nARG V=2\n'],
    [
      'FROM a AS x\nENV V=1\nFROM b\nENV V=3\nFROM x\nLABEL v=$«V»\n',
      'FROM a AS x\nENV «V»=1\nFROM b\nENV V=3\nFROM x\nLABEL v=$V\n',
    ],
    ['FROM a\nLABEL v=$«V»\nENV V=1\n', 'FROM a\nLABEL v=$V\nENV V=1\n'],
  ])('from %j', async (marked, expected) => {
    expect(await from(marked)).toBe(expected);
  });

  test('is among the references only where that is asked for', async () => {
    const editor = await opened('FROM a AS x\nFROM x\n');
    const lines = async (includeDeclaration: boolean) =>
      (
        await editor.connection.sendRequest(ReferencesRequest.type, {
          ...AT({ line: 1, character: 5 }),
          context: { includeDeclaration },
        })
      )?.map(({ range }) => range.start.line);
    expect(await lines(true)).toEqual([0, 1]);
    expect(await lines(false)).toEqual([1]);
  });
});

describe('a rename', () => {
  const run = async (marked: string, newName: string, options: EditorOptions = {}) => {
    const { text, spans } = unmark(marked);
    const editor = await opened(text, options);
    const position = positionAt(lineIndex(text, 'utf-16'), spans[0]?.start ?? 0);
    const edit: WorkspaceEdit | null = await editor.connection.sendRequest(RenameRequest.type, {
      ...AT(position),
      newName,
    });
    return { editor, edit, position };
  };

  test.each([
    [
      'FROM a AS «Build»\nFROM build AS c\nCOPY --from=build /build /build\nCOPY --from=0 /x /\n',
      'compile',
      'FROM a AS compile\nFROM compile AS c\nCOPY --from=compile /build /build\nCOPY --from=0 /x /\n',
    ],
    [
      'FROM a AS «x»\nFROM b\nRUN --mount=from=x,target=/x ls /x\n',
      'y1',
      'FROM a AS y1\nFROM b\nRUN --mount=from=y1,target=/x ls /x\n',
    ],
    [
      'ARG V=1\nFROM a:${V:-2}\nARG V\nRUN echo "$«V»" && make V=$V\nLABEL "v"="$V"\nCMD echo $V\n',
      'VERSION_OF_A',
      'ARG VERSION_OF_A=1\nFROM a:${VERSION_OF_A:-2}\nARG VERSION_OF_A\nRUN echo "$VERSION_OF_A" && make V=$VERSION_OF_A\nLABEL "v"="$VERSION_OF_A"\nCMD echo $V\n',
    ],
    [
      'FROM debian\nARG «V»=1\nCOPY <<E /$V\n$V\nE\nRUN <<E\necho $V\nE\n',
      'W',
      'FROM debian\nARG W=1\nCOPY <<E /$W\n$W\nE\nRUN <<E\necho $W\nE\n',
    ],
    ['FROM a\nVOLUME ["/$V"]\nENV «V»=1\nVOLUME ["/$V"]\n', 'W', 'FROM a\nVOLUME ["/$W"]\nENV W=1\nVOLUME ["/$W"]\n'],
    [
      'FROM a\nARG «VERSION»\nRUN go build -ldflags "-X main.VERSION=${VERSION}"\n',
      'V',
      'FROM a\nARG V\nRUN go build -ldflags "-X main.VERSION=${V}"\n',
    ],
    ['FROM a\nENV «V»=😀\nLABEL 😀=$V\n', 'LONGER', 'FROM a\nENV LONGER=😀\nLABEL 😀=$LONGER\n'],
  ])('of %j to %s', async (marked, newName, expected) => {
    const { editor, edit } = await run(marked, newName);
    expect(edit && editor.after({ edit })).toBe(expected);
  });

  test.each([
    // Names that mean something already.
    ['FROM a AS «x»\nFROM b AS y\n', 'y', 'in this file already'],
    ['FROM a AS «x»\nFROM debian\n', 'debian', 'in this file already'],
    ['FROM a AS «x»\n', 'X', 'cannot name a stage'],
    ['FROM a AS «x»\n', 'scratch', 'cannot name a stage'],
    ['FROM a AS «x»\n', '1', 'cannot name a stage'],
    ['FROM a\nARG «V»\nRUN make W=1\n', 'W', 'in this file already'],
    ['FROM a\nARG «V»\n', '1V', 'cannot name a variable'],
    ['FROM a\nARG «V»\n', 'TARGETARCH', 'meaning of its own'],
    // Names that others know.
    ['FROM a\nARG «TARGETARCH»\nRUN echo $TARGETARCH\n', 'ARCH', 'meaning of its own'],
    ['FROM a\nENV PATH=/x:$«PATH»\n', 'P', 'meaning of its own'],
    ['FROM node:22\nENV «NODE_VERSION»=1\n', 'V', 'base image'],
    ['FROM a\nFROM b\nCOPY --from=«0» / /\n', 'x', 'not defined'],
    ['FROM a AS x\nFROM b\nCOPY --from=«0» / /\n', 'y', 'by its number'],
    ['FROM a\nLABEL v=$«V»\n', 'W', 'not defined'],
    // What may mean it.
    ['FROM a AS «x»\nARG T\nFROM $T\n', 'y', 'line 3'],
    ['ARG T=x\nFROM a AS «x»\nFROM ${T}\n', 'y', 'line 3'],
    ["FROM a\nARG «V»\nRUN envsubst '$V'\n", 'W', 'line 3'],
    ['FROM a\nARG «V»\nRUN printenv V\n', 'W', 'line 3'],
    ['FROM a\nARG «V»\nRUN V=2 && echo $V\n', 'W', 'line 3'],
    ['FROM a\nARG «V»\nRUN export V=2\n', 'W', 'line 3'],
    ['FROM a\nARG «V»\nRUN for V in a b; do echo $V; done\n', 'W', 'line 3'],
    ['FROM a\nARG «V»\nRUN eval "echo \\$V"\n', 'W', 'line 3'],
    ["FROM a\nARG «V»\nRUN V=2 sh -c 'echo $V'\n", 'W', 'line 3'],
    ['FROM a\nARG «V»\nRUN python3 -c "import os; os.environ[\'V\']"\n', 'W', 'line 3'],
    ['FROM a\nARG «V»\nRUN <<E python3\nimport os; os.environ["V"]\nE\n', 'W', 'line 3'],
    ['FROM a\nARG «V»\nRUN <<E\n#!/usr/bin/env python3\nimport os; os.environ["V"]\nE\n', 'W', 'line 3'],
    ['FROM a\nARG «V»\nSHELL ["pwsh", "-c"]\nRUN echo $env:V\n', 'W', 'line 4'],
    ["FROM a\nARG «V»\nCOPY <<'E' /x.sh\necho $V\nE\nRUN sh /x.sh\n", 'W', 'line 3'],
    ['FROM a\nENV «V»=1\nONBUILD RUN echo $V\n', 'W', 'line 3'],
    ['FROM a\nENV «V»=1\nCMD ["app", "$V"]\n', 'W', 'line 3'],
    ['FROM {{ x }}\nENV «V»=1\n', 'W', 'template'],
  ])('of %j to %s is refused', async (marked, newName, reason) => {
    await expect(run(marked, newName)).rejects.toThrow(reason);
  });

  test('says beforehand what it would rename, or why not', async () => {
    const editor = await opened('FROM a AS Build\nFROM build\nENV PATH=/x:$PATH\n');
    const ask = (line: number, character: number) =>
      editor.connection.sendRequest(PrepareRenameRequest.type, AT({ line, character }));
    expect(await ask(0, 15)).toEqual({
      range: { start: { line: 0, character: 10 }, end: { line: 0, character: 15 } },
      placeholder: 'Build',
    });
    await expect(ask(2, 6)).rejects.toThrow('meaning of its own');
  });

  test('of what Compose names is refused', async () => {
    const files = {
      'file:///work/app/compose.yaml':
        'services:\n  web:\n    build:\n      context: .\n      target: build\n      args:\n        V: 1\n',
      'file:///work/app/.git/HEAD': '',
    };
    await expect(run('FROM a AS «build»\n', 'x', { files })).rejects.toThrow('“web”');
    await expect(run('FROM a AS build\nARG «V»\n', 'W', { files })).rejects.toThrow('“web”');
  });

  test('of the environment is to be confirmed, where the editor can', async () => {
    const workspaceEdit = { documentChanges: true, changeAnnotationSupport: {} };
    const start = { capabilities: { ...CAPABILITIES, workspace: { workspaceEdit } } };
    const { edit } = await run('FROM a\nENV «V»=1\n', 'W', { start });
    expect(Object.values(edit?.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: true }]);
    const arg = await run('FROM a\nARG «V»=1\n', 'W', { start });
    expect(arg.edit?.changeAnnotations).toBeUndefined();
  });
});
