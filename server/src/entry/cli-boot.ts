import { isMainThread } from 'node:worker_threads';
import { runCached } from '../cli/run-cached.js';
import { onceFlagsAreSet } from './flags-sign.js';
import { startEarly } from './lint-threads.js';
import { asAtFirst } from './optimise-later.js';

/** Those that are kept compiled from one run to the next. */
const COMMANDS = ['lint', 'harden', 'rules', 'explain', 'parse'];
const [, , command = '', ...rest] = process.argv;

// What `bin` names starts the command line proper, or the language server, which lie beside it.
const MAIN = `${__dirname}/cli-main.cjs`;
const SERVER = `${__dirname}/server-main.cjs`;

// With compiled code of its own: that of the main thread counts under other flags, which are the same for all threads.
if (!isMainThread) runCached(MAIN, 'lint-thread', 'ending', onceFlagsAreSet);
else if (command === 'lsp' && rest.join() === '--stdio') runCached(SERVER, 'lsp', 'rest');
// Whatever else is said to it, the command line answers or starts the server itself.
else if (command === 'lsp') runCached(MAIN, undefined, 'never');
else {
  if (command === 'lint') startEarly(rest, __filename);
  runCached(MAIN, COMMANDS.includes(command) ? command : undefined, 'exit', asAtFirst);
}
