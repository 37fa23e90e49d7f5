import { statSync } from 'node:fs';
import { createShellcheckRunner } from '../../shellcheck/index.js';
import { shellcheckFiles } from '../../shellcheck/node/files.js';
import { createSameThreadHost } from '../../shellcheck/node/same-thread.js';
import { createNodeHost } from '../../shellcheck/node/spawn.js';
import { cacheFolder } from '../cache-folder.js';
import { scriptCache } from '../script-cache.js';
import type { Shellcheck } from '../shellchecked.js';

/** Set by the bundler: which ShellCheck this build has. */
declare const DOCKWRIGHT_SHELLCHECK: 'port' | 'haskell' | 'none';

// Nobody waits for a key here, and what is found must not depend on how busy the machine is.
const PATIENT = { lintMs: 20_000 };

/** ShellCheck for one thread of the command line; `keep`: what it says is kept for the next run. */
export function cliShellcheck(version: string, onUnavailable: (reason: string) => void, keep: boolean): Shellcheck {
  // The original cannot be stopped in this thread: it works by promises that take further turns of the event loop.
  const place = DOCKWRIGHT_SHELLCHECK === 'port' ? 'scope' : 'thread';
  const files = shellcheckFiles(__dirname, place);
  const folder = keep ? cacheFolder() : undefined;
  const cache = folder === undefined ? undefined : scriptCache(folder, `${version},${programIn(files)}`);
  const host = place === 'scope' ? createSameThreadHost(files, PATIENT.lintMs) : createNodeHost(files);
  const runner = createShellcheckRunner(host, {
    onUnavailable,
    limits: PATIENT,
    ...(cache ? { store: cache } : {}),
  });
  return { lint: runner.lint, dispose: runner.dispose, cache };
}

/** What tells one ShellCheck from another, for anybody may put another instead of ours. */
function programIn({ worker, wasm }: ReturnType<typeof shellcheckFiles>): string {
  const stats = [worker, wasm].map(path => statSync(path, { throwIfNoEntry: false }));
  return stats.map(file => (file ? `${file.size} ${file.mtimeMs}` : 'none')).join();
}
