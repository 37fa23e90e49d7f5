import { afterEach, describe, expect, test } from 'vitest';
import { type Diagnostic, TextDocumentSaveReason, WillSaveTextDocumentNotification } from 'vscode-languageserver/node';
import type { WorkerHost } from '../../server/src/shellcheck/index.js';
import { lineIndex, positionAt } from '../../server/src/text/line-index.js';
import { at, Editor, type EditorOptions, URI } from './lib/editor.js';

/** A ShellCheck that finds an error at the start of every script, at once. */
const ALWAYS_WRONG: WorkerHost = {
  async spawn(events) {
    queueMicrotask(() => events.onMessage({ kind: 'ready' }));
    return {
      post(message) {
        if (message.kind !== 'lint') return;
        const comment = { code: 1072, level: 'error', message: 'It does not end.', start: 0, end: 1 } as const;
        events.onMessage({ kind: 'linted', comments: [comment] });
      },
      terminate() {},
    };
  },
  after(_, run) {
    const timer = setImmediate(run);
    return () => clearImmediate(timer);
  },
};

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.connection.sendRequest('shutdown');
  editor?.connection.dispose();
  editor = undefined;
});

async function open(text: string, options: EditorOptions = {}): Promise<Editor> {
  const opened = await Editor.open({ shellcheck: ALWAYS_WRONG, settings: { profile: 'all' }, ...options });
  editor = opened;
  await opened.type(text);
  if (!options.pull) await opened.diagnostics();
  await settled();
  return opened;
}

/** Long enough for the answers of the ShellCheck above to arrive. */
const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 10));

/** The diagnostic and the text it is about, wherever that is. */
const saying = ({ range, code }: Diagnostic, text: string): string =>
  `${code} at ${range.start.character} of ${text.split('\n')[range.start.line]}`;

/**
 * Types `typed` at `offset`, key by key. After none of them is anything said about what has been typed, nor about the
 * rest what was not said before.
 */
async function typesQuietly(opened: Editor, offset: number, typed: string): Promise<void> {
  const before = opened.textOf();
  const said = new Set((opened.published.at(-1)?.diagnostics ?? []).map(one => saying(one, before)));
  const firstLine = before.slice(0, offset).split('\n').length - 1;
  for (let count = 0; count < typed.length; count++) {
    const position = positionAt(lineIndex(opened.textOf()), offset + count);
    await opened.edit({ start: position, end: position }, typed[count] ?? '');
    await opened.diagnostics();
    if (count % 9 === 0 || count === typed.length - 1) await settled();
    const soFar = typed.slice(0, count + 1);
    const lastLine = firstLine + soFar.split('\n').length - 1;
    for (const diagnostic of opened.published.at(-1)?.diagnostics ?? []) {
      const { start, end } = diagnostic.range;
      const isTyped = start.line <= lastLine && end.line >= firstLine;
      expect(isTyped ? saying(diagnostic, opened.textOf()) : undefined, `typed: ${soFar}`).toBeUndefined();
      expect(said, `typed: ${soFar}`).toContain(saying(diagnostic, opened.textOf()));
    }
  }
}

const INSTRUCTIONS: readonly (readonly [name: string, typed: string])[] = [
  ['a stage', 'FROM --platform=$BUILDPLATFORM golang:1.18-bullseye AS builder'],
  ['an image with a digest', 'FROM debian:12@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'],
  ['an unknown keyword', 'FORM ubuntu'],
  ['a keyword in lower case', 'run make'],
  [
    'a RUN over lines',
    'RUN apt-get update && \\\n    apt-get install -y curl=7.* \\\n\n    wget && \\\n    rm -rf /var/lib/apt/lists/*',
  ],
  ['a RUN with comments in it', 'RUN apt-get update \\\n  # what is needed\n  && apt-get install curl | sh'],
  ['a RUN with mounts', 'RUN --mount=type=cache,target=/root/.npm,sharing=locked --mount=type=secret,id=npm npm ci'],
  ['a RUN with a heredoc', 'RUN <<EOF\nset -e\nif [ -f x ]; then\n  echo "a\nb"\nfi\nEOF'],
  [
    'a RUN with a heredoc for a program',
    'RUN --network=none python3 <<-"END"\n\timport os\n\tprint(os.environ["A"])\n\tEND',
  ],
  ['an if', 'RUN if [ -f x ]; then echo yes; else echo no; fi'],
  ['a for', 'RUN for i in a b; do echo "$i"; done'],
  ['quotes', `RUN echo 'hello' "\${WORLD:-world}" $(date) \`id\``],
  ['a redirection', 'RUN < /dev/null cat > /tmp/x 2>&1'],
  ['a RUN in exec form', 'RUN ["/bin/bash", "-c", "echo hello"]'],
  ['CMD in exec form', 'CMD ["nginx", "-g", "daemon off;"]'],
  ['CMD in exec form over lines', 'CMD ["nginx", \\\n  "-g", \\\n  "daemon off;"]'],
  ['ENTRYPOINT', 'ENTRYPOINT ["docker-entrypoint.sh"'],
  ['a COPY', 'COPY --from=builder --chown=1000:1000 --chmod=0755 /src/bin/app /usr/local/bin/'],
  ['a COPY of heredocs', 'COPY <<a.txt <<b.txt /dest/\none\na.txt\ntwo\nb.txt'],
  ['a COPY in JSON', 'COPY ["a file", "/dest/"]'],
  [
    'an ADD',
    'ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/a.tar /',
  ],
  ['EXPOSE', 'EXPOSE 8080/tcp 9000-9010/udp'],
  ['ENV', 'ENV A=1 B="two words" C=\\\n  D=$A'],
  ['ENV as it was once written', 'ENV MODE fast and loose'],
  ['ARG', 'ARG VERSION=1.0'],
  ['LABEL', 'LABEL org.opencontainers.image.title="It\'s a title" \\\n      version=1'],
  ['USER', 'USER app:app'],
  ['WORKDIR', 'WORKDIR app/src'],
  ['VOLUME', 'VOLUME ["/data", "/log"]'],
  ['SHELL', 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]'],
  ['STOPSIGNAL', 'STOPSIGNAL SIGTERM'],
  ['HEALTHCHECK', 'HEALTHCHECK --interval=30s --timeout=5s --retries=3 \\\n  CMD curl -f http://localhost/ || exit 1'],
  ['ONBUILD', 'ONBUILD RUN apt-get update && apt-get install curl'],
  ['MAINTAINER', 'MAINTAINER Jane <jane@example.org>'],
  ['an ignore comment', '# dockwright ignore=latest-tag,untagged-image'],
  ['a hadolint comment', '# hadolint ignore=DL3008,DL3009'],
];

const ABOVE = `FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/app .

FROM debian:13-slim
ARG A=1
ENV B=2
RUN apt-get update && apt-get install curl
`;
const BELOW = `
COPY --from=build /out/app /app
RUN echo $B
USER 1000
EXPOSE 8080
CMD /app
`;

describe('nothing is said about an instruction while it is typed', () => {
  test.each(INSTRUCTIONS)('%s, at the end of a file', async (_, typed) => {
    await typesQuietly(await open(ABOVE), ABOVE.length, typed);
  });

  test.each(INSTRUCTIONS)('%s, in the middle of a file', async (_, typed) => {
    await typesQuietly(await open(`${ABOVE}\n${BELOW}`), ABOVE.length, typed);
  });

  test('a whole file, one instruction after the other', async () => {
    const opened = await open('');
    for (const [, typed] of INSTRUCTIONS) {
      await typesQuietly(opened, opened.textOf().length, typed);
      const end = positionAt(lineIndex(opened.textOf()), opened.textOf().length);
      await opened.edit({ start: end, end }, '\n');
      await opened.diagnostics();
      await settled();
    }
  });
});

const codes = (opened: Editor): (string | number | undefined)[] =>
  (opened.published.findLast(one => one.uri === URI)?.diagnostics ?? []).map(({ code }) => code);

const QUIET: EditorOptions = { settings: { shellcheck: 'off' } };

describe('what was held back is shown', () => {
  const HALF = 'FROM debian:13-slim\nUSER 1:1\nCOP';

  async function half(options: EditorOptions = QUIET): Promise<Editor> {
    const opened = await open('FROM debian:13-slim\nUSER 1:1\n', options);
    await typesQuietly(opened, opened.textOf().length, 'COP');
    expect(opened.textOf()).toBe(HALF);
    return opened;
  }

  test('when the line is left', async () => {
    const opened = await half();
    await opened.edit(at(2, 3), '\n');
    expect((await opened.diagnostics()).map(({ code }) => code)).toContain('syntax-error');
  });

  test.each([
    ['that go on', 'COP', 'Y a /\nRNU b\n\n# next'],
    ['that are the first', '', 'RNU b\n\n# next'],
    ['that begin another instruction', 'RN', 'U b\nRUN c'],
  ])('when it is left by several keys at once, %s', async (_, first, rest) => {
    const start = 'FROM debian:13-slim\nUSER 1:1\n';
    const opened = await open(start, QUIET);
    await typesQuietly(opened, start.length, first);
    const end = positionAt(lineIndex(opened.textOf()), opened.textOf().length);
    await opened.edit({ start: end, end }, rest);
    expect((await opened.diagnostics()).map(({ code }) => code)).toContain('syntax-error');
    const more = positionAt(lineIndex(opened.textOf()), opened.textOf().length);
    await opened.edit({ start: more, end: more }, ' x');
    expect((await opened.diagnostics()).map(({ code }) => code)).toContain('syntax-error');
  });

  test('when something else is typed', async () => {
    const opened = await half();
    await opened.edit(at(1, 8), '2');
    expect((await opened.diagnostics()).map(({ code }) => code)).toContain('syntax-error');
  });

  test('when the file is saved', async () => {
    const opened = await half();
    await opened.save();
    await expect.poll(() => codes(opened)).toContain('syntax-error');
  });

  test('not when the editor saves by itself', async () => {
    const opened = await half();
    await opened.connection.sendNotification(WillSaveTextDocumentNotification.type, {
      textDocument: { uri: URI },
      reason: TextDocumentSaveReason.AfterDelay,
    });
    await opened.save();
    await settled();
    expect(codes(opened)).not.toContain('syntax-error');
    await opened.save();
    await expect.poll(() => codes(opened)).toContain('syntax-error');
  });

  test('when the light bulb is asked for elsewhere, not when it is asked for here', async () => {
    const opened = await half();
    await opened.lightBulb(at(2, 1));
    await settled();
    expect(codes(opened)).not.toContain('syntax-error');
    await opened.lightBulb(at(0, 3));
    await expect.poll(() => codes(opened)).toContain('syntax-error');
  });

  test('to a client that pulls, which is told to ask again', async () => {
    const opened = await open('FROM debian:13-slim\nUSER 1:1\n', { ...QUIET, pull: true });
    await opened.edit(at(2, 0), 'COP');
    expect((await opened.pulled()).map(({ code }) => code)).not.toContain('syntax-error');
    await opened.save();
    await expect.poll(() => opened.refreshes).toBeGreaterThan(0);
    expect((await opened.pulled()).map(({ code }) => code)).toContain('syntax-error');
  });

  test('to somebody who asks what can be done', async () => {
    const opened = await half();
    const titles = (await opened.actions(at(2, 1))).map(({ title }) => title);
    expect(titles).toContain('Change to COPY');
  });
});

describe('nobody types', () => {
  const TEXT = 'FROM debian:13-slim\nRUN apt-get update && apt-get install curl\nUSER 1:1\n';

  test('where a fix is applied: the other findings stay', async () => {
    const opened = await open(TEXT, { ...QUIET, resolves: true });
    const action = (await opened.actions(at(1, 30))).find(({ title }) => title === 'Add -y');
    expect(action).toBeDefined();
    if (!action) return;
    const [change] = (await opened.resolve(action)).edit?.documentChanges ?? [];
    const [edit] = change && 'edits' in change ? change.edits : [];
    expect(edit && 'range' in edit && 'newText' in edit).toBe(true);
    if (!edit || !('newText' in edit)) return;
    await opened.edit(edit.range, edit.newText);
    const found = (await opened.diagnostics()).map(({ code }) => code);
    expect(found).not.toContain('apt-get-install-without-yes');
    expect(found).toContain('apt-get-install-recommends');
  });

  test('where another text takes the place of the whole', async () => {
    const opened = await open('FROM alpine:3\n', QUIET);
    await opened.type(TEXT);
    expect((await opened.diagnostics()).map(({ code }) => code)).toContain('apt-get-install-without-yes');
  });
});

test('a client that sends the whole text with each key is the same', async () => {
  const opened = await open('FROM debian:13-slim\nUSER 1:1\n', QUIET);
  for (const typed of ['R', 'RU', 'RUN', 'RUN apt-get install curl', 'RUN apt-get install curl \\\n']) {
    await opened.type(`FROM debian:13-slim\nUSER 1:1\n${typed}`);
    expect(await opened.diagnostics()).toEqual([]);
  }
});

test('keys that are sent together are typed, as those at several cursors are', async () => {
  const opened = await open('FROM debian:13-slim\nUSER 1:1\n\n\nSTOPSIGNAL SIGTERM\n', QUIET);
  await opened.edits([
    [at(2, 0), 'C'],
    [at(2, 1), 'O'],
    [at(3, 0), 'W'],
  ]);
  expect(await opened.diagnostics()).toEqual([]);
});
