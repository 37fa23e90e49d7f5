import { keepingLatest } from '../text/keeping.js';
import type { Stage } from './stages.js';

interface Names {
  /** The stages of each name, in order. */
  readonly stages: ReadonlyMap<string, readonly number[]>;
  readonly repeated: readonly string[];
}

const stageNames = keepingLatest((stages: readonly Stage[]): Names => {
  const index = new Map<string, number[]>();
  for (const stage of stages) {
    if (stage.name === undefined) continue;
    const list = index.get(stage.name);
    if (list) list.push(stage.index);
    else index.set(stage.name, [stage.index]);
  }
  return { stages: index, repeated: [...index].flatMap(([name, list]) => (list.length > 1 ? name : [])) };
});

/** The names that more than one stage has. */
export const repeatedNames = (stages: readonly Stage[]): readonly string[] => stageNames(stages).repeated;

/** The stage at the bottom of those that a stage is FROM. */
export function rootOf(stage: Stage): Stage {
  let root = stage;
  while (root.base.kind === 'stage') root = root.base.stage;
  return root;
}

/** Finds a stage before number `before` by name or number, as COPY --from, RUN --mount=from and FROM do. */
export function findStage(stages: readonly Stage[], reference: string, before = stages.length): Stage | undefined {
  const wanted = reference.toLowerCase();
  const named = lastBelow(stageNames(stages).stages.get(wanted) ?? [], before);
  if (named !== undefined) return stages[named];
  return /^\d+$/.test(wanted) && Number(wanted) < before ? stages[Number(wanted)] : undefined;
}

/** The last of some ascending numbers that is less than `limit`. */
function lastBelow(numbers: readonly number[], limit: number): number | undefined {
  let low = -1;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle;
    else high = middle - 1;
  }
  return numbers[low];
}

/** The stages that are FROM each of these, in order. */
export function childrenOf(stages: readonly Stage[]): ReadonlyMap<Stage, readonly Stage[]> {
  const children = new Map<Stage, Stage[]>();
  for (const stage of stages) {
    if (stage.base.kind !== 'stage') continue;
    const list = children.get(stage.base.stage);
    if (list) list.push(stage);
    else children.set(stage.base.stage, [stage]);
  }
  return children;
}
