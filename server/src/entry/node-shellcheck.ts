import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkerHost } from '../shellcheck/index.js';
import { createNodeHost } from '../shellcheck/node/spawn.js';

/** ShellCheck's files beside the bundle; undefined in a build without them. */
export function nodeShellcheck(folder: string): WorkerHost | undefined {
  const files = { worker: join(folder, 'shellcheck-worker.cjs'), wasm: join(folder, 'shellcheck.wasm') };
  return existsSync(files.worker) && existsSync(files.wasm) ? createNodeHost(files) : undefined;
}
