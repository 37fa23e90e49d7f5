import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startProgram as startOriginal } from '../../../server/src/shellcheck/worker/haskell.js';
import { startProgram as startPort } from '../../../server/src/shellcheck/worker/port.js';
import type { Program } from '../../../server/src/shellcheck/worker/program.js';
import { originalShellcheck, shellcheckProgram } from '../../../server/src/tools/shellcheck-program.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The one that a build on this machine has. */
export const shipped = await shellcheckProgram(root, line => console.log(line));

/** Starts ShellCheck as a build on this machine has it. */
export const startShipped = (): Promise<Program> => start(shipped);

/** Starts the original, in Haskell. */
export const startHaskell = (): Promise<Program> => start(originalShellcheck(root));

async function start({ kind, wasm }: typeof shipped): Promise<Program> {
  const module = await WebAssembly.compile(new Uint8Array(readFileSync(wasm)));
  return kind === 'port' ? startPort(module) : startOriginal(module);
}
