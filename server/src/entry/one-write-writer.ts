import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver/node';
import { isPublication, publicationBytes } from './publication-bytes.js';

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
      const body = isPublication(message) ? publicationBytes(message) : Buffer.from(JSON.stringify(message));
      this.out.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]), error => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  end(): void {
    this.out.end();
  }
}
