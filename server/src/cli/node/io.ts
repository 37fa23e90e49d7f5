import type { Io } from '../io.js';
import { endOnBrokenOutput } from './end-on-broken-output.js';
import { nextChangeBelow } from './next-change.js';
import { progressOn } from './progress.js';

export interface NodeIo extends Omit<Io, 'lsp' | 'shellcheck'> {
  /** Whether nothing that was said is still on its way, as far as that can be told. */
  readonly isWritten: () => boolean;
}

/** The command line's surroundings in a process of Node.js. */
export function nodeIo(version: string): NodeIo {
  endOnBrokenOutput();
  let hasErrors = false;
  return {
    isWritten: () => !hasErrors && process.stdout.writableLength === 0 && !process.stdout.errored,
    cwd: process.cwd(),
    env: process.env,
    version,
    isTerminal: process.stdout.isTTY === true,
    ...(process.stderr.isTTY === true ? { progress: progressOn(process.stderr) } : {}),
    nextChange: () => nextChangeBelow(process.cwd()),
    out: text => void process.stdout.write(text),
    err: text => {
      hasErrors = true;
      process.stderr.write(text);
    },
    readStdin,
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
