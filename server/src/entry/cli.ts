import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { main } from '../cli/main.js';
import { ENDING, runCached } from '../cli/run-cached.js';
import { isBriefing, workInTeam } from '../cli/team-worker.js';
import { createShellcheckRunner, type ShellcheckRunner } from '../shellcheck/index.js';
import { createNodeHost } from '../shellcheck/node/spawn.js';
import { hasEarlyThreads, lintThread } from './lint-threads.js';
import { nodeIo } from './node-io.js';
import { shellcheckFiles } from './node-shellcheck.js';
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
    ...(DOCKWRIGHT_SHELLCHECK ? { shellcheck: shellcheckRunner } : {}),
    lintThread: briefing => lintThread(join(__dirname, START), briefing),
    lsp: serveLanguage,
  }).then(code => {
    process.exitCode = code;
    // When all is written, nothing is to be taken apart first.
    if (isWritten()) process.exit();
  });
}

function shellcheckRunner(onUnavailable: (reason: string) => void): ShellcheckRunner {
  return createShellcheckRunner(createNodeHost(shellcheckFiles(__dirname)), { onUnavailable, limits: PATIENT });
}

/** The server is a bundle of its own, and ends the process itself. */
function serveLanguage(): Promise<void> {
  runCached(join(__dirname, SERVER), undefined, 'never');
  return new Promise(() => undefined);
}

// Nobody waits for a key here, and what is found must not depend on how busy the machine is.
const PATIENT = { lintMs: 20_000 };

if (!parentPort) runHere();
else {
  const port = parentPort;
  port.once('message', briefing => {
    if (!isBriefing(briefing)) return;
    void workInTeam(briefing, (message, transfer) => {
      const events: NodeJS.EventEmitter = process;
      // What one of them has compiled will do for all.
      if (message.kind === 'done' && briefing.member === 1) events.emit(ENDING);
      port.postMessage(message, transfer);
    });
  });
}
