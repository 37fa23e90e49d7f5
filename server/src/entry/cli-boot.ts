import './need-node-20.js';
import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { runCached } from '../cli/run-cached.js';

/** Those that are kept compiled from one run to the next. */
const COMMANDS = ['lint', 'harden', 'rules', 'explain', 'parse', 'hadolint'];

// A link named like hadolint takes its place.
if (isMainThread && basename(process.argv[1] ?? '') === 'hadolint') process.argv.splice(2, 0, 'hadolint');
const [, , command = '', ...rest] = process.argv;

// What `bin` names starts the command line proper, or the language server, which lie beside it.
const MAIN = `${__dirname}/cli-main.cjs`;
const SERVER = `${__dirname}/server-main.cjs`;

// A thread takes what the main thread has kept of earlier runs, and leaves keeping to it.
if (!isMainThread) runCached(MAIN, 'lint', 'never');
else if (command === 'lsp' && rest.join() === '--stdio') runCached(SERVER, 'lsp', 'rest');
// Whatever else is said to it, the command line answers or starts the server itself.
else if (command === 'lsp') runCached(MAIN, undefined, 'never');
else {
  // Optimised code takes longer to make than there is left to use it, also in a run over thousands of files. First of all,
  // for what was kept of an earlier run counts under the flags of that run only.
  process.getBuiltinModule?.('node:v8').setFlagsFromString('--no-opt');
  runCached(MAIN, COMMANDS.includes(command) ? command : undefined, 'exit');
}
