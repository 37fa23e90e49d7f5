import './need-node-20.js';
import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { runCached } from '../cli/run-cached.js';

/** Those that are kept compiled from one run to the next. */
const COMMANDS = ['lint', 'harden', 'rules', 'explain', 'parse', 'hadolint'];

// A link named like hadolint takes its place; as docker-lint it is `docker lint`, which is told Docker's own options first.
const calledAs = isMainThread ? basename(process.argv[1] ?? '') : '';
if (calledAs === 'hadolint') process.argv.splice(2, 0, 'hadolint');
if (calledAs === 'docker-lint') process.argv.splice(2, Math.max(0, process.argv.indexOf('lint') - 2));
const [, , command = '', ...rest] = process.argv;

/**
 * V8's flags by the major version of Node.js, for its newer versions weigh better by themselves what is worth optimising.
 * Optimised code takes longer to make than there is left to use it, also in a run over thousands of files; of ShellCheck
 * Node.js 20 optimises so much so soon that one file takes twice as long (the number is the default of Node.js 22).
 */
const FLAGS: Readonly<Record<string, string>> = { 20: '--no-opt --wasm-tiering-budget=13000000', 22: '--no-opt' };

// What `bin` names starts the command line proper, or the language server, which lie beside it.
const MAIN = `${__dirname}/cli-main.cjs`;
const SERVER = `${__dirname}/server-main.cjs`;

// A thread takes what the main thread has kept of earlier runs, and leaves keeping to it.
if (!isMainThread) runCached(MAIN, 'lint', 'never');
else if (command === 'lsp' && rest.join() === '--stdio') runCached(SERVER, 'lsp', 'rest');
// Whatever else is said to it, the command line answers or starts the server itself.
else if (command === 'lsp') runCached(MAIN, undefined, 'never');
else {
  // First of all, for what was kept of an earlier run counts under the flags of that run only.
  const flags = FLAGS[process.versions.node.split('.')[0] ?? ''];
  if (flags !== undefined) process.getBuiltinModule?.('node:v8').setFlagsFromString(flags);
  runCached(MAIN, COMMANDS.includes(command) ? command : undefined, 'exit');
}
