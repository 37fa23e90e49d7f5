import type { Instruction, Placed } from '../../dockerfile/index.js';
import { type FileFacts, InstructionFacts, type Stage } from '../../facts/index.js';
import type { ShellCommand } from '../../shell/index.js';
import type { Reading } from '../rule.js';

/** A RUN of the file, or the RUN that an ONBUILD triggers; all spans are relative to `placed`. */
export interface RunPlace {
  readonly placed: Placed;
  readonly instruction: Instruction;
  readonly facts: InstructionFacts;
  readonly onbuild: boolean;
  readonly stage: Stage | undefined;
}

const memo = new WeakMap<FileFacts, readonly RunPlace[]>();

/** Every RUN in order, triggers of ONBUILD included. */
export function runsOf(facts: FileFacts): readonly RunPlace[] {
  let runs = memo.get(facts);
  if (!runs) {
    runs = facts.dockerfile.instructions.flatMap((placed): RunPlace[] => {
      const { instruction } = placed;
      const stage = facts.stageOf(placed);
      if (instruction.keyword === 'RUN')
        return [{ placed, instruction, facts: facts.at(placed), onbuild: false, stage }];
      const { trigger } = instruction;
      if (trigger?.keyword !== 'RUN') return [];
      return [
        {
          placed,
          instruction: trigger,
          facts: new InstructionFacts(trigger, facts.stateBefore(placed), facts.roleOf(placed)),
          onbuild: true,
          stage,
        },
      ];
    });
    memo.set(facts, runs);
  }
  return runs;
}

/** The RUNs that lie below `run` in the same image, nearest last: of its stage and of the stages that one is FROM. */
export function earlierRuns(facts: FileFacts, run: RunPlace): readonly RunPlace[] {
  return runsOf(facts).filter(
    other => !other.onbuild && other.placed.index < run.placed.index && isAncestor(other.stage, run.stage),
  );
}

/** The RUNs that come on top of `run`, in its stage and in the stages that are FROM it. */
export function laterRuns(facts: FileFacts, run: RunPlace): readonly RunPlace[] {
  return runsOf(facts).filter(
    other => !other.onbuild && other.placed.index > run.placed.index && isAncestor(run.stage, other.stage),
  );
}

/** Whether `older` is `younger` or a stage that it is FROM. */
export function isAncestor(older: Stage | undefined, younger: Stage | undefined): boolean {
  for (let at = younger; at; at = at.base.kind === 'stage' ? at.base.stage : undefined) if (at === older) return true;
  return older === undefined && younger === undefined;
}

// What ShellCheck, and so hadolint, looks through to find the command that really runs.
const TRANSPARENT = new Set(['exec form', 'command', 'builtin', 'exec', 'busybox']);

/** hadolint looks neither behind sudo nor into `sh -c '…'`. */
export function isSeenBy(reading: Reading, command: ShellCommand): boolean {
  return reading !== 'hadolint' || command.via === undefined || TRANSPARENT.has(command.via);
}

export function commandsSeenBy(reading: Reading, facts: InstructionFacts): readonly ShellCommand[] {
  return reading === 'hadolint' ? facts.commands.filter(command => isSeenBy(reading, command)) : facts.commands;
}
