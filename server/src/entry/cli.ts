import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { main } from '../cli/main.js';
import { ENDING, runCached } from '../cli/run-cached.js';
import { type FromWorker, isBriefing, workInTeam } from '../cli/team-worker.js';
import { cliShellcheck } from './cli-shellcheck.js';
import { hasEarlyThreads, lintThread } from './lint-threads.js';
import { nodeIo } from './node-io.js';
import { optimiseLater, saveAsUsual } from './optimise-later.js';

/** Set by the bundler: whether ShellCheck is part of this build. Then its files are there, or something is wrong. */
declare const DOCKWRIGHT_SHELLCHECK: boolean;

/** The bundles of cli-boot.ts and node.ts. */
const START = 'cli.cjs';
const SERVER = 'server-main.cjs';

function runHere(): void {
  if (process.argv[2] !== 'lsp') {
    // With threads that are starting, it is left until these have work.
    if (!hasEarlyThreads()) optimiseLater();
    saveAsUsual();
  }
  const { isWritten, ...io } = nodeIo();
  main(process.argv.slice(2), {
    ...io,
    ...(DOCKWRIGHT_SHELLCHECK ? { shellcheck: cliShellcheck } : {}),
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

if (!parentPort) runHere();
else {
  const port = parentPort;
  port.once('message', briefing => {
    if (!isBriefing(briefing)) return;
    const { scripts } = briefing.mode;
    const tell = (reason: string): void => port.postMessage({ kind: 'no-shellcheck', reason } satisfies FromWorker);
    const shellcheck = scripts === 'unchecked' ? undefined : cliShellcheck(tell, scripts === 'kept');
    void workInTeam(briefing, shellcheck, message => {
      const events: NodeJS.EventEmitter = process;
      // What one of them has compiled will do for all.
      if (message.kind === 'done' && briefing.member === 1) events.emit(ENDING);
      port.postMessage(message);
    });
  });
}
