import type { Dockerfile, ImageReference, Placed } from '../dockerfile/index.js';
import { parseReference } from '../dockerfile/index.js';
import { describeImage, type ImageInfo } from '../images/index.js';
import { mountsOf } from './mounts.js';
import { EMPTY_SCOPE, type Expanded, expand, extend, PLATFORM_ARGUMENTS, type Scope } from './scope.js';
import { after, imageShell, imageUser, type State, shellPragma } from './state.js';

/** What a stage is built on. */
export type Base =
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'scratch' }
  /** `text` has variables replaced by their defaults; `certainty` says how sure that is. */
  | {
      readonly kind: 'image';
      readonly text: string;
      readonly reference: ImageReference;
      readonly certainty: Expanded['certainty'];
    };

export interface Stage {
  readonly index: number;
  /** Lower case, as BuildKit keeps it. */
  readonly name: string | undefined;
  readonly from: Placed;
  /** Without the FROM. */
  readonly instructions: readonly Placed[];
  readonly base: Base;
  /** What is known of the image it finally rests on, through the stages in between. */
  readonly image: ImageInfo;
  readonly entry: State;
  readonly exit: State;
  /** The last stage: what `docker build` makes without --target. */
  readonly isFinal: boolean;
  /** Its layers are part of the final image: the final stage and the stages it is FROM. */
  readonly inFinalImage: boolean;
  /** The final stage needs it: by FROM, COPY --from or RUN --mount=from. */
  readonly isUsed: boolean;
}

interface Draft {
  index: number;
  name: string | undefined;
  from: Placed;
  instructions: Placed[];
  base: Base;
  image: ImageInfo;
  entry: State;
  exit: State;
  isFinal: boolean;
  inFinalImage: boolean;
  isUsed: boolean;
}

export interface StageGraph {
  readonly stages: readonly Stage[];
  /** Instructions before the first FROM. */
  readonly preamble: readonly Placed[];
  /** ARG before the first FROM, without the platform ARGs. */
  readonly globals: Scope;
  /** The state before each instruction, by index. */
  readonly states: readonly State[];
  /** The stage of each instruction, by index; -1 before the first FROM. */
  readonly stageOf: readonly number[];
}

const UNKNOWN_IMAGE = describeImage(parseReference('$unknown'));
const PLATFORM_SCOPE = extend(
  EMPTY_SCOPE,
  PLATFORM_ARGUMENTS.map(name => ({ name, value: undefined, kind: 'predefined' as const })),
);

const stateFor = (image: ImageInfo): State => ({
  image,
  shell: imageShell(image),
  user: imageUser(image),
  workdir: undefined,
  scope: EMPTY_SCOPE,
});
const ROOT = stateFor(UNKNOWN_IMAGE);
const entries = new WeakMap<State, WeakMap<ImageInfo, State>>();

/** The state after FROM: the same object for the same image below the same global ARGs. */
function entryState(globals: State, image: ImageInfo): State {
  let row = entries.get(globals);
  if (!row) {
    row = new WeakMap();
    entries.set(globals, row);
  }
  let state = row.get(image);
  if (!state) {
    state = stateFor(image);
    row.set(image, state);
  }
  return state;
}

const pragmas = new WeakMap<State, Map<object, State>>();

function withShell(state: State, shell: State['shell']): State {
  let row = pragmas.get(state);
  if (!row) {
    row = new Map();
    pragmas.set(state, row);
  }
  let next = row.get(shell);
  if (!next) {
    next = { ...state, shell };
    row.set(shell, next);
  }
  return next;
}

const names = new WeakMap<readonly Stage[], Map<string, number[]>>();

function stageNames(stages: readonly Stage[]): Map<string, number[]> {
  let index = names.get(stages);
  if (!index) {
    index = new Map();
    for (const stage of stages) {
      if (stage.name === undefined) continue;
      const list = index.get(stage.name);
      if (list) list.push(stage.index);
      else index.set(stage.name, [stage.index]);
    }
    names.set(stages, index);
  }
  return index;
}

/** Finds a stage before number `before` by name or number, as COPY --from, RUN --mount=from and FROM do. */
export function findStage(stages: readonly Stage[], reference: string, before = stages.length): Stage | undefined {
  const wanted = reference.toLowerCase();
  const named = stageNames(stages)
    .get(wanted)
    ?.findLast(index => index < before);
  if (named !== undefined) return stages[named];
  return /^\d+$/.test(wanted) && Number(wanted) < before ? stages[Number(wanted)] : undefined;
}

export function buildStages(dockerfile: Dockerfile): StageGraph {
  const preamble: Placed[] = [];
  const drafts: Draft[] = [];
  const states: State[] = [];
  const stageOf: number[] = [];
  const byName = new Map<string, Draft>();
  let globals = ROOT;
  let platform: Scope = PLATFORM_SCOPE;
  let defaultShell: State['shell'] | undefined;
  let current: Draft | undefined;
  let state = ROOT;
  for (const placed of dockerfile.instructions) {
    const { instruction } = placed;
    const pragma = placed.leading.length > 0 ? shellPragma(placed) : undefined;
    const { from } = instruction;
    if (from) {
      if (pragma && drafts.length === 0) defaultShell = pragma;
      const text = expand(from.image.text, platform, dockerfile.escape);
      const parent = byName.get(text.text.toLowerCase());
      const base: Base = parent
        ? { kind: 'stage', stage: parent }
        : text.text === 'scratch'
          ? { kind: 'scratch' }
          : { kind: 'image', text: text.text, reference: parseReference(text.text), certainty: text.certainty };
      const image = parent ? parent.image : describeImage(parseReference(text.text), { escape: dockerfile.escape });
      state = parent ? parent.exit : entryState(globals, image);
      if (defaultShell) state = withShell(state, defaultShell);
      current = {
        index: drafts.length,
        name: from.name?.text.toLowerCase(),
        from: placed,
        instructions: [],
        base,
        image,
        entry: state,
        exit: state,
        isFinal: false,
        inFinalImage: false,
        isUsed: false,
      };
      drafts.push(current);
      if (current.name !== undefined) byName.set(current.name, current);
      states.push(state);
      stageOf.push(current.index);
      continue;
    }
    if (pragma) {
      if (current) state = withShell(state, pragma);
      else defaultShell = pragma;
    }
    states.push(state);
    stageOf.push(current ? current.index : -1);
    if (current) {
      current.instructions.push(placed);
      state = after(state, placed, globals.scope);
      current.exit = state;
    } else {
      preamble.push(placed);
      if (instruction.keyword === 'ARG') {
        globals = after(globals, placed, EMPTY_SCOPE);
        platform = { parent: PLATFORM_SCOPE, own: globals.scope.own, depth: 1 };
        if (globals.scope.parent) platform = chain(globals.scope);
      } else state = after(state, placed, globals.scope);
    }
  }
  markUse(drafts);
  return { stages: drafts, preamble, globals: globals.scope, states, stageOf };
}

// FROM sees the platform ARGs under the global ones.
function chain(scope: Scope): Scope {
  return { parent: scope.parent ? chain(scope.parent) : PLATFORM_SCOPE, own: scope.own, depth: scope.depth + 1 };
}

function markUse(drafts: Draft[]): void {
  const final = drafts.at(-1);
  if (!final) return;
  final.isFinal = true;
  for (let at: Stage | undefined = final; at; at = at.base.kind === 'stage' ? at.base.stage : undefined) {
    const draft = drafts[at.index];
    if (draft) draft.inFinalImage = true;
  }
  const queue = [final];
  final.isUsed = true;
  const need = (stage: Stage | undefined): void => {
    const draft = stage ? drafts[stage.index] : undefined;
    if (!draft || draft.isUsed) return;
    draft.isUsed = true;
    queue.push(draft);
  };
  for (let stage = queue.pop(); stage; stage = queue.pop()) {
    if (stage.base.kind === 'stage') need(stage.base.stage);
    for (const { instruction } of stage.instructions) {
      const source = instruction.keyword === 'COPY' ? instruction.flag('from')?.value : undefined;
      if (source !== undefined) need(findStage(drafts, source, stage.index));
      if (instruction.keyword === 'RUN') {
        for (const mount of mountsOf(instruction))
          if (mount.from !== undefined) need(findStage(drafts, mount.from, stage.index));
      }
    }
  }
}
