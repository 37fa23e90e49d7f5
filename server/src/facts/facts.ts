import type { ContextSnapshot } from '../context/index.js';
import type { Dockerfile, Placed } from '../dockerfile/index.js';
import { type Memo, recall } from '../text/memo.js';
import { childrenOf, repeatedNames } from './find-stage.js';
import { InstructionFacts } from './instruction-facts.js';
import { byKeyword } from './offsets-where.js';
import type { Scope } from './scope.js';
import { buildStages, type StageGraph, stageAt } from './stage-graph.js';
import { roleOf, type StageRole } from './stage-role.js';
import type { PreambleContent, Stage, StageContent } from './stages.js';
import type { State } from './state.js';

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
    /** What is beside the Dockerfile; undefined when the host cannot tell. */
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

  /** What the instructions before the first FROM are, wherever they are: the same object for the same ones. */
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
   * while they stay as they are, so it must not depend on where they are: offsets count from the FROM.
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
    const found = roleOf(stage, stage ? length > 1 : length > 0);
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
  descendants(stage: Stage): readonly Stage[] {
    if (!stage.isBase) return NO_STAGES;
    this.#children ??= childrenOf(this.graph.stages);
    const descendants: Stage[] = [];
    const queue = [stage];
    for (let at = queue.pop(); at && descendants.length < MAX_LINEAGE; at = queue.pop()) {
      const children = this.#children.get(at) ?? NO_STAGES;
      descendants.push(...children);
      queue.push(...children);
    }
    return descendants.sort((a, b) => a.index - b.index);
  }

  /** The same facts for a rule that looks at one stage, or at what is before the first. */
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

  override descendants(stage: Stage): readonly Stage[] {
    return this.file.descendants(stage);
  }

  override within(stage: Stage | undefined): FileFacts {
    return this.file.within(stage);
  }
}

const NO_STAGES: readonly Stage[] = [];
const NO_INSTRUCTIONS: readonly Placed[] = [];

/** Derives the facts of a file; `previous` are those of the version that it was read from, and make it cheaper. */
export const deriveFacts = (dockerfile: Dockerfile, context?: ContextSnapshot, previous?: FileFacts): FileFacts =>
  new FileFacts(dockerfile, buildStages(dockerfile, previous && FileFacts.graphOf(previous)), context);
