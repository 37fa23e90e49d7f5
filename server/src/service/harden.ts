import type { ChangeAnnotation, TextDocumentEdit } from 'vscode-languageserver-types';
import type { HardenResult } from '../../../shared/src/protocol.js';
import { isOfCompose } from '../engine/lint-compose.js';
import type { Steps } from '../fixes/index.js';
import {
  followed,
  type HardenEdit,
  type HardenPlan,
  type HardenWishes,
  hardenComposeSteps,
  hardenSteps,
  isWorthTelling,
  PRACTICES,
} from '../harden/index.js';
import { lineIndex, positionAt } from '../text/line-index.js';
import type { OnRefusal, Version } from './actions.js';
import { toTextEdit } from './convert.js';

/** The answer, with its edit as the protocol's type. */
export type Hardened = Omit<HardenResult, 'edit'> & {
  readonly edit:
    | { readonly documentChanges: TextDocumentEdit[]; readonly changeAnnotations: Record<string, ChangeAnnotation> }
    | undefined;
};

/** Harden as one edit whose annotations let the editor's preview show, group and deselect each change. */
export function* hardenEdit(version: Version, onRefusal: OnRefusal, wishes: HardenWishes = {}): Steps<Hardened> {
  const plan = yield* planOf(version, onRefusal, wishes);
  const afterIndex = lineIndex(plan.after, version.index.counting);
  const answer: Omit<Hardened, 'edit'> = {
    applied: plan.applied.map(({ rule, title }) => ({ rule, title })),
    left: plan.left
      .filter(isWorthTelling)
      .map(({ rule, message, span }) => ({ rule, message, line: positionAt(afterIndex, span.start).line + 1 })),
    scores: plan.scores.map(score => ({ ...score, practice: PRACTICES[score.practice] })),
    practices: followed(plan.scores).of,
    notes: plan.notes,
    kept: plan.kept,
    secondStage: plan.secondStage,
    refusal: plan.refusal,
  };
  if (plan.edits.length === 0) return { edit: undefined, ...answer };
  const { index } = version;
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  const edits = plan.edits.map((edit, number) => {
    const id = `change-${number}`;
    changeAnnotations[id] = annotation(edit);
    return { ...toTextEdit(index, edit), annotationId: id };
  });
  const documentEdit: TextDocumentEdit = {
    textDocument: { uri: version.uri, version: version.version },
    edits,
  };
  return { edit: { documentChanges: [documentEdit], changeAnnotations }, ...answer };
}

function* planOf({ result, options }: Version, onRefusal: OnRefusal, wishes: HardenWishes): Steps<HardenPlan> {
  if (isOfCompose(result)) {
    const { own, beside } = result.project;
    return yield* hardenComposeSteps({ ...own.source, beside }, options, onRefusal);
  }
  const { context } = result.facts;
  return yield* hardenSteps(result.dockerfile.text, context ? { ...options, context } : options, onRefusal, wishes);
}

const annotation = (edit: HardenEdit): ChangeAnnotation => ({
  label: PRACTICES[edit.practice],
  description: edit.reasons.join('; '),
  needsConfirmation: true,
});

/** The answer for a text that cannot be planned for at all. */
export const unreadable = (refusal: string): Hardened => ({
  edit: undefined,
  applied: [],
  left: [],
  scores: [],
  practices: followed([]).of,
  notes: [],
  kept: undefined,
  secondStage: undefined,
  refusal,
});

/** What a person is told who has no report to read: what was done, what is left, and what to look at. */
export function hardenSummary({ edit, applied, left, notes, kept, secondStage, refusal }: Hardened): string {
  if (refusal !== undefined) return `Nothing changed. ${refusal}`;
  const [first] = left;
  return [
    edit
      ? `Hardened: ${count(applied.length, 'change')}.`
      : 'Nothing to harden: the file already follows the practices that can be applied automatically.',
    ...(kept === undefined ? [] : [kept]),
    ...(secondStage && 'why' in secondStage ? [`No second stage was added: ${secondStage.why}.`] : []),
    ...(first ? [`Needs your decision: line ${first.line}: ${first.message}`] : []),
    ...(left.length > 1 ? [`And ${left.length - 1} more.`] : []),
    ...(edit ? notes : []),
  ].join(' ');
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
