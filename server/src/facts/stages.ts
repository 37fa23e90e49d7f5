import type { Dockerfile, ImageReference, Placed, Segment } from '../dockerfile/index.js';
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
  /** Some later stage is FROM this one. */
  readonly isBase: boolean;
  readonly content: StageContent;
}

/**
 * Everything about a stage that follows from its own text and from what it is built on, wherever it stands. The same
 * object from one version of a file to the next, as long as none of that changes, so that results can be kept by it.
 */
export interface StageContent {
  /** What was found out about it, by who did: a plain map, since thousands of weak ones keep the collector busy. */
  readonly kept: Map<object, unknown>;
  /** The FROM, then the instructions. */
  readonly parts: readonly Segment[];
  /** Lower case, as BuildKit keeps it. */
  readonly name: string | undefined;
  /** The state before each of `parts`; for the FROM the one behind it. */
  readonly states: readonly State[];
  readonly exit: State;
  readonly image: ImageInfo;
  readonly base: ContentBase;
  /** What FROM names, with variables replaced, in lower case. */
  readonly from: string;
  /** What COPY --from and RUN --mount=from name. */
  readonly references: readonly string[];
  readonly surroundings: Surroundings;
}

/** What stands before the first FROM, as StageContent. */
export type PreambleContent = Pick<StageContent, 'parts' | 'kept'>;

type ContentBase = StageContent | Exclude<Base, { readonly kind: 'stage' }>;

/** What instructions above the stage decide about it, beside its parent. */
interface Surroundings {
  readonly globals: State;
  readonly platform: Scope;
  readonly shell: State['shell'] | undefined;
}

class StageInFile implements Stage {
  isFinal = false;
  inFinalImage = false;
  isUsed = false;
  isBase = false;
  #instructions: readonly Placed[] | undefined;

  constructor(
    private readonly file: readonly Placed[],
    readonly content: StageContent,
    readonly index: number,
    readonly from: Placed,
    readonly base: Base,
  ) {}

  get name(): string | undefined {
    return this.content.name;
  }

  get instructions(): readonly Placed[] {
    const { index } = this.from;
    this.#instructions ??= this.file.slice(index + 1, index + this.content.parts.length);
    return this.#instructions;
  }

  get image(): ImageInfo {
    return this.content.image;
  }

  get entry(): State {
    return this.content.states[0] ?? ROOT;
  }

  get exit(): State {
    return this.content.exit;
  }
}

export interface StageGraph {
  readonly stages: readonly Stage[];
  /** Instructions before the first FROM. */
  readonly preamble: readonly Placed[];
  /** What they are; the same object as long as none of them changes. */
  readonly preambleContent: PreambleContent;
  /** ARG before the first FROM, without the platform ARGs. */
  readonly globals: Scope;
  /** The state before each instruction of the preamble. */
  readonly preambleStates: readonly State[];
  /** The stage of each instruction, by index; -1 before the first FROM. */
  readonly stageOf: Int32Array;
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

// The latest stage that began with a FROM, and the latest preamble that began with an instruction.
const contents = new WeakMap<Segment, StageContent>();
const preambles = new WeakMap<Segment, PreambleContent>();
const platforms = new WeakMap<Scope, Scope>();
const NO_PREAMBLE: PreambleContent = { parts: [], kept: new Map() };

function platformScope(globals: Scope): Scope {
  let platform = platforms.get(globals);
  if (!platform) {
    platform = globals.parent ? chain(globals) : { parent: PLATFORM_SCOPE, own: globals.own, depth: 1 };
    platforms.set(globals, platform);
  }
  return platform;
}

/** Whether the parts are those from index `from` on, and no others up to `end`. */
function isSame(parts: readonly Segment[], file: readonly Placed[], from: number, end: number): boolean {
  if (parts.length !== end - from) return false;
  for (let at = 0; at < parts.length; at++) if (parts[at] !== file[from + at]?.part) return false;
  return true;
}

const sameSurroundings = (a: Surroundings, b: Surroundings): boolean =>
  a.globals === b.globals && a.platform === b.platform && a.shell === b.shell;

interface Preamble {
  readonly states: readonly State[];
  readonly surroundings: Surroundings;
}

function readPreamble(placed: readonly Placed[]): Preamble {
  const states: State[] = [];
  let globals = ROOT;
  let state = ROOT;
  let shell: State['shell'] | undefined;
  for (const one of placed) {
    if (one.leading.length > 0) shell = shellPragma(one) ?? shell;
    states.push(state);
    if (one.instruction.keyword === 'ARG') globals = after(globals, one, EMPTY_SCOPE);
    else state = after(state, one, globals.scope);
  }
  const platform = globals === ROOT ? PLATFORM_SCOPE : platformScope(globals.scope);
  return { states, surroundings: { globals, platform, shell } };
}

function readContent(
  placed: readonly Placed[],
  surroundings: Surroundings,
  text: Expanded,
  parent: StageContent | undefined,
  escape: string,
): StageContent {
  const { globals, shell } = surroundings;
  const image = parent ? parent.image : describeImage(parseReference(text.text), { escape });
  let state = parent ? parent.exit : entryState(globals, image);
  if (shell) state = withShell(state, shell);
  const states: State[] = [];
  const references: string[] = [];
  for (const [index, one] of placed.entries()) {
    if (index > 0) {
      const pragma = one.leading.length > 0 ? shellPragma(one) : undefined;
      if (pragma) state = withShell(state, pragma);
    }
    states.push(state);
    if (index > 0) state = after(state, one, globals.scope);
    const { instruction } = one;
    if (instruction.keyword === 'COPY') {
      const source = instruction.flag('from')?.value;
      if (source !== undefined) references.push(source);
    } else if (instruction.keyword === 'RUN') {
      for (const mount of mountsOf(instruction)) if (mount.from !== undefined) references.push(mount.from);
    }
  }
  const base: ContentBase =
    parent ??
    (text.text === 'scratch'
      ? { kind: 'scratch' }
      : { kind: 'image', text: text.text, reference: parseReference(text.text), certainty: text.certainty });
  const parts = placed.map(one => one.part);
  const name = placed[0]?.instruction.from?.name?.text.toLowerCase();
  return {
    kept: new Map(),
    parts,
    name,
    states,
    exit: state,
    image,
    base,
    from: text.text.toLowerCase(),
    references,
    surroundings,
  };
}

export function buildStages(dockerfile: Dockerfile): StageGraph {
  const { instructions, escape } = dockerfile;
  const begins: number[] = [];
  for (const placed of instructions)
    if (placed.part.instruction.keyword === 'FROM' && placed.part.instruction.from) begins.push(placed.index);
  const first = begins[0] ?? instructions.length;
  const preamble = instructions.slice(0, first);
  const { states, surroundings: above } = readPreamble(preamble);
  // A pragma above the first FROM counts for all stages.
  const opening = instructions[first];
  const surroundings = { ...above, shell: (opening && shellPragma(opening)) ?? above.shell };
  const stages: StageInFile[] = [];
  const byName = new Map<string, StageInFile>();
  const stageOf = new Int32Array(instructions.length).fill(-1, 0, first);
  for (const [index, begin] of begins.entries()) {
    const from = instructions[begin];
    if (!from) break;
    const end = begins[index + 1] ?? instructions.length;
    stageOf.fill(index, begin, end);
    let content = contents.get(from.part);
    const known = content && sameSurroundings(content.surroundings, surroundings) ? content : undefined;
    const text = known ? undefined : expand(from.instruction.from?.image.text ?? '', surroundings.platform, escape);
    const parent = byName.get(known ? known.from : (text?.text.toLowerCase() ?? ''));
    const isKept =
      known &&
      (parent ? known.base === parent.content : 'kind' in known.base) &&
      isSame(known.parts, instructions, begin, end);
    if (!content || !isKept) {
      const image = text ?? expand(from.instruction.from?.image.text ?? '', surroundings.platform, escape);
      content = readContent(instructions.slice(begin, end), surroundings, image, parent?.content, escape);
      contents.set(from.part, content);
    }
    const base: Base = parent
      ? { kind: 'stage', stage: parent }
      : 'kind' in content.base
        ? content.base
        : { kind: 'scratch' };
    if (parent) parent.isBase = true;
    const stage = new StageInFile(instructions, content, index, from, base);
    stages.push(stage);
    if (stage.name !== undefined) byName.set(stage.name, stage);
  }
  markUse(stages);
  return {
    stages,
    preamble,
    preambleContent: preambleContent(preamble),
    globals: surroundings.globals.scope,
    preambleStates: states,
    stageOf,
  };
}

function preambleContent(preamble: readonly Placed[]): PreambleContent {
  const [first] = preamble;
  if (!first) return NO_PREAMBLE;
  let content = preambles.get(first.part);
  if (!content || !isSame(content.parts, preamble, 0, preamble.length)) {
    content = { parts: preamble.map(placed => placed.part), kept: new Map() };
    preambles.set(first.part, content);
  }
  return content;
}

// FROM sees the platform ARGs under the global ones.
function chain(scope: Scope): Scope {
  return { parent: scope.parent ? chain(scope.parent) : PLATFORM_SCOPE, own: scope.own, depth: scope.depth + 1 };
}

function markUse(stages: readonly StageInFile[]): void {
  const final = stages.at(-1);
  if (!final) return;
  final.isFinal = true;
  for (let at: Stage | undefined = final; at; at = at.base.kind === 'stage' ? at.base.stage : undefined) {
    const stage = stages[at.index];
    if (stage) stage.inFinalImage = true;
  }
  const queue = [final];
  final.isUsed = true;
  const need = (found: Stage | undefined): void => {
    const stage = found ? stages[found.index] : undefined;
    if (!stage || stage.isUsed) return;
    stage.isUsed = true;
    queue.push(stage);
  };
  for (let stage = queue.pop(); stage; stage = queue.pop()) {
    if (stage.base.kind === 'stage') need(stage.base.stage);
    for (const reference of stage.content.references) need(findStage(stages, reference, stage.index));
  }
}
