import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkerHost } from '../shellcheck/index.js';
import { createNodeHost } from '../shellcheck/node/spawn.js';

/** ShellCheck's files, which lie beside the bundle. */
export const shellcheckFiles = (folder: string): { readonly worker: string; readonly wasm: string } => ({
  worker: join(folder, 'shellcheck-worker.cjs'),
  wasm: join(folder, 'shellcheck.wasm'),
});

/** ShellCheck for the language server; undefined in a build without it. */
export function nodeShellcheck(folder: string): WorkerHost | undefined {
  const files = shellcheckFiles(folder);
  return existsSync(files.worker) && existsSync(files.wasm) ? createNodeHost(files) : undefined;
}
