import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { DEFAULT_OPTIONS } from '../../server/src/profiles/types.js';
import { toDiagnostics } from '../../server/src/service/convert.js';
import { lineIndex, lineIndexAfter, positionAt } from '../../server/src/text/line-index.js';
import { dockerfile } from '../fixes/generate.js';
import { Editor } from './lib/editor.js';

const snippet = fc.constantFrom(
  'FROM a\n',
  'FROM Build AS next\n',
  'USER root\n',
  'COPY --from=next a b\n',
  '# dockwright stage-ignore=latest-tag\n',
  '# check=skip=all\n',
  'ARG V=1\n',
  'RUN cd /x && apt-get install y\n',
  ' ',
  'x',
  '\\',
  '\n',
  '\r\n',
  '<<EOF',
  '😀',
  '',
);

/** Where an edit goes, as numbers to be fitted to the text as it then is. */
const edit = fc.record({ at: fc.nat(), length: fc.nat(30), inserted: snippet });

/** No editor has a cursor between CR and LF. */
const place = (text: string, at: number): number => (text[at] === '\n' && text[at - 1] === '\r' ? at - 1 : at);

let editor: Editor | undefined;
afterEach(() => {
  editor?.connection.dispose();
});

describe('diagnostics over the protocol', () => {
  test('after any edits are those of the text read anew', async () => {
    const server = await Editor.open({ settings: { profile: 'all', shellcheck: 'off' } });
    editor = server;
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(dockerfile, { minLength: 1, maxLength: 3 }),
        fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        async (files, rounds) => {
          const uri = `file:///work/app/${number++}.Dockerfile`;
          await server.type(files.join('\n'), uri);
          await server.diagnostics(uri);
          for (const round of rounds) {
            // Several edits in a row, of which only the last one's diagnostics are waited for.
            for (const { at, length, inserted } of round) {
              const text = server.textOf(uri);
              const from = place(text, at % (text.length + 1));
              const index = lineIndex(text);
              const end = positionAt(index, place(text, Math.min(text.length, from + length)));
              await server.edit({ start: positionAt(index, from), end }, inserted, uri);
            }
            // What is being typed is held back until it is saved.
            await server.save(uri);
            const options = { ...DEFAULT_OPTIONS, profile: 'all' } as const;
            const wanted = toDiagnostics(lint(server.textOf(uri), options));
            await expect.poll(() => server.published.findLast(one => one.uri === uri)?.diagnostics).toEqual(wanted);
          }
          await server.close(uri);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('the lines of a text', () => {
  test('are known after an edit without reading it again', () => {
    const text = fc
      .array(fc.constantFrom('a', '\n', '\r\n', '\r', 'bc'), { maxLength: 30 })
      .map(parts => parts.join(''));
    const counting = fc.constantFrom('file' as const, 'utf-16' as const, 'utf-8' as const);
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(20), text, counting, (before, at, length, inserted, counted) => {
        const from = at % (before.length + 1);
        const oldEnd = Math.min(before.length, from + length);
        const after = before.slice(0, from) + inserted + before.slice(oldEnd);
        const change = { from, oldEnd, newEnd: from + inserted.length };
        expect(lineIndexAfter(lineIndex(before, counted), after, change)).toEqual(lineIndex(after, counted));
      }),
      { numRuns: 2000 },
    );
  });
});
