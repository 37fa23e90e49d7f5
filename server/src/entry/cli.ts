import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { main } from '../cli/main.js';
import { nodeIo } from '../cli/node/io.js';
import { lintThread } from '../cli/node/lint-thread.js';
import { cliShellcheck } from '../cli/node/shellcheck.js';
import { runCached } from '../cli/run-cached.js';
import { type FromWorker, isBriefing, workInTeam } from '../cli/team-worker.js';
import { VERSION } from './version.js';

/** Set by the bundler: which ShellCheck this build has. Then its files are there, or something is wrong. */
declare const DOCKWRIGHT_SHELLCHECK: 'port' | 'haskell' | 'none';

/** The bundles of cli-boot.ts and node.ts. */
const START = 'cli.cjs';
const SERVER = 'server-main.cjs';

function runHere(): void {
  const { isWritten, ...io } = nodeIo(VERSION);
  main(process.argv.slice(2), {
    ...io,
    ...(DOCKWRIGHT_SHELLCHECK !== 'none' ? { shellcheck: (tell, keep) => cliShellcheck(VERSION, tell, keep) } : {}),
    lintThread: briefing => lintThread(join(__dirname, START), briefing),
    lsp: serveLanguage,
  }).then(code => {
    process.exitCode = code;
    // When all is written, nothing is to be taken apart first.
    if (isWritten()) process.exit();
  });
}

/** The server is a bundle of its own, and ends the process itself. */
function serveLanguage(): Promise<void> {
  runCached(join(__dirname, SERVER), undefined, 'never');
  return new Promise(() => undefined);
}

function lintHere(briefing: unknown, post: (message: FromWorker) => void): void {
  if (!isBriefing(briefing)) return;
  const { scripts } = briefing.mode;
  const tell = (reason: string): void => post({ kind: 'no-shellcheck', reason });
  const shellcheck = scripts === 'unchecked' ? undefined : cliShellcheck(VERSION, tell, scripts === 'kept');
  void workInTeam(briefing, shellcheck, post);
}

const port = parentPort;
if (port) lintHere(workerData, message => port.postMessage(message));
else runHere();
