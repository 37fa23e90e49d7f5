import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { runCached } from '../cli/run-cached.js';
import { startEarly } from './lint-threads.js';

/** Those that are over soon. */
const COMMANDS = ['lint', 'harden', 'rules', 'explain', 'parse'];
const command = isMainThread ? process.argv[2] : 'lint';
const isShort = command !== undefined && COMMANDS.includes(command);

// Optimised code takes longer to make than a run has left to use it, but for what runs really often. Each flag goes to the
// versions it was measured with: V8 complains on standard error about flags that it does not know.
const PATIENT: Readonly<Record<string, string>> = {
  v20: '--interrupt-budget=1000000',
  v22: '--invocation-count-for-turbofan=20000',
  v24: '--invocation-count-for-turbofan=20000',
};

if (isMainThread) {
  if (command === 'lint') startEarly(process.argv.slice(3), __filename);
  const flag = PATIENT[process.version.slice(0, 3)];
  if (isShort && flag !== undefined) {
    // Loading this module takes 2 ms, which the language server saves.
    const v8: typeof import('node:v8') = createRequire(__filename)('node:v8');
    v8.setFlagsFromString(flag);
  }
}

// What `bin` names starts the command line proper, which lies beside it.
runCached(
  `${__dirname}/cli-main.cjs`,
  isShort || command === 'lsp' ? command : undefined,
  isMainThread ? (command === 'lsp' ? 'rest' : 'exit') : 'never',
);
