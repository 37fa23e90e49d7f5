const END_OF_HEAD = '\r\n\r\n';
// Not at the beginning of a line only: a body whose length was not known may stand before it.
const LENGTH = /content-length:[ \t]*(\d+)[ \t]*$/im;

/** Puts messages together from the pieces in which they arrive. */
export class Frames {
  /** What has arrived of the message that is not whole yet. */
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes of its body, once its head is read. */
  #wanted: number | undefined;

  /** Hands over the JSON of each message that is whole now. The chunk is the caller's again when this returns. */
  take(chunk: Buffer, onMessage: (json: string) => void, onError: (error: Error) => void): void {
    this.#chunks.push(this.#size > 0 ? Buffer.from(chunk) : chunk);
    this.#size += chunk.length;
    while (this.#wanted !== undefined || this.#readHead(onError)) {
      const length = this.#wanted;
      if (length === undefined) continue;
      if (this.#size < length) break;
      const whole = this.#joined();
      this.#wanted = undefined;
      this.#drop(whole, length);
      onMessage(whole.toString('utf8', 0, length));
    }
    const rest = this.#chunks[0];
    if (rest?.buffer === chunk.buffer) this.#chunks[0] = Buffer.from(rest);
  }

  /** False while there is more of the head to come. */
  #readHead(onError: (error: Error) => void): boolean {
    if (this.#size === 0) return false;
    const whole = this.#joined();
    const end = whole.indexOf(END_OF_HEAD);
    if (end < 0) return false;
    const head = whole.toString('latin1', 0, end);
    this.#drop(whole, end + END_OF_HEAD.length);
    const length = LENGTH.exec(head)?.[1];
    // Where the body ends nobody knows then: reading goes on at the next head.
    if (length === undefined) onError(new Error(`a message has no Content-Length: ${JSON.stringify(head)}`));
    else this.#wanted = Number(length);
    return true;
  }

  #joined(): Buffer {
    const only = this.#chunks[0];
    if (only?.length === this.#size) return only;
    const whole = Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [whole];
    return whole;
  }

  /** Goes on behind the first bytes of what has arrived. */
  #drop(whole: Buffer, count: number): void {
    this.#size = whole.length - count;
    this.#chunks = this.#size > 0 ? [whole.subarray(count)] : [];
  }
}
