import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver/node';

/** By diagnostic: with each key most of a file's are the same objects as before. */
const texts = new WeakMap<object, string>();

function textOf(diagnostic: object): string {
  let text = texts.get(diagnostic);
  if (text === undefined) {
    text = JSON.stringify(diagnostic);
    texts.set(diagnostic, text);
  }
  return text;
}

interface Publication extends Message {
  readonly params: { readonly uri: string; readonly diagnostics: readonly object[] };
}

const isPublication = (message: Message): message is Publication =>
  'method' in message && message.method === 'textDocument/publishDiagnostics';

/** `JSON.stringify`, but a diagnostic that was written before is not written out again. */
function jsonOf(message: Message): string {
  if (!isPublication(message)) return JSON.stringify(message);
  const { diagnostics, ...params } = message.params;
  const head = JSON.stringify({ ...message, params });
  return `${head.slice(0, -2)},"diagnostics":[${diagnostics.map(textOf).join()}]}}`;
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
    const body = jsonOf(message);
    return new Promise((resolve, reject) => {
      this.out.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, error => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  end(): void {
    this.out.end();
  }
}
