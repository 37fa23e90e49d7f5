import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type PositionEncodingKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { lineIndex, offsetAt, positionAt } from '../../server/src/text/line-index.js';
import { at, CAPABILITIES, Editor, URI } from './lib/editor.js';

const text = fc
  .array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', 'é', '€', '😀', ' '), { maxLength: 30 })
  .map(parts => parts.join(''));

describe('a position', () => {
  test('in UTF-16 is where the protocol’s own documents have it', () => {
    fc.assert(
      fc.property(text, fc.nat(8), fc.nat(12), (content, line, character) => {
        const document = TextDocument.create('x:y', '', 1, content);
        const position = { line, character };
        expect(offsetAt(lineIndex(content, 'utf-16'), position)).toBe(document.offsetAt(position));
      }),
      { numRuns: 2000 },
    );
  });

  test('in UTF-8 is as many bytes into the same line', () => {
    fc.assert(
      fc.property(text, fc.nat(40), (content, number) => {
        const characters = [...content];
        const offset = characters.slice(0, number).join('').length;
        const index = lineIndex(content, 'utf-8');
        const { line, character } = positionAt(index, offset);
        const start = positionAt(lineIndex(content, 'utf-16'), offset);
        expect(line).toBe(start.line);
        expect(character).toBe(Buffer.byteLength(content.slice(offset - start.character, offset)));
        // The end of a line comes before what ends it.
        if (!/^[\r\n]$/.test(content[offset - 1] ?? '')) expect(offsetAt(index, { line, character })).toBe(offset);
      }),
      { numRuns: 2000 },
    );
  });

  test('within a character is one before it', () => {
    const index = lineIndex('a😀b', 'utf-8');
    expect([0, 1, 2, 3, 4, 5, 6, 99].map(character => offsetAt(index, { line: 0, character }))).toEqual([
      0, 1, 1, 1, 1, 3, 4, 4,
    ]);
  });
});

describe('the unit of characters', () => {
  test.each<readonly [PositionEncodingKind[] | undefined, PositionEncodingKind]>([
    [undefined, 'utf-16'],
    [[], 'utf-16'],
    [['utf-16'], 'utf-16'],
    [['utf-8', 'utf-16', 'utf-32'], 'utf-16'],
    [['utf-8'], 'utf-8'],
    [['utf-32', 'utf-8'], 'utf-8'],
    [['utf-32'], 'utf-16'],
  ])('of a client that offers %j is %s', async (positionEncodings, agreed) => {
    const general = positionEncodings ? { positionEncodings: [...positionEncodings] } : {};
    const editor = await Editor.open({ start: { capabilities: { ...CAPABILITIES, general } } });
    expect(editor.initialized.capabilities.positionEncoding).toBe(agreed);
    const found = 'FROM debian:12\nRUN echo 😀é && apt-get install curl\n';
    await editor.type(found);
    expect(await editor.marked('apt-get-install-without-yes')).toContain('😀é && «apt-get install» curl');
    const [diagnostic] = (await editor.diagnostics()).filter(({ code }) => code === 'apt-get-install-without-yes');
    expect(diagnostic?.range.start.character).toBe(agreed === 'utf-8' ? 19 : 16);
    // What is typed, chosen and hovered is counted alike.
    const before = agreed === 'utf-8' ? 15 : 12;
    await editor.edit(at(1, before), 'é€');
    await editor.save();
    await expect.poll(() => editor.marked('apt-get-install-without-yes')).toContain('😀éé€ && «apt-get install» curl');
    const place = before + (agreed === 'utf-8' ? 5 : 2) + 5;
    const fix = (await editor.actions(at(1, place))).find(({ title }) => title === 'Add -y');
    expect(fix && editor.after(fix)).toContain('😀éé€ && apt-get install -y curl');
    expect(JSON.stringify(await editor.hover(1, place))).toContain('apt-get-install-without-yes');
  });
});

describe('a place that is not there', () => {
  const BAD = 'FROM debian:12\nRUN apt-get install curl\n';

  test('after a line is its end, not the next line', async () => {
    const editor = await Editor.open();
    await editor.type(`FROM debian:12 AS a\n${BAD}`);
    expect(await editor.hover(1, 500)).toEqual(await editor.hover(1, 14));
    const titles = (await editor.actions(at(0, 0, 9999), ['quickfix'])).map(({ title }) => title);
    expect(titles).not.toContain('Add -y');
  });

  test('below the text is its end', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    expect(await editor.hover(999, 3)).toBeNull();
    const all = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
    expect((await editor.actions(all)).map(({ title }) => title)).toContain('Add -y');
    await editor.edit({ start: { line: 1, character: 4 }, end: { line: 999, character: 9 } }, 'true\n');
    expect(editor.textOf()).toBe('FROM debian:12\nRUN true\n');
    expect((await editor.diagnostics()).map(({ code }) => code)).not.toContain('apt-get-install-without-yes');
  });

  test('a lone CR ends a line, as the protocol has it', async () => {
    const editor = await Editor.open();
    await editor.type(`# a\rb\n${BAD}`);
    const [diagnostic] = (await editor.diagnostics()).filter(({ code }) => code === 'apt-get-install-without-yes');
    expect(diagnostic?.range.start).toEqual({ line: 3, character: 4 });
  });
});

describe('a version that a client gives twice', () => {
  const open = (content: string) => ({
    textDocument: { uri: URI, languageId: 'dockerfile', version: 1, text: content },
  });
  const GOOD = 'FROM debian:12\nUSER 1\nCMD ["x"]\n';
  const BAD = 'FROM debian:12\nUSER 1\nADD a /a\nCMD ["x"]\n';

  test('by opening it again', async () => {
    const editor = await Editor.open();
    await editor.connection.sendNotification(DidOpenTextDocumentNotification.type, open(GOOD));
    await expect.poll(() => editor.latest()).toEqual(['slimmer-base-available']);
    await editor.connection.sendNotification(DidOpenTextDocumentNotification.type, open(BAD));
    await expect.poll(() => editor.latest()).toContain('add-instead-of-copy');
  });

  test('by changing it', async () => {
    const editor = await Editor.open();
    await editor.connection.sendNotification(DidOpenTextDocumentNotification.type, open(BAD));
    await expect.poll(() => editor.latest()).toContain('add-instead-of-copy');
    await editor.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: URI, version: 1 },
      contentChanges: [{ text: GOOD }],
    });
    await expect.poll(() => editor.latest()).toEqual(['slimmer-base-available']);
  });
});
