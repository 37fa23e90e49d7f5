import type { Placed } from '../dockerfile/index.js';
import type { FileFacts, PreambleContent, Stage, StageContent, StageRole } from '../facts/index.js';
import type { Mentions } from '../profiles/mentions.js';
import type { RuleSet } from '../profiles/rule-set.js';
import type { Report, Rule } from '../rules/rule.js';

/** A report with the places it speaks of, which are found again when the file has changed elsewhere. */
export interface KeptReport {
  readonly rule: Rule;
  readonly report: Report;
  /** Of the instruction it is about, counted from the FROM of its stage. */
  readonly offset: number;
  /** Where the edits with a place of their own go, by the place they had. */
  readonly anchors: ReadonlyMap<Placed, Anchor> | undefined;
}

/** An instruction, from a stage: `up` steps down its FROMs, or the `heir`th stage that is FROM it. */
interface Anchor {
  readonly up: number;
  readonly heir: number;
  readonly offset: number;
}

export interface StageReports {
  readonly reports: readonly KeptReport[];
  /** They can be found again after an edit elsewhere. */
  readonly areKept: boolean;
}

export type Runner = (
  rules: readonly Rule[],
  facts: FileFacts,
  report: (rule: Rule, at: Placed, one: Report) => void,
) => void;

interface Kept {
  readonly role: StageRole;
  readonly preamble: PreambleContent;
  readonly context: FileFacts['context'];
  /** What is FROM the stage; undefined for rules that do not look there. */
  readonly heirs: readonly StageContent[] | undefined;
  readonly reports: readonly KeptReport[];
}

type Slot = 'stage' | 'layers';
type Slots = Partial<Record<Slot, Kept>>;

const NOT_KEPT = -2;
const BEFORE_STAGES = -1;

/**
 * What the rules that look at single stages report about one, from memory where nothing changed that they can see.
 * `stage` is undefined for what stands before the first FROM.
 */
export function stageReports(
  set: RuleSet,
  facts: FileFacts,
  stage: Stage | undefined,
  mentions: Mentions,
  run: Runner,
): StageReports {
  const { kept } = stage ? stage.content : facts.preambleContent;
  // Under a rule set's `stageRules` lies nothing but what is put there below.
  let slots = kept.get(set.stageRules) as Slots | undefined;
  if (!slots) {
    slots = {};
    kept.set(set.stageRules, slots);
  }
  let found: readonly KeptReport[] = NONE;
  let areKept = true;
  const keep = (reports: readonly KeptReport[]): void => {
    if (reports.length > 0) found = found.length > 0 ? [...found, ...reports] : reports;
  };
  let view: FileFacts | undefined;
  for (const slot of SLOTS) {
    const rules = slot === 'stage' ? set.stageRules : set.layerRules;
    if (rules.count === 0) continue;
    const role = facts.roleOfStage(stage);
    const heirs = slot === 'layers' && stage?.isBase ? facts.heirs(stage) : undefined;
    const known = slots[slot];
    if (
      known &&
      known.role === role &&
      known.preamble === facts.preambleContent &&
      known.context === facts.context &&
      sameHeirs(known.heirs, heirs)
    ) {
      keep(known.reports);
      continue;
    }
    view ??= facts.within(stage);
    const reports: KeptReport[] = [];
    let isWhole = true;
    run(rules.about(mentions), view, (rule, at, report) => {
      if (facts.stageOf(at) !== stage) return;
      const anchors = anchorsOf(facts, stage, heirs, report);
      if (anchors === null) isWhole = false;
      reports.push({ rule, report, offset: at.index - (stage?.from.index ?? 0), anchors: anchors ?? undefined });
    });
    const { preambleContent: preamble, context } = facts;
    if (isWhole) slots[slot] = { role, preamble, context, heirs: heirs?.map(one => one.content), reports };
    else {
      delete slots[slot];
      areKept = false;
    }
    keep(reports);
  }
  return { reports: found, areKept };
}

const NONE: readonly KeptReport[] = [];
const SLOTS: readonly Slot[] = ['stage', 'layers'];

function sameHeirs(before: readonly StageContent[] | undefined, now: readonly Stage[] | undefined): boolean {
  if (before === undefined || now === undefined) return before === undefined && now === undefined;
  return before.length === now.length && before.every((content, index) => content === now[index]?.content);
}

/** Null when an edit goes where it could not be found again. */
function anchorsOf(
  facts: FileFacts,
  stage: Stage | undefined,
  heirs: readonly Stage[] | undefined,
  { fixes }: Report,
): ReadonlyMap<Placed, Anchor> | undefined | null {
  let anchors: Map<Placed, Anchor> | undefined;
  for (const fix of fixes ?? []) {
    for (const { at } of fix.edits) {
      if (!at || anchors?.has(at)) continue;
      const anchor = anchorOf(facts, stage, heirs, at);
      if (!anchor) return null;
      anchors ??= new Map();
      anchors.set(at, anchor);
    }
  }
  return anchors;
}

function anchorOf(
  facts: FileFacts,
  stage: Stage | undefined,
  heirs: readonly Stage[] | undefined,
  at: Placed,
): Anchor | undefined {
  const owner = facts.stageOf(at);
  if (!owner) return { up: BEFORE_STAGES, heir: NOT_KEPT, offset: at.index };
  const offset = at.index - owner.from.index;
  let up = 0;
  for (let one = stage; one; one = one.base.kind === 'stage' ? one.base.stage : undefined, up++)
    if (one === owner) return { up, heir: NOT_KEPT, offset };
  const heir = heirs?.indexOf(owner) ?? -1;
  return heir < 0 ? undefined : { up: 0, heir, offset };
}

/** Finds the instructions of a kept report in the file as it is now. */
export function locate(
  facts: FileFacts,
  stage: Stage | undefined,
  { offset, anchors }: KeptReport,
): { readonly placed: Placed | undefined; readonly startOf: (at: Placed) => number } {
  const { placements } = facts.dockerfile;
  return {
    placed: placements.at((stage?.from.index ?? 0) + offset),
    startOf: at => {
      const anchor = anchors?.get(at);
      if (!anchor) return at.start;
      let base = 0;
      if (anchor.heir >= 0) base = (stage && facts.heirs(stage)[anchor.heir]?.from.index) ?? 0;
      else if (anchor.up >= 0) {
        let one = stage;
        for (let step = 0; step < anchor.up && one; step++)
          one = one.base.kind === 'stage' ? one.base.stage : undefined;
        base = one?.from.index ?? 0;
      }
      return placements.at(base + anchor.offset)?.start ?? at.start;
    },
  };
}
