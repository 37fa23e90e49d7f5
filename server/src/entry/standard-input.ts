import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Input } from './one-turn-reader.js';

const STDIN = 0;
const CHUNK = 65_536;

/**
 * Standard input. From a pipe it is read into one buffer again and again: a stream makes a new one for each key, and goes
 * through a dozen functions before it is handed over.
 */
export const standardInput: Input = ({ data, error, close }) => {
  if (!isPipe()) {
    const { stdin } = process;
    stdin.on('data', data).on('error', error).on('close', close);
    return { dispose: () => void stdin.off('data', data).off('error', error).off('close', close) };
  }
  const buffer = Buffer.allocUnsafeSlow(CHUNK);
  const callback = (length: number): boolean => {
    data(buffer.subarray(0, length));
    return true;
  };
  const options = { fd: STDIN, readable: true, writable: false, onread: { buffer, callback } };
  const socket = new Socket(options);
  socket.on('error', error).on('close', close);
  return { dispose: () => void socket.off('error', error).off('close', close).destroy() };
};

/** Pipes of Windows are another thing, which Node knows how to read. */
function isPipe(): boolean {
  if (process.platform === 'win32') return false;
  try {
    const kind = fstatSync(STDIN);
    return kind.isFIFO() || kind.isSocket();
  } catch {
    return false;
  }
}
