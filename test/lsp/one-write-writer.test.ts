import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { OneWriteWriter } from '../../server/src/entry/one-write-writer.js';

const diagnostic = (line: number, message: string) => ({
  range: { start: { line, character: 0 }, end: { line, character: 4 } },
  message,
});

const publication = (...diagnostics: readonly object[]) => ({
  jsonrpc: '2.0',
  method: 'textDocument/publishDiagnostics',
  params: { uri: 'file:///Dockerfile', version: 3, diagnostics },
});

/** The messages that come out, each by the length that its head says. */
async function written(...messages: readonly { readonly jsonrpc: string }[]): Promise<unknown[]> {
  const out = new PassThrough();
  const writer = new OneWriteWriter(out);
  for (const message of messages) await writer.write(message);
  writer.end();
  let rest = Buffer.concat(await out.toArray());
  const found: unknown[] = [];
  while (rest.length > 0) {
    const [head = '', length] = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.toString('latin1')) ?? [];
    const end = head.length + Number(length);
    found.push(JSON.parse(rest.subarray(head.length, end).toString()));
    rest = rest.subarray(end);
  }
  return found;
}

describe('messages are written', () => {
  const first = diagnostic(0, 'Use “apt-get” \u{1F40B}: \\ "quoted"');
  const second = diagnostic(7, 'plain');
  const moved = { ...second, range: first.range };

  test.each([
    ['none', [publication()]],
    ['none, of a file that is closed', [{ ...publication(), params: { uri: 'file:///a “b”', diagnostics: [] } }]],
    ['one, twice', [publication(first), publication(first)]],
    ['some, of which one moves', [publication(first, second), publication(first, moved), publication(moved, first)]],
    ['other messages in between', [{ jsonrpc: '2.0', id: 1, result: { diagnostics: [second] } }, publication(second)]],
  ])('as JSON.stringify would: %s', async (_, messages) => {
    expect(await written(...messages)).toEqual(messages);
  });
});
