import type { Dockerfile, Placed, Placements, Segment, Since } from '../dockerfile/index.js';
import type { ImageInfo } from '../images/index.js';
import type { Memo } from '../text/memo.js';
import { findStage } from './find-stage.js';
import type { Scope } from './scope.js';
import { contentOf, preambleContent, ROOT, readPreamble } from './stage-content.js';
import type { Base, PreambleContent, Stage, StageContent, Surroundings } from './stages.js';
import { type State, shellPragma } from './state.js';

export interface StageGraph {
  readonly stages: readonly StageInFile[];
  /** The indexes of their FROMs. */
  readonly begins: Int32Array;
  /** How many instructions are before the first FROM. */
  readonly preamble: number;
  /** What they are; the same object as long as none of them changes. */
  readonly preambleContent: PreambleContent;
  /** ARG before the first FROM, without the platform ARGs. */
  readonly globals: Scope;
  /** The state before each instruction of the preamble. */
  readonly preambleStates: readonly State[];
  /** What counts for each stage. */
  readonly surroundings: Surroundings;
  readonly escape: string;
  /** Of the placements it was made from. */
  readonly version: object;
}

class StageInFile implements Stage {
  isFinal = false;
  inFinalImage = false;
  isUsed = false;
  isBase = false;
  readonly kept: Memo = new Map();
  #instructions: readonly Placed[] | undefined;
  #whole: readonly Placed[] | undefined;

  constructor(
    private readonly file: Placements,
    readonly content: StageContent,
    readonly index: number,
    readonly begin: number,
    readonly parent: StageInFile | undefined,
  ) {}

  get name(): string | undefined {
    return this.content.name;
  }

  get from(): Placed {
    return this.file.get(this.begin);
  }

  get instructions(): readonly Placed[] {
    this.#instructions ??= this.file.range(this.begin + 1, this.begin + this.content.parts.length);
    return this.#instructions;
  }

  get whole(): readonly Placed[] {
    this.#whole ??= this.file.range(this.begin, this.begin + this.content.parts.length);
    return this.#whole;
  }

  get base(): Base {
    if (this.parent) return { kind: 'stage', stage: this.parent };
    return 'kind' in this.content.base ? this.content.base : { kind: 'scratch' };
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

/** The stage that holds an instruction, by its index; -1 before the first FROM. */
export function stageAt({ begins }: Pick<StageGraph, 'begins'>, index: number): number {
  let low = -1;
  let high = begins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((begins[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The stages of a file. `previous` are those of the version before: what an edit in one stage leaves as it was is taken from there. */
export function buildStages(dockerfile: Dockerfile, previous?: StageGraph): StageGraph {
  const { since } = dockerfile;
  const shared = previous && since?.version === previous.version ? afterEdit(dockerfile, since, previous) : undefined;
  return shared ?? buildAll(dockerfile);
}

const beginsStage = ({ instruction }: Segment): boolean =>
  instruction.keyword === 'FROM' && instruction.from !== undefined;

/** Undefined when the edit did more than to change what one stage does. */
function afterEdit({ placements }: Dockerfile, since: Since, previous: StageGraph): StageGraph | undefined {
  const edited = stageAt(previous, since.from);
  const begin = previous.begins[edited];
  const { from, oldEnd, newEnd } = since;
  if (begin === undefined || from <= begin || oldEnd > (previous.begins[edited + 1] ?? Number.MAX_SAFE_INTEGER))
    return undefined;
  const { parts } = placements;
  for (let index = from; index < newEnd; index++) {
    const part = parts[index];
    if (part && beginsStage(part)) return undefined;
  }
  const begins = previous.begins.slice();
  const step = newEnd - oldEnd;
  if (step !== 0)
    for (let index = edited + 1; index < begins.length; index++) begins[index] = (begins[index] ?? 0) + step;
  const stages: StageInFile[] = [];
  for (const old of previous.stages) {
    const { index } = old;
    const parent = old.parent && stages[old.parent.index];
    let { content } = old;
    if (index === edited || parent?.content !== old.parent?.content) {
      const own = parts.slice(begins[index], begins[index + 1] ?? parts.length);
      content = contentOf(own, previous.surroundings, () => parent?.content, previous.escape);
      if (!sameReferences(content, old.content)) return undefined;
    }
    const stage = new StageInFile(placements, content, index, begins[index] ?? 0, parent);
    stage.isFinal = old.isFinal;
    stage.inFinalImage = old.inFinalImage;
    stage.isUsed = old.isUsed;
    stage.isBase = old.isBase;
    stages.push(stage);
  }
  const { preamble, preambleContent, globals, preambleStates, surroundings, escape } = previous;
  const { version } = placements;
  return { stages, begins, preamble, preambleContent, globals, preambleStates, surroundings, escape, version };
}

const sameReferences = (a: StageContent, b: StageContent): boolean =>
  a.references.length === b.references.length && a.references.every((name, index) => name === b.references[index]);

function buildAll({ placements, escape }: Dockerfile): StageGraph {
  const { parts } = placements;
  const froms: number[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part && beginsStage(part)) froms.push(index);
  }
  const begins = new Int32Array(froms);
  const first = begins[0] ?? parts.length;
  const above = parts.slice(0, first);
  const { states, surroundings: before } = readPreamble(above);
  // A pragma above the first FROM counts for all stages.
  const opening = parts[first];
  const { globals, platform } = before;
  const surroundings = { globals, platform, shell: (opening && shellPragma(opening)) ?? before.shell };
  const stages: StageInFile[] = [];
  const byName = new Map<string, StageInFile>();
  for (const [index, begin] of begins.entries()) {
    const own = parts.slice(begin, begins[index + 1] ?? parts.length);
    const content = contentOf(own, surroundings, name => byName.get(name)?.content, escape);
    const parent = byName.get(content.from);
    if (parent) parent.isBase = true;
    const stage = new StageInFile(placements, content, index, begin, parent);
    stages.push(stage);
    if (stage.name !== undefined) byName.set(stage.name, stage);
  }
  markUse(stages);
  return {
    stages,
    begins,
    preamble: first,
    preambleContent: preambleContent(above),
    globals: globals.scope,
    preambleStates: states,
    surroundings,
    escape,
    version: placements.version,
  };
}

function markUse(stages: readonly StageInFile[]): void {
  const final = stages.at(-1);
  if (!final) return;
  final.isFinal = true;
  for (let at: StageInFile | undefined = final; at; at = at.parent) at.inFinalImage = true;
  const queue = [final];
  final.isUsed = true;
  const need = (found: Stage | undefined): void => {
    const stage = found ? stages[found.index] : undefined;
    if (!stage || stage.isUsed) return;
    stage.isUsed = true;
    queue.push(stage);
  };
  for (let stage = queue.pop(); stage; stage = queue.pop()) {
    need(stage.parent);
    for (const reference of stage.content.references) need(findStage(stages, reference, stage.index));
  }
}
