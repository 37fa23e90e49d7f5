import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ENVIRONMENT } from './environment.js';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** One process, from its start to its end. */
export interface Run {
  readonly seconds: number;
  /** Until the first output; undefined when there was none. */
  readonly firstOutput: number | undefined;
  /** Largest resident memory in megabytes, where /proc tells. */
  readonly peak: number | undefined;
}

/** How often memory is looked at, in milliseconds. */
const LOOK = 10;
/** Nothing that is worth comparing takes longer. */
const PATIENCE = 600_000;

function runOnce({ command, args }: Program): Promise<Run | undefined> {
  return new Promise(resolve => {
    const begin = performance.now();
    const child = spawn(command, [...args], {
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: PATIENCE,
    });
    let firstOutput: number | undefined;
    let peak: number | undefined;
    const clock = setInterval(() => {
      peak = peakOf(child.pid) ?? peak;
    }, LOOK);
    child.stdout.on('data', () => {
      firstOutput ??= (performance.now() - begin) / 1000;
    });
    child.on('error', () => {
      clearInterval(clock);
      resolve(undefined);
    });
    // Linters exit with 1 for findings; anything else than 0 and 1 is not a result.
    child.on('close', status => {
      clearInterval(clock);
      const seconds = (performance.now() - begin) / 1000;
      resolve(status === 0 || status === 1 ? { seconds, firstOutput, peak } : undefined);
    });
  });
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/**
 * Runs programs by turns, A B A B, so that whatever else the machine does meets all of them alike. A program that
 * fails, or is missing, has no runs. One round before the first is not counted: it fills the caches of files and code.
 */
export async function alternating(
  programs: readonly (Program | undefined)[],
  rounds: number,
): Promise<readonly (readonly Run[])[]> {
  const runs: Run[][] = programs.map(() => []);
  const failed = new Set<number>();
  for (let round = 0; round <= rounds; round++) {
    for (const [index, program] of programs.entries()) {
      if (!program || failed.has(index)) continue;
      const run = await runOnce(program);
      if (!run) {
        failed.add(index);
        runs[index] = [];
      } else if (round > 0) runs[index]?.push(run);
    }
  }
  return runs;
}
