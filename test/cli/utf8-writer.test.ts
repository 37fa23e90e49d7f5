import { describe, expect, test } from 'vitest';
import { utf8Writer } from '../../server/src/cli/utf8-writer.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const TEXTS = ['', 'a', '“é”', '🐳'.repeat(10_000), '\ufeffx', 'y'.repeat(200_000), '…'.repeat(60_000), 'end'];

describe('texts as UTF-8', () => {
  test('stay what they are, however many and long they are', () => {
    const writer = utf8Writer();
    const many = [...TEXTS, ...Array.from({ length: 500 }, (_, index) => `“${index}”`.repeat(index))];
    const bytes = many.map(text => writer.write(text));
    expect(bytes.map(one => utf8.decode(one))).toEqual(many);
  });

  test('lie in the memory that is taken, each in one place of its own', () => {
    const writer = utf8Writer();
    const before = TEXTS.map(text => writer.write(text));
    const taken = new Set<ArrayBufferLike>(writer.take());
    for (const one of before) if (one.length > 0) expect(taken).toContain(one.buffer);
    const after = writer.write('later');
    expect(taken).not.toContain(after.buffer);
    expect(writer.take()).toEqual([after.buffer]);
    expect(writer.take()).toEqual([]);
    expect(before.map(one => utf8.decode(one))).toEqual(TEXTS);
  });
});
