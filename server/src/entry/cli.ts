import { join } from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { main } from '../cli/main.js';
import { isBriefing, workInTeam } from '../cli/team-worker.js';
import { createShellcheckPool } from '../shellcheck/index.js';
import { nodeIo } from './node-io.js';
import { nodeShellcheck } from './node-shellcheck.js';

function runHere(): void {
  const io = nodeIo();
  const host = nodeShellcheck(__dirname);
  const onUnavailable = (reason: string): void => io.err(`dockwright: ShellCheck is not available: ${reason}\n`);
  main(process.argv.slice(2), {
    ...io,
    ...(host ? { shellcheck: jobs => createShellcheckPool(host, { size: jobs, onUnavailable, limits: PATIENT }) } : {}),
    lintThread: briefing =>
      new Worker(join(__dirname, START), { name: 'lint', workerData: briefing, resourceLimits: THREAD }),
    // Loaded only for `lsp`: nothing else needs the protocol's packages.
    lsp: async () => (await import('./stdio.js')).serveStdio(() => host),
  }).then(code => {
    process.exitCode = code;
  });
}

// Nobody waits for a key here, and what is found must not depend on how busy the machine is.
const PATIENT = { firstLintMs: 30_000, lintMs: 20_000 };
/** The bundle of cli-boot.ts. */
const START = 'cli.cjs';
/** Most of what a lint makes is soon forgotten; with room for it, hardly anything is copied before that. */
const THREAD = { maxYoungGenerationSizeMb: 64 };

if (!parentPort) runHere();
else if (isBriefing(workerData)) void workInTeam(workerData, message => parentPort?.postMessage(message));
