import { existsSync, readFileSync, statSync } from 'node:fs';
import { readReasonOf } from './file-errors.js';

export interface GoodText {
  readonly text: string;
  /** Otherwise U+FFFD is in place of what is not UTF-8: the text can be checked, and must not be written. */
  readonly isUtf8: boolean;
}

export type ReadText = GoodText | { readonly error: string };

/** No Dockerfile is larger; a log or an image named by mistake is. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * A file's text, a byte order mark included; or why it cannot be had, in words for the user. Synchronous, as
 * all reading here: these files are small, and there is nothing else to do in the meantime.
 */
export function readTextFile(path: string, binary = false): ReadText {
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) return { error: `The file has ${Math.round(size / 1048576)} MB: that is not a Dockerfile.` };
    return decode(readFileSync(path), binary);
  } catch (error) {
    return { error: readReasonOf(error) };
  }
}

/** The text of a file that may well not be there; undefined when it cannot be read. */
export function readIfThere(path: string): string | undefined {
  // Asked first: an exception costs more than all the rest, and most folders have no such file.
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** With `binary`, NUL characters are let through: Docker's parser takes them too. */
export function decode(bytes: Uint8Array, binary = false): ReadText {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { error: 'The file is UTF-16: save it as UTF-8, which is all that Docker reads.' };
  }
  if (!binary && bytes.subarray(0, 8192).includes(0)) return { error: 'This is a binary file.' };
  try {
    return { text: strict.decode(bytes), isUtf8: true };
  } catch {
    return { text: lenient.decode(bytes), isUtf8: false };
  }
}
