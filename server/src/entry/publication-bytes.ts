import type { Message } from 'vscode-languageserver/node';

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
  readonly params: { readonly uri: string; readonly diagnostics: readonly object[] };
}

export const isPublication = (message: Message): message is Publication =>
  'method' in message && message.method === 'textDocument/publishDiagnostics';

const COMMA = 44;

/** What `JSON.stringify` gives, but a diagnostic that was written before is not written out again. */
export function publicationBytes(message: Publication): Buffer {
  const { diagnostics, ...params } = message.params;
  const head = JSON.stringify({ ...message, params }).slice(0, -2);
  const begin = Buffer.from(`${head},"diagnostics":[`);
  const end = Buffer.from(']}}');
  const all = diagnostics.map(bytesOf);
  const commas = Math.max(0, all.length - 1);
  const length = all.reduce((sum, bytes) => sum + bytes.length, begin.length + commas + end.length);
  const whole = Buffer.allocUnsafe(length);
  let at = begin.copy(whole);
  for (const [index, bytes] of all.entries()) {
    if (index > 0) whole[at++] = COMMA;
    at += bytes.copy(whole, at);
  }
  end.copy(whole, at);
  return whole;
}
