import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OneTurnReader } from '../../server/src/entry/one-turn-reader.js';

const framed = (json: string, head = `Content-Length: ${Buffer.byteLength(json)}`): Buffer =>
  Buffer.from(`${head}\r\n\r\n${json}`);

/** What is read of chunks that all come in one buffer, as from a pipe. */
function read(chunks: readonly Buffer[]): { readonly messages: unknown[]; readonly errors: string[] } {
  const messages: unknown[] = [];
  const errors: string[] = [];
  const reader = new OneTurnReader(({ data }) => {
    send = data;
    return { dispose: () => {} };
  });
  let send: (chunk: Buffer) => void = () => {};
  reader.onError(error => errors.push(error.message));
  reader.listen(message => messages.push(message));
  const buffer = Buffer.alloc(Math.max(0, ...chunks.map(chunk => chunk.length)));
  for (const chunk of chunks) {
    chunk.copy(buffer);
    send(buffer.subarray(0, chunk.length));
    buffer.fill(0x21);
  }
  return { messages, errors };
}

describe('messages are read', () => {
  const message = fc.record({ jsonrpc: fc.constant('2.0'), params: fc.string({ unit: 'binary', maxLength: 40 }) });

  test('whole and in order, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), fc.array(fc.nat(400), { maxLength: 12 }), (sent, cuts) => {
        const all = Buffer.concat(sent.map(one => framed(JSON.stringify(one))));
        const places = [0, ...cuts.filter(cut => cut < all.length).sort((a, b) => a - b), all.length];
        const chunks = places.slice(1).map((end, index) => all.subarray(places[index], end));
        expect(read(chunks)).toEqual({ messages: JSON.parse(JSON.stringify(sent)), errors: [] });
      }),
    );
  });

  test('byte by byte', () => {
    const all = Buffer.concat([framed('{"a":"\u{1F40B}é"}'), framed('{}')]);
    expect(read([...all].map(byte => Buffer.of(byte)))).toEqual({ messages: [{ a: '\u{1F40B}é' }, {}], errors: [] });
  });

  test.each([
    ['lower case', 'content-length:2'],
    ['with a type before it', 'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2'],
    ['with a type behind it', 'Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf8'],
  ])('by a head in %s', (_, head) => {
    expect(read([framed('{}', head)])).toEqual({ messages: [{}], errors: [] });
  });

  test('behind what is not one', () => {
    const all = [framed('', 'Content-Type: x'), framed('{]'), framed('{"id":1}', 'Content-Length: x'), framed('{}')];
    const { messages, errors } = read(all);
    expect(messages.at(-1)).toEqual({});
    expect(errors).toHaveLength(3);
    expect(errors[0]).toContain('Content-Length');
  });

  test('in the turn in which they arrive', () => {
    const { messages } = read([Buffer.concat([framed('1'), framed('2'), framed('3')])]);
    expect(messages).toEqual([1, 2, 3]);
  });
});
