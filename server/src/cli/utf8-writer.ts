/** Room for the parts of a report about a few dozen files. */
const SIZE = 64 * 1024;
/** UTF-8 takes at most so many bytes for a UTF-16 code unit. */
const MOST = 3;

/** Writes texts as UTF-8, one behind the other in the same memory: a piece of memory for each costs more than the writing. */
export interface Utf8Writer {
  /** The bytes of a text; nobody else writes there. */
  write(text: string): Uint8Array;
  /** The memory that all bytes so far lie in, which is the caller's from now on. */
  take(): ArrayBuffer[];
}

export function utf8Writer(): Utf8Writer {
  let full: ArrayBuffer[] = [];
  let bytes = Buffer.alloc(0);
  let end = 0;
  const keep = (): void => {
    if (bytes.length > 0) full.push(bytes.buffer);
  };
  return {
    write: text => {
      const most = MOST * text.length;
      if (most > bytes.length - end) {
        keep();
        // Not from the pool that Node takes small ones from: others use that too.
        bytes = Buffer.allocUnsafeSlow(Math.max(SIZE, most));
        end = 0;
      }
      const start = end;
      end += bytes.write(text, start);
      return bytes.subarray(start, end);
    },
    take: () => {
      keep();
      const taken = full;
      full = [];
      bytes = Buffer.alloc(0);
      end = 0;
      return taken;
    },
  };
}
