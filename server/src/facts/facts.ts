import type { ContextSnapshot } from '../context/index.js';
import type { Dockerfile, Instruction, Placed } from '../dockerfile/index.js';
import type { ImageInfo } from '../images/index.js';
import { type ShellCommand, type ShellScript, scriptOf } from '../shell/index.js';
import { type Mount, mountsOf } from './mounts.js';
import type { Scope } from './scope.js';
import { buildStages, type Stage, type StageGraph } from './stages.js';
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
  const script = scriptOf(instruction);
  if (!script || script.form === 'exec') return script;
  // An image without a shell gets one from ADD (a root file system) or COPY; only then does its RUN work, and as shell.
  if (shell.kind !== 'posix' && shell.kind !== 'none') return undefined;
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
    return posixScript(this.instruction, this.shell);
  }

  get commands(): readonly ShellCommand[] {
    return this.script?.commands ?? [];
  }

  get mounts(): readonly Mount[] {
    return mountsOf(this.instruction);
  }
}

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
const roles = new Map<string, StageRole>();
function role(stage: Stage | undefined, multiStage: boolean, isBase: boolean): StageRole {
  const flags = [
    stage?.isFinal ?? !multiStage,
    stage?.inFinalImage ?? !multiStage,
    stage?.isUsed ?? !multiStage,
    multiStage,
    isBase,
  ] as const;
  const key = flags.join();
  let known = roles.get(key);
  if (!known) {
    const [isFinal, inFinalImage, isUsed] = flags;
    known = { isFinal, inFinalImage, isUsed, multiStage, isBase };
    roles.set(key, known);
  }
  return known;
}

/** What is derived from one text, once; read-only. */
export class FileFacts {
  readonly #roles: StageRole[];
  readonly #details = new Map<number, InstructionFacts>();
  readonly #byKeyword: Map<string, Placed[]> = new Map();

  constructor(
    readonly dockerfile: Dockerfile,
    private readonly graph: StageGraph,
    /** What lies beside the Dockerfile; undefined when the host cannot tell. */
    readonly context: ContextSnapshot | undefined,
  ) {
    const bases = new Set<number>();
    for (const stage of graph.stages) if (stage.base.kind === 'stage') bases.add(stage.base.stage.index);
    const multi = graph.stages.length > 1;
    this.#roles = graph.stages.map(stage => role(stage, multi, bases.has(stage.index)));
    for (const placed of dockerfile.instructions) {
      const list = this.#byKeyword.get(placed.instruction.keyword);
      if (list) list.push(placed);
      else this.#byKeyword.set(placed.instruction.keyword, [placed]);
    }
  }

  get stages(): readonly Stage[] {
    return this.graph.stages;
  }

  get final(): Stage | undefined {
    return this.graph.stages.at(-1);
  }

  /** Instructions before the first FROM. */
  get preamble(): readonly Placed[] {
    return this.graph.preamble;
  }

  /** ARG before the first FROM. */
  get globals(): Scope {
    return this.graph.globals;
  }

  /** All instructions with a keyword, in order. */
  all(keyword: string): readonly Placed[] {
    return this.#byKeyword.get(keyword) ?? [];
  }

  stageOf(placed: Placed): Stage | undefined {
    return this.graph.stages[this.graph.stageOf[placed.index] ?? -1];
  }

  /** What is in force before an instruction. */
  stateBefore(placed: Placed): State {
    const state = this.graph.states[placed.index];
    if (!state) throw new RangeError('the instruction is not of this file');
    return state;
  }

  roleOf(placed: Placed): StageRole {
    return this.#roles[this.graph.stageOf[placed.index] ?? -1] ?? role(undefined, this.#roles.length > 0, false);
  }

  at(placed: Placed): InstructionFacts {
    let facts = this.#details.get(placed.index);
    if (!facts) {
      facts = new InstructionFacts(placed.instruction, this.stateBefore(placed), this.roleOf(placed));
      this.#details.set(placed.index, facts);
    }
    return facts;
  }

  /** The instruction after `placed` in the same stage. */
  next(placed: Placed): Placed | undefined {
    const next = this.dockerfile.instructions[placed.index + 1];
    return next &&
      this.graph.stageOf[next.index] === this.graph.stageOf[placed.index] &&
      next.instruction.keyword !== 'FROM'
      ? next
      : undefined;
  }

  /** The instructions of a stage and of the stages it is FROM, oldest first. */
  lineage(stage: Stage): readonly Placed[] {
    const chain: Stage[] = [];
    for (let at: Stage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
      chain.push(at);
    return chain.reverse().flatMap(one => one.instructions);
  }
}

export function deriveFacts(dockerfile: Dockerfile, context?: ContextSnapshot): FileFacts {
  return new FileFacts(dockerfile, buildStages(dockerfile), context);
}
