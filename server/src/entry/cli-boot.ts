import { isMainThread } from 'node:worker_threads';
import { runCached } from '../cli/run-cached.js';
import { startEarly } from './lint-threads.js';
import { asAtFirst, asUsual } from './optimise-later.js';

/** Those that are kept compiled from one run to the next. */
const COMMANDS = ['lint', 'harden', 'rules', 'explain', 'parse', 'lsp'];
const command = isMainThread ? process.argv[2] : 'lint';
const name = command !== undefined && COMMANDS.includes(command) ? command : undefined;

// What `bin` names starts the command line proper, which lies beside it.
const MAIN = `${__dirname}/cli-main.cjs`;

if (isMainThread) {
  if (command === 'lint') startEarly(process.argv.slice(3), __filename);
  if (command === 'lsp') runCached(MAIN, name, 'rest');
  else runCached(MAIN, name, 'exit', asAtFirst);
} else runCached(MAIN, name, 'never', asUsual);
