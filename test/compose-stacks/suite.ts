import type { Report } from '../e2e/lib/report.js';
import { missingForEngines } from '../engine-room/missing.js';
import { openRoom } from '../engine-room/room.js';
import { type CheckedStack, checkStack } from './check.js';
import { composeProgram } from './compose-program.js';
import { STACKS } from './stacks/index.js';

export interface StackOptions {
  readonly report: Report;
  readonly log: (line: string) => void;
  /** Only those whose name contains this. */
  readonly only?: string;
}

/** Starts every stack before and after Harden, or lists them as skipped where nothing can. */
export async function runStacks({ report, log, only = '' }: StackOptions): Promise<readonly CheckedStack[]> {
  const stacks = STACKS.filter(({ name }) => name.includes(only));
  const missing = await missingForEngines();
  if (missing !== undefined) {
    for (const { name } of stacks) report.leaveOut(nameOf(name), missing);
    return [];
  }
  const program = await composeProgram();
  const room = await openRoom(log);
  const found = new Map<string, CheckedStack>();
  const waiting = [...stacks];
  const work = async (): Promise<void> => {
    for (let stack = waiting.shift(); stack; stack = waiting.shift()) {
      const now = stack;
      await report.run(nameOf(now.name), async () => {
        found.set(now.name, await checkStack(now, room, program));
      });
    }
  };
  // While one waits for its containers the others go on.
  try {
    await Promise.all([work(), work(), work()]);
  } finally {
    await room.close();
  }
  return stacks.flatMap(({ name }) => found.get(name) ?? []);
}

const nameOf = (name: string): string => `hardened stack ${name}`;
