import type { ContextSnapshot } from '../context/index.js';
import { type Dockerfile, hasLooseFlag, type Instruction, type Placed } from '../dockerfile/index.js';
import type { ImageInfo } from '../images/index.js';
import { type ShellCommand, type ShellScript, scriptOf } from '../shell/index.js';
import { type Memo, recall } from '../text/memo.js';
import { repeatedNames } from './find-stage.js';
import { type Mount, mountsOf } from './mounts.js';
import type { Scope } from './scope.js';
import { buildStages, type StageGraph, stageAt } from './stage-graph.js';
import type { PreambleContent, Stage, StageContent } from './stages.js';
import type { ShellInForce, State, UserInForce } from './state.js';

/** How the stage of an instruction counts for the image that is shipped. */
export interface StageRole {
  readonly isFinal: boolean;
  readonly inFinalImage: boolean;
  readonly isUsed: boolean;
  /** The file has more than one stage. */
  readonly multiStage: boolean;
  /** Some later stage is FROM this one. */
  readonly isBase: boolean;
}

/** A POSIX-shell RUN, CMD, ENTRYPOINT or HEALTHCHECK, or an exec form. */
function posixScript(instruction: Instruction, shell: ShellInForce): ShellScript | undefined {
  // An image without a shell gets one from ADD (a root file system) or COPY; only then does its RUN work, and as shell.
  // What another shell reads, such as PowerShell, is not even parsed.
  if (shell.kind !== 'posix' && shell.kind !== 'none' && !instruction.json) return undefined;
  if (hasLooseFlag(instruction)) return undefined;
  const script = scriptOf(instruction);
  if (!script || script.form === 'exec') return script;
  if (script.form === 'heredoc' && script.interpreter !== undefined && !/^(?:ba|da|a|k|z)?sh$/.test(script.interpreter))
    return undefined;
  return script;
}

/**
 * What is in force at one instruction. Reading a field is remembered in `reads`, so that a kept result is used again
 * only where everything it was made from is the same.
 */
export class InstructionFacts {
  #reads = 0;
  #script: readonly [ShellScript | undefined] | undefined;

  constructor(
    readonly instruction: Instruction,
    private readonly state: State,
    private readonly stageRole: StageRole,
  ) {}

  /** A bit for each field that was read. */
  get reads(): number {
    return this.#reads;
  }

  get image(): ImageInfo {
    this.#reads |= 1;
    return this.state.image;
  }

  get shell(): ShellInForce {
    this.#reads |= 2;
    return this.state.shell;
  }

  get user(): UserInForce {
    this.#reads |= 4;
    return this.state.user;
  }

  get workdir(): string | undefined {
    this.#reads |= 8;
    return this.state.workdir;
  }

  get scope(): Scope {
    this.#reads |= 16;
    return this.state.scope;
  }

  get stage(): StageRole {
    this.#reads |= 32;
    return this.stageRole;
  }

  /** The commands as POSIX shell reads them; undefined where no POSIX shell is in force, so nothing can be said. */
  get script(): ShellScript | undefined {
    const { shell } = this;
    this.#script ??= [posixScript(this.instruction, shell)];
    return this.#script[0];
  }

  get commands(): readonly ShellCommand[] {
    return this.script?.commands ?? NO_COMMANDS;
  }

  get mounts(): readonly Mount[] {
    return mountsOf(this.instruction);
  }
}

const NO_COMMANDS: readonly ShellCommand[] = [];

/** Whether a result made with `reads` from one state and role holds for another. */
export function sameReads(reads: number, a: State, aRole: StageRole, b: State, bRole: StageRole): boolean {
  if (a !== b) {
    if (reads & 1 && a.image !== b.image) return false;
    if (reads & 2 && a.shell !== b.shell) return false;
    if (reads & 4 && a.user !== b.user) return false;
    if (reads & 8 && a.workdir !== b.workdir) return false;
    if (reads & 16 && a.scope !== b.scope) return false;
  }
  if (reads & 32 && aRole !== bRole) return false;
  return true;
}

// Few possible roles, one object each, so that identity tells them apart. Without any FROM, as while one is being typed or
// in a snippet, everything counts as the stage that is shipped.
const roles = new Map<number, StageRole>();
function role(stage: Stage | undefined, multiStage: boolean): StageRole {
  const isBase = stage?.isBase ?? false;
  const bits = stage
    ? (stage.isFinal ? 1 : 0) |
      (stage.inFinalImage ? 2 : 0) |
      (stage.isUsed ? 4 : 0) |
      (multiStage ? 8 : 0) |
      (isBase ? 16 : 0)
    : multiStage
      ? 32
      : 64;
  const key = bits;
  let known = roles.get(key);
  if (known) return known;
  known = {
    isFinal: stage?.isFinal ?? !multiStage,
    inFinalImage: stage?.inFinalImage ?? !multiStage,
    isUsed: stage?.isUsed ?? !multiStage,
    multiStage,
    isBase,
  };
  roles.set(key, known);
  return known;
}

/** The offsets of the instructions with each keyword. */
function byKeyword(instructions: readonly Placed[]): ReadonlyMap<string, readonly number[]> {
  const lists = new Map<string, number[]>();
  for (let offset = 0; offset < instructions.length; offset++) {
    const keyword = instructions[offset]?.instruction.keyword ?? '';
    const list = lists.get(keyword);
    if (list) list.push(offset);
    else lists.set(keyword, [offset]);
  }
  return lists;
}

/** Stages that are FROM one another further than this are not followed: nobody writes such a file by hand. */
const MAX_LINEAGE = 32;

/** What is derived from one text, once; read-only. */
export class FileFacts {
  /** What others have worked out of these facts: see `perFile`. */
  readonly kept: Memo = new Map();
  #details: Map<number, InstructionFacts> | undefined;
  #all: Map<string, readonly Placed[]> | undefined;
  #preamble: readonly Placed[] | undefined;
  #children: ReadonlyMap<Stage, readonly Stage[]> | undefined;
  #role: { readonly stage: Stage | undefined; readonly role: StageRole } | undefined;

  constructor(
    readonly dockerfile: Dockerfile,
    protected readonly graph: StageGraph,
    /** What lies beside the Dockerfile; undefined when the host cannot tell. */
    readonly context: ContextSnapshot | undefined,
  ) {}

  get stages(): readonly Stage[] {
    return this.graph.stages;
  }

  get final(): Stage | undefined {
    return this.graph.stages.at(-1);
  }

  /** The instructions that are looked at: all of the file, or those of one stage. */
  get instructions(): readonly Placed[] {
    return this.dockerfile.instructions;
  }

  /** Instructions before the first FROM. */
  get preamble(): readonly Placed[] {
    this.#preamble ??= this.dockerfile.placements.range(0, this.graph.preamble);
    return this.#preamble;
  }

  /** What the instructions before the first FROM are, wherever they stand: the same object for the same ones. */
  get preambleContent(): PreambleContent {
    return this.graph.preambleContent;
  }

  /** The state before each of them. */
  get preambleStates(): readonly State[] {
    return this.graph.preambleStates;
  }

  /** ARG before the first FROM. */
  get globals(): Scope {
    return this.graph.globals;
  }

  /** All instructions with a keyword, in order. */
  all(keyword: string): readonly Placed[] {
    const known = this.#all?.get(keyword);
    if (known) return known;
    const found: Placed[] = [];
    const perStage = this.perStage(byKeyword);
    for (let index = 0; index < perStage.length; index++) {
      const offsets = perStage[index]?.get(keyword);
      if (offsets) this.place(offsets, index - 1, found);
    }
    this.#all ??= new Map();
    this.#all.set(keyword, found);
    return found;
  }

  /**
   * What `summarise` says of the preamble and of each stage, FROM included. Kept from one version of a file to the next
   * while they stay as they are, so it must not depend on where they stand: offsets count from the FROM.
   */
  perStage<T>(summarise: (instructions: readonly Placed[], content: StageContent | undefined) => T): readonly T[] {
    return [undefined, ...this.graph.stages].map(stage => this.ofStage(stage, summarise));
  }

  /** What `summarise` says of one stage, or of the preamble; see perStage. */
  ofStage<T>(
    stage: Stage | undefined,
    summarise: (instructions: readonly Placed[], content: StageContent | undefined) => T,
  ): T {
    const { kept } = stage?.content ?? this.preambleContent;
    return recall(kept, summarise, () => summarise(stage?.whole ?? this.preamble, stage?.content));
  }

  /** What `make` says of a stage and of those it is FROM, worked out once. */
  ofLineage<T>(stage: Stage, make: (facts: FileFacts, stage: Stage) => T): T {
    return recall(stage.kept, make, () => make(this, stage));
  }

  /** The instructions that `choose` gives the offsets of, for the preamble and for each stage; see perStage. */
  select(
    choose: (instructions: readonly Placed[], content: StageContent | undefined) => readonly number[],
  ): readonly Placed[] {
    const found: Placed[] = [];
    const perStage = this.perStage(choose);
    for (let index = 0; index < perStage.length; index++) {
      const offsets = perStage[index];
      if (offsets && offsets.length > 0) this.place(offsets, index - 1, found);
    }
    return found;
  }

  /** Adds the instructions with these offsets in one stage, or before the first (-1). */
  private place(offsets: readonly number[], stage: number, found: Placed[]): void {
    const { placements } = this.dockerfile;
    const base = this.graph.begins[stage] ?? 0;
    for (const offset of offsets) found.push(placements.get(base + offset));
  }

  /** The names that more than one stage has. */
  get repeatedNames(): readonly string[] {
    return repeatedNames(this.graph.stages);
  }

  stageOf(placed: Placed): Stage | undefined {
    return this.graph.stages[stageAt(this.graph, placed.index)];
  }

  /** What is in force before an instruction. */
  stateBefore(placed: Placed): State {
    return this.stateIn(this.stageOf(placed), placed);
  }

  private stateIn(stage: Stage | undefined, placed: Placed): State {
    const state = stage
      ? stage.content.states[placed.index - stage.from.index]
      : this.graph.preambleStates[placed.index];
    if (!state) throw new RangeError('the instruction is not of this file');
    return state;
  }

  roleOf(placed: Placed): StageRole {
    return this.roleOfStage(this.stageOf(placed));
  }

  /** Without a stage: of the instructions before the first FROM. */
  roleOfStage(stage: Stage | undefined): StageRole {
    // It is asked of one instruction after the other.
    if (this.#role?.stage === stage && this.#role) return this.#role.role;
    const { length } = this.graph.stages;
    const found = role(stage, stage ? length > 1 : length > 0);
    this.#role = { stage, role: found };
    return found;
  }

  at(placed: Placed): InstructionFacts {
    this.#details ??= new Map();
    let facts = this.#details.get(placed.index);
    if (!facts) {
      const stage = this.stageOf(placed);
      facts = new InstructionFacts(placed.instruction, this.stateIn(stage, placed), this.roleOfStage(stage));
      this.#details.set(placed.index, facts);
    }
    return facts;
  }

  /** The instruction after `placed` in the same stage. */
  next(placed: Placed): Placed | undefined {
    const next = this.dockerfile.placements.at(placed.index + 1);
    return next && next.instruction.keyword !== 'FROM' && this.stageOf(next) === this.stageOf(placed)
      ? next
      : undefined;
  }

  /** The instructions of a stage and of the stages it is FROM, oldest first. */
  lineage(stage: Stage): readonly Placed[] {
    if (stage.base.kind !== 'stage') return stage.instructions;
    const chain: Stage[] = [];
    for (let at: Stage | undefined = stage; at && chain.length < MAX_LINEAGE; ) {
      chain.push(at);
      at = at.base.kind === 'stage' ? at.base.stage : undefined;
    }
    return chain.reverse().flatMap(one => one.instructions);
  }

  /** The last instruction with a keyword among those of a stage and of the stages it is FROM. */
  last(stage: Stage, keyword: string): Placed | undefined {
    let at: Stage | undefined = stage;
    for (let steps = 0; at && steps < MAX_LINEAGE; steps++) {
      const offset = this.ofStage(at, byKeyword).get(keyword)?.at(-1);
      if (offset !== undefined) return at.whole[offset];
      const { base }: Stage = at;
      at = base.kind === 'stage' ? base.stage : undefined;
    }
    return undefined;
  }

  /** Whether a stage, or one it is FROM, has an instruction with a keyword. */
  has(stage: Stage, keyword: string): boolean {
    return this.last(stage, keyword) !== undefined;
  }

  /** The stages that are FROM this one, directly or not, in order. */
  heirs(stage: Stage): readonly Stage[] {
    if (!stage.isBase) return NO_STAGES;
    this.#children ??= childrenOf(this.graph.stages);
    const heirs: Stage[] = [];
    const queue = [stage];
    for (let at = queue.pop(); at && heirs.length < MAX_LINEAGE; at = queue.pop()) {
      const children = this.#children.get(at) ?? NO_STAGES;
      heirs.push(...children);
      queue.push(...children);
    }
    return heirs.sort((a, b) => a.index - b.index);
  }

  /** The same facts for a rule that looks at one stage, or at what stands before the first. */
  within(stage: Stage | undefined): FileFacts {
    return new StageFacts(this, stage);
  }

  /** For those who share what is known already. */
  static graphOf(facts: FileFacts): StageGraph {
    return facts.graph;
  }
}

/** A file as seen from one stage: what is listed is of this stage, and what is asked for is answered as in the whole file. */
class StageFacts extends FileFacts {
  readonly #stages: readonly Stage[];
  #all: Map<string, readonly Placed[]> | undefined;

  constructor(
    private readonly file: FileFacts,
    private readonly stage: Stage | undefined,
  ) {
    super(file.dockerfile, FileFacts.graphOf(file), file.context);
    this.#stages = stage ? [stage] : NO_STAGES;
  }

  override get stages(): readonly Stage[] {
    return this.#stages;
  }

  override get final(): Stage | undefined {
    return this.stage?.isFinal ? this.stage : undefined;
  }

  override get instructions(): readonly Placed[] {
    return this.stage?.whole ?? this.preamble;
  }

  override all(keyword: string): readonly Placed[] {
    const known = this.#all?.get(keyword);
    if (known) return known;
    const offsets = this.ofStage(this.stage, byKeyword).get(keyword);
    if (!offsets) return NO_INSTRUCTIONS;
    const { instructions } = this;
    const found: Placed[] = [];
    for (const offset of offsets) {
      const placed = instructions[offset];
      if (placed) found.push(placed);
    }
    this.#all ??= new Map();
    this.#all.set(keyword, found);
    return found;
  }

  override at(placed: Placed): InstructionFacts {
    return this.file.at(placed);
  }

  override heirs(stage: Stage): readonly Stage[] {
    return this.file.heirs(stage);
  }

  override within(stage: Stage | undefined): FileFacts {
    return this.file.within(stage);
  }
}

const NO_STAGES: readonly Stage[] = [];
const NO_INSTRUCTIONS: readonly Placed[] = [];

function childrenOf(stages: readonly Stage[]): ReadonlyMap<Stage, readonly Stage[]> {
  const children = new Map<Stage, Stage[]>();
  for (const stage of stages) {
    if (stage.base.kind !== 'stage') continue;
    const list = children.get(stage.base.stage);
    if (list) list.push(stage);
    else children.set(stage.base.stage, [stage]);
  }
  return children;
}

/** Derives the facts of a file; `previous` are those of the version that it was read from, and make it cheaper. */
export const deriveFacts = (dockerfile: Dockerfile, context?: ContextSnapshot, previous?: FileFacts): FileFacts =>
  new FileFacts(dockerfile, buildStages(dockerfile, previous && FileFacts.graphOf(previous)), context);
