import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { runCached } from '../cli/run-cached.js';

/** Those that are over soon. */
const COMMANDS = ['lint', 'harden', 'rules', 'explain', 'parse'];
const command = isMainThread ? process.argv[2] : 'lint';
const isShort = command !== undefined && COMMANDS.includes(command);

// Optimised code takes longer to make than a run has left to use it, but for what runs really often.
if (isMainThread && isShort) setFlagsFromString('--interrupt-budget=1000000');

// What `bin` names starts the command line proper, which lies beside it.
runCached(`${__dirname}/cli-main.cjs`, isShort ? command : undefined, isMainThread);
