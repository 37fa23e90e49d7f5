import { statSync } from 'node:fs';
import { cacheFolder } from '../cli/cache-folder.js';
import { scriptCache } from '../cli/script-cache.js';
import type { Shellcheck } from '../cli/shellchecked.js';
import { createShellcheckRunner } from '../shellcheck/index.js';
import { createNodeHost } from '../shellcheck/node/spawn.js';
import { shellcheckFiles } from './node-shellcheck.js';
import { VERSION } from './version.js';

// Nobody waits for a key here, and what is found must not depend on how busy the machine is.
const PATIENT = { lintMs: 20_000 };

/** ShellCheck for one thread of the command line; `keep`: what it says is kept for the next run. */
export function cliShellcheck(onUnavailable: (reason: string) => void, keep: boolean): Shellcheck {
  const files = shellcheckFiles(__dirname);
  const folder = keep ? cacheFolder() : undefined;
  const cache = folder === undefined ? undefined : scriptCache(folder, programIn(files));
  const runner = createShellcheckRunner(createNodeHost(files), {
    onUnavailable,
    limits: PATIENT,
    ...(cache ? { store: cache } : {}),
  });
  // Where nothing is known there will be something to do: a thread takes as long to start as all that comes before.
  if (!cache || cache.isEmpty()) runner.prepare();
  return { lint: runner.lint, dispose: runner.dispose, cache };
}

/** What tells one ShellCheck from another, for anybody may put another in the place of ours. */
function programIn({ worker, wasm }: ReturnType<typeof shellcheckFiles>): string {
  const stats = [worker, wasm].map(path => statSync(path, { throwIfNoEntry: false }));
  return [VERSION, ...stats.map(file => (file ? `${file.size} ${file.mtimeMs}` : 'none'))].join();
}
