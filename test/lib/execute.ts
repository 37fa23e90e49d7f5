import { type ChildProcess, spawn } from 'node:child_process';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  /** Both streams, as they came. */
  readonly log: string;
}

const running = new Set<ChildProcess>();

/** However this process ends, nothing that it started may live on. */
process.on('exit', () => {
  for (const child of running) endGroup(child, 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

export interface Started {
  readonly ended: Promise<Outcome>;
  readonly stop: () => Promise<Outcome>;
}

/** Starts a program in a process group of its own, so that it can be ended with everything it starts. */
export function start(command: string, args: readonly string[], seconds = 600): Started {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  let stdout = '';
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    log += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const limit = setTimeout(() => {
    log += `\nstopped after ${seconds} s\n`;
    endGroup(child, 'SIGKILL');
  }, seconds * 1000);
  const ended = new Promise<Outcome>(resolve => {
    const end = (code: number): void => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code, stdout, log });
    };
    child.once('error', error => {
      log += error.message;
      end(127);
    });
    child.once('close', code => end(code ?? 137));
  });
  return {
    ended,
    stop: async () => {
      endGroup(child, 'SIGTERM');
      const hard = setTimeout(() => endGroup(child, 'SIGKILL'), 10_000);
      const outcome = await ended;
      clearTimeout(hard);
      return outcome;
    },
  };
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

export const execute = (command: string, args: readonly string[], seconds?: number): Promise<Outcome> =>
  start(command, args, seconds).ended;

/** The output of a program that has to succeed. */
export async function need(command: string, args: readonly string[], seconds?: number): Promise<string> {
  const { code, stdout, log } = await execute(command, args, seconds);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${tail(log)}`);
  return stdout;
}

export const tail = (text: string, lines = 25): string => text.trimEnd().split('\n').slice(-lines).join('\n');
