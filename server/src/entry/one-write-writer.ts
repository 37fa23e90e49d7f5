import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver/node';

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

interface Publication extends Message {
  readonly params: { readonly uri: string; readonly diagnostics: readonly object[] };
}

const isPublication = (message: Message): message is Publication =>
  'method' in message && message.method === 'textDocument/publishDiagnostics';

const COMMA = 44;

/** What `JSON.stringify` gives, but a diagnostic that was written before is not written out again. */
function publicationBytes(message: Publication): Buffer {
  const { diagnostics, ...params } = message.params;
  const head = JSON.stringify({ ...message, params }).slice(0, -2);
  const begin = Buffer.from(`${head},"diagnostics":[`);
  const end = Buffer.from(']}}');
  const all = diagnostics.map(bytesOf);
  const commas = Math.max(0, all.length - 1);
  const length = all.reduce((sum, bytes) => sum + bytes.length, begin.length + commas + end.length);
  const line = Buffer.from(headOf(length));
  const whole = Buffer.allocUnsafe(line.length + length);
  let at = line.copy(whole);
  at += begin.copy(whole, at);
  for (const [index, bytes] of all.entries()) {
    if (index > 0) whole[at++] = COMMA;
    at += bytes.copy(whole, at);
  }
  end.copy(whole, at);
  return whole;
}

const headOf = (length: number): string => `Content-Length: ${length}\r\n\r\n`;

function written(message: Message): Buffer | string {
  if (isPublication(message)) return publicationBytes(message);
  const body = JSON.stringify(message);
  return headOf(Buffer.byteLength(body)) + body;
}

/**
 * Writes each message at once, head and body in one piece. The protocol package's own writer makes two system calls of it
 * and holds back the next message until both are done, which takes longer than most analyses.
 */
export class OneWriteWriter extends AbstractMessageWriter implements MessageWriter {
  constructor(private readonly out: Writable) {
    super();
    out.on('error', error => this.fireError(error));
    out.on('close', () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      this.out.write(written(message), error => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  end(): void {
    this.out.end();
  }
}
