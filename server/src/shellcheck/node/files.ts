import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkerHost } from '../host.js';
import { createNodeHost } from './spawn.js';

/** ShellCheck's files, which are beside the bundle; `place`: whether a thread runs it, or a global scope of its own. */
export const shellcheckFiles = (
  folder: string,
  place: 'thread' | 'scope',
): { readonly worker: string; readonly wasm: string } => ({
  worker: join(folder, place === 'thread' ? 'shellcheck-worker.cjs' : 'shellcheck-worker-web.js'),
  wasm: join(folder, 'shellcheck.wasm'),
});

/** ShellCheck for the language server; undefined in a build without it. */
export function nodeShellcheck(folder: string): WorkerHost | undefined {
  const files = shellcheckFiles(folder, 'thread');
  return existsSync(files.worker) && existsSync(files.wasm) ? createNodeHost(files) : undefined;
}
