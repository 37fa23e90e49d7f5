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

/** The worker's side of the protocol; returns what is to be called with each message. */
export function serve(post: (message: FromWorker) => void): (message: unknown) => void {
  let program: Program | undefined;

  async function start(module: unknown): Promise<void> {
    try {
      if (!(module instanceof WebAssembly.Module)) throw new TypeError('no compiled module was given');
      program = await startProgram(module);
      post({ kind: 'ready' });
    } catch (error) {
      post({ kind: 'broken', error: String(error) });
    }
  }

  async function lint(id: number, job: LintJob): Promise<void> {
    try {
      if (!program) throw new Error('not started');
      const comments = await lintJob(program, job);
      post({ kind: 'linted', id, comments, memory: program.memory() });
    } catch (error) {
      post({ kind: 'failed', id, error: String(error) });
    }
  }

  return message => {
    if (!isToWorker(message)) return;
    void (message.kind === 'start' ? start(message.module) : lint(message.id, message.job));
  };
}
