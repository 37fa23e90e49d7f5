import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { LintThread } from '../cli/io.js';
import { main } from '../cli/main.js';
import { type Briefing, isBriefing, workInTeam } from '../cli/team-worker.js';
import { createShellcheckPool } from '../shellcheck/index.js';
import { earlyThread, hasEarlyThreads, startThread } from './lint-threads.js';
import { nodeIo } from './node-io.js';
import { nodeShellcheck } from './node-shellcheck.js';
import { optimiseLater, saveAsUsual } from './optimise-later.js';

/** The bundle of cli-boot.ts. */
const START = 'cli.cjs';

function runHere(): void {
  if (process.argv[2] !== 'lsp') {
    // With threads that are starting, it is left until these have work.
    if (!hasEarlyThreads()) optimiseLater();
    saveAsUsual();
  }
  const { isWritten, ...io } = nodeIo();
  const host = nodeShellcheck(__dirname);
  const onUnavailable = (reason: string): void => io.err(`dockwright: ShellCheck is not available: ${reason}\n`);
  main(process.argv.slice(2), {
    ...io,
    ...(host ? { shellcheck: jobs => createShellcheckPool(host, { size: jobs, onUnavailable, limits: PATIENT }) } : {}),
    lintThread,
    // Loaded only for `lsp`: nothing else needs the protocol's packages.
    lsp: async () => (await import('./stdio.js')).serveStdio(() => host),
  }).then(code => {
    process.exitCode = code;
    // When all is written, nothing is to be taken apart first.
    if (isWritten()) process.exit();
  });
}

function lintThread(briefing: Briefing): LintThread {
  const thread = earlyThread() ?? startThread(join(__dirname, START));
  optimiseLater();
  thread.ref();
  thread.postMessage(briefing);
  return thread;
}

// Nobody waits for a key here, and what is found must not depend on how busy the machine is.
const PATIENT = { firstLintMs: 30_000, lintMs: 20_000 };

if (!parentPort) runHere();
else {
  const port = parentPort;
  port.once('message', briefing => {
    if (isBriefing(briefing)) void workInTeam(briefing, (message, transfer) => port.postMessage(message, transfer));
  });
}
