import { writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver';
import { isPublication, messageBytes, publicationBytes } from './publication-bytes.js';

/**
 * Writes each message at once, head and body in one piece. The protocol package's own writer makes two system calls of it
 * and holds back the next message until both are done, which takes longer than most analyses.
 */
export class OneWriteWriter extends AbstractMessageWriter implements MessageWriter {
  /** `descriptor` is that of the stream, where it can be written to directly: what the stream does around a write is dear. */
  constructor(
    private readonly out: Writable,
    private readonly descriptor?: number,
  ) {
    super();
    out.on('error', error => this.fireError(error));
    out.on('close', () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    const bytes = isPublication(message) ? publicationBytes(message) : messageBytes(message);
    // What still waits in the stream goes first.
    const isFree = this.descriptor !== undefined && this.out.writableLength === 0;
    const rest = isFree ? bytes.subarray(writtenAtOnce(this.descriptor, bytes)) : bytes;
    if (rest.length === 0) return WRITTEN;
    return new Promise((resolve, reject) => {
      this.out.write(rest, error => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  end(): void {
    this.out.end();
  }
}

const WRITTEN = Promise.resolve();

/** How many of the bytes a pipe took. Where it took none for want of room or of a reader, the stream says so or waits. */
function writtenAtOnce(descriptor: number, bytes: Buffer): number {
  try {
    return writeSync(descriptor, bytes);
  } catch {
    return 0;
  }
}
