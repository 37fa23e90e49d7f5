import type { Message } from 'vscode-languageserver';

/** The JSON of diagnostics in UTF-8: with each key most of a file's are the same objects as before. */
const known = new WeakMap<object, Buffer>();

function bytesOf(diagnostic: object): Buffer {
  let bytes = known.get(diagnostic);
  if (bytes === undefined) {
    bytes = Buffer.from(JSON.stringify(diagnostic));
    known.set(diagnostic, bytes);
  }
  return bytes;
}

export interface Publication extends Message {
  readonly params: { readonly uri: string; readonly version?: number; readonly diagnostics: readonly object[] };
}

export const isPublication = (message: Message): message is Publication =>
  'method' in message && message.method === METHOD;

const METHOD = 'textDocument/publishDiagnostics';

const COMMA = 44;
const END = ']}}';

/** What `JSON.stringify` gives, with the head of its length, but a diagnostic that was written before is not written out again. */
export function publicationBytes(message: Publication): Buffer {
  const { uri, version, diagnostics } = message.params;
  const about = JSON.stringify({ uri, version }).slice(1, -1);
  const begin = `{"jsonrpc":"${message.jsonrpc}","method":"${METHOD}","params":{${about},"diagnostics":[`;
  const all = diagnostics.map(bytesOf);
  let length = Buffer.byteLength(begin) + Math.max(0, all.length - 1) + END.length;
  for (const bytes of all) length += bytes.length;
  const head = headOf(length);
  const whole = Buffer.allocUnsafe(head.length + length);
  let at = whole.write(head, 'latin1');
  at += whole.write(begin, at);
  let isFirst = true;
  for (const bytes of all) {
    if (!isFirst) whole[at++] = COMMA;
    isFirst = false;
    whole.set(bytes, at);
    at += bytes.length;
  }
  whole.write(END, at, 'latin1');
  return whole;
}

/** A message with the head of its length. */
export function messageBytes(message: Message): Buffer {
  const json = JSON.stringify(message);
  return Buffer.from(headOf(Buffer.byteLength(json)) + json);
}

const headOf = (length: number): string => `Content-Length: ${length}\r\n\r\n`;
