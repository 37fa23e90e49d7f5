import type { Instruction, Placed } from '../dockerfile/index.js';
import { firstIndex } from '../text/first-index.js';
import { type FileFacts, InstructionFacts, perFile, type Stage } from './index.js';

/** A RUN of the file, or the RUN that an ONBUILD triggers; all spans are relative to `placed`. */
export interface RunPlace {
  readonly placed: Placed;
  readonly instruction: Instruction;
  readonly facts: InstructionFacts;
  readonly onbuild: boolean;
  readonly stage: Stage | undefined;
}

type Places = Map<Placed, RunPlace | undefined>;
const placesIn = perFile((): Places => new Map());

function placeOf(known: Places, facts: FileFacts, placed: Placed): RunPlace | undefined {
  const { instruction } = placed;
  const trigger = instruction.keyword === 'RUN' ? undefined : instruction.trigger;
  if (instruction.keyword !== 'RUN' && trigger?.keyword !== 'RUN') return undefined;
  let place = known.get(placed);
  if (!place) {
    const stage = facts.stageOf(placed);
    place = trigger
      ? {
          placed,
          instruction: trigger,
          facts: new InstructionFacts(trigger, facts.stateBefore(placed), facts.roleOf(placed)),
          onbuild: true,
          stage,
        }
      : { placed, instruction, facts: facts.at(placed), onbuild: false, stage };
    known.set(placed, place);
  }
  return place;
}

function runsAmong(facts: FileFacts, instructions: readonly Placed[]): RunPlace[] {
  const known = placesIn(facts);
  const runs: RunPlace[] = [];
  for (const placed of instructions) {
    const run = placeOf(known, facts, placed);
    if (run) runs.push(run);
  }
  return runs;
}

/** Every RUN in order, triggers of ONBUILD included. */
export const runsOf = perFile((facts): readonly RunPlace[] => runsAmong(facts, facts.instructions));

const lineages = perFile(() => new Map<Stage | undefined, readonly RunPlace[]>());

/** The RUNs of a stage and of those it is FROM. */
function lineageRuns(facts: FileFacts, stage: Stage | undefined): readonly RunPlace[] {
  const known = lineages(facts);
  let runs = known.get(stage);
  if (!runs) {
    runs = runsAmong(facts, stage ? facts.lineage(stage) : facts.preamble).filter(run => !run.onbuild);
    known.set(stage, runs);
  }
  return runs;
}

/** An image has at most 127 layers (overlay2), so what is further off than this never gets built. */
const MAX_LAYERS = 128;

/** The RUNs that lie below `run` in the same image, nearest last: of its stage and of the stages that one is FROM. */
export function earlierRuns(facts: FileFacts, run: RunPlace): readonly RunPlace[] {
  const all = lineageRuns(facts, run.stage);
  const end = firstFrom(all, run.placed.index);
  return all.slice(Math.max(0, end - MAX_LAYERS), end);
}

/**
 * The RUNs that come on top of `run`, in its stage and in the stages that are FROM it; of the trigger of an ONBUILD those
 * that are triggered after it.
 */
export function laterRuns(facts: FileFacts, run: RunPlace): readonly RunPlace[] {
  if (run.onbuild)
    return runsAmong(facts, run.stage?.instructions ?? []).filter(
      other => other.onbuild && other.placed.index > run.placed.index,
    );
  const all = stackOn(facts, run.stage);
  const begin = firstFrom(all, run.placed.index + 1);
  return all.slice(begin, begin + MAX_LAYERS);
}

const stacks = perFile(() => new Map<Stage | undefined, readonly RunPlace[]>());

/** The RUNs of a stage and of those that are FROM it, in the order of the file. */
function stackOn(facts: FileFacts, stage: Stage | undefined): readonly RunPlace[] {
  const known = stacks(facts);
  let runs = known.get(stage);
  if (!runs) {
    const own = stage ? stage.instructions : facts.preamble;
    const above = stage ? facts.descendants(stage).flatMap(descendant => descendant.instructions) : [];
    runs = runsAmong(facts, [...own, ...above]).filter(run => !run.onbuild);
    known.set(stage, runs);
  }
  return runs;
}

/** The position of the first run at or after an instruction's index. */
const firstFrom = (runs: readonly RunPlace[], index: number): number =>
  firstIndex(runs.length, at => (runs[at]?.placed.index ?? index) >= index);
