import { withAssigned } from '../assigned.js';
import { type Comment, type FromWorker, isToWorker, type LintJob } from '../protocol.js';
import { readComments } from './comments.js';
import { startProgram } from './port.js';
import type { Program } from './program.js';

/** Lints one job. CRLF would be SC1017 in every line; the offsets still are those in the script as it was given. */
export async function lintJob(program: Program, { script, shell, assigned }: LintJob): Promise<Comment[]> {
  const whole = withAssigned(script, assigned);
  return readComments(await program.lint(whole.script.replaceAll('\r\n', '\n'), shell), whole);
}

/** Bytes of an instance beyond which a new one takes its place: WebAssembly memory never shrinks. */
const MEMORY = 64 * 2 ** 20;

/** The worker's side of the protocol; returns what is to be called with each message. */
export function serve(post: (message: FromWorker) => void): (message: unknown) => void {
  let module: WebAssembly.Module | undefined;
  let program: Program | undefined;

  async function start(given: unknown): Promise<void> {
    try {
      if (!(given instanceof WebAssembly.Module)) throw new TypeError('no compiled module was given');
      module = given;
      program = await startProgram(module);
      post({ kind: 'ready' });
    } catch (error) {
      post({ kind: 'broken', error: String(error) });
    }
  }

  async function lint(job: LintJob): Promise<void> {
    try {
      if (!module) throw new Error('not started');
      program ??= await startProgram(module);
      const comments = await lintJob(program, job);
      if (program.memory() > MEMORY) program = undefined;
      post({ kind: 'linted', comments });
    } catch (error) {
      // After a trap its memory may be in any state.
      program = undefined;
      post({ kind: 'failed', error: String(error) });
    }
  }

  let last = Promise.resolve();
  return message => {
    if (!isToWorker(message)) return;
    last = last.then(() => (message.kind === 'start' ? start(message.module) : lint(message.job)));
  };
}
