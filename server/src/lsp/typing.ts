import type { LintResult } from '../engine/result.js';
import type { Finding } from '../profiles/types.js';
import type { Change } from '../text/change.js';
import { firstIndex } from '../text/first-index.js';
import type { Span } from '../text/span.js';
import type { Analysed } from './analyses.js';
import { after, placesBeingTyped, touches } from './being-typed.js';
import { changeSince, type TrackedDocument } from './documents.js';

/**
 * While an instruction is typed, nothing is said about it, and nothing about others that was not said before: half a FROM
 * has no stage, an open heredoc swallows the rest of the file. All is shown when the next edit is elsewhere, when the
 * file is saved, or when the cursor is known to be elsewhere. Fixes and explanations are about all findings all the time.
 */
export interface Typing {
  /** The findings to show, out of all those of the current text. The same object for the same findings. */
  shown(document: TrackedDocument, analysed: Analysed, whole: LintResult, known: KnownBefore): LintResult;
  /** What is there is meant. */
  settle(document: TrackedDocument): void;
  /** The cursor or selection is at this span of the current text. True when that makes findings appear. */
  cursorAt(document: TrackedDocument, span: Span): boolean;
  /** An edit was handed out: when the next change is that edit, nobody has typed it. */
  handedOut(document: TrackedDocument): void;
  forget(uri: string): void;
}

/** All that is known by now of an earlier text, ShellCheck's findings included, and whether more is to come. */
export type KnownBefore = (before: Analysed) => { readonly result: LintResult; readonly isWhole: boolean };

interface State {
  readonly analysed: Analysed;
  /** Where somebody types; empty when nobody does. */
  readonly places: readonly Span[];
  /** Instructions that were written since then and left again: what is wrong with them is new, and is meant. */
  readonly left: readonly Span[];
  /** What the text was before somebody began to type there. */
  readonly before: Before | undefined;
  last: { readonly whole: LintResult; readonly shown: LintResult } | undefined;
}

interface Before {
  readonly analysed: Analysed;
  said: Said | undefined;
}

export function createTyping(): Typing {
  const states = new Map<string, State>();
  const handed = new Map<string, number>();
  /** The revisions in which everything is meant; they may not have been looked at yet. */
  const settled = new Map<string, number>();

  function stateOf(document: TrackedDocument, analysed: Analysed): State {
    const { uri, revision } = document;
    const known = states.get(uri);
    if (known?.analysed.revision === revision && known.analysed.resource === analysed.resource) return known;
    const next = follow(known, document, analysed);
    states.set(uri, next);
    return next;
  }

  function follow(known: State | undefined, document: TrackedDocument, analysed: Analysed): State {
    const quiet: State = { analysed, places: [], left: [], before: undefined, last: undefined };
    const wasHandedOut = handed.get(document.uri) === document.updates.at(-1)?.to;
    if (wasHandedOut || settled.get(document.uri) === document.revision) return quiet;
    // The same text under other settings.
    if (known?.analysed.revision === document.revision) return { ...quiet, places: known.places };
    const cursors = document.written.map(({ end }) => end);
    const places = placesBeingTyped(analysed.result.dockerfile, analysed.index, cursors);
    if (places.length === 0 || !known) return { ...quiet, places };
    const change = changeSince(document, known.analysed.revision);
    const goesOn =
      change !== undefined &&
      known.places.length > 0 &&
      places.every(place => known.places.some(old => touches(after(old, change), place)));
    const isComparable = known.analysed.resource === analysed.resource;
    const before = goesOn ? known.before : { analysed: known.analysed, said: undefined };
    const left =
      change === undefined ? [] : leftSince(goesOn ? known : { places: [], left: [] }, change, places, analysed);
    return { ...quiet, places, left, before: isComparable ? before : undefined };
  }

  return {
    shown(document, analysed, whole, known) {
      const state = stateOf(document, analysed);
      if (state.places.length === 0) return whole;
      const { before, places, left } = state;
      if (state.last?.whole === whole && before?.said?.isWhole !== false) return state.last.shown;
      if (before && before.said?.isWhole !== true) before.said = saidIn(known(before.analysed));
      const findings = whole.findings.filter(
        finding =>
          !isAbout(finding, places, whole) &&
          ((before?.said?.has(finding, whole) ?? true) || isAbout(finding, left, whole)),
      );
      const isSame = state.last && sameItems(findings, state.last.shown.findings);
      const shown = isSame && state.last ? state.last.shown : { ...whole, findings };
      state.last = { whole, shown };
      return shown;
    },
    settle({ uri, revision }) {
      settled.set(uri, revision);
      const known = states.get(uri);
      if (known?.analysed.revision === revision)
        states.set(uri, { analysed: known.analysed, places: [], left: [], before: undefined, last: undefined });
    },
    cursorAt(document, span) {
      const known = states.get(document.uri);
      if (known?.analysed.revision !== document.revision || known.places.length === 0) return false;
      if (known.places.some(place => touches(place, span))) return false;
      this.settle(document);
      return true;
    },
    handedOut({ uri, revision }) {
      handed.set(uri, revision);
    },
    forget(uri) {
      for (const map of [states, handed, settled]) map.delete(uri);
    },
  };
}

/** Editors report several keys at once: an instruction that was written and left within one change is left, too. */
function leftSince(
  known: Pick<State, 'places' | 'left'>,
  change: Change,
  places: readonly Span[],
  { result }: Analysed,
): readonly Span[] {
  const { placements } = result.dockerfile;
  const written = [...known.places.map(place => after(place, change)), { start: change.from, end: change.newEnd }];
  const spans = written.flatMap(({ start, end }) => {
    const found: Span[] = [];
    for (let at = firstIndex(placements.parts.length, index => (placements.starts[index] ?? 0) >= start); ; at++) {
      const placed = placements.at(at);
      if (!placed || placed.start + placed.length > end) return found;
      found.push({ start: placed.start, end: placed.start + placed.length });
    }
  });
  return [...known.left.map(span => after(span, change)), ...spans].filter(
    span => !places.some(place => touches(place, span)),
  );
}

function isAbout({ span, at }: Finding, places: readonly Span[], { dockerfile }: LintResult): boolean {
  const placed = at >= 0 ? dockerfile.placements.at(at) : undefined;
  return places.some(
    place =>
      touches(place, span) ||
      (placed !== undefined && touches(place, { start: placed.start, end: placed.start + placed.length })),
  );
}

const sameItems = (a: readonly Finding[], b: readonly Finding[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** What was said about a text, to be found again where it has only moved. */
interface Said {
  readonly isWhole: boolean;
  has(finding: Finding, result: LintResult): boolean;
}

function saidIn({ result, isWhole }: ReturnType<KnownBefore>): Said {
  const keys = new Set(result.findings.map(finding => keyOf(finding, result)));
  return { isWhole, has: (finding, now) => keys.has(keyOf(finding, now)) };
}

/** A rule, and what it points to in which instruction. Not the message: it may give the number of a line. */
function keyOf({ rule, span, at }: Finding, { dockerfile }: LintResult): string {
  const placed = at >= 0 ? dockerfile.placements.at(at) : undefined;
  if (!placed) return `${rule}\n${dockerfile.text.slice(span.start, span.end)}`;
  return `${rule}\n${span.start - placed.start}\n${span.end - placed.start}\n${placed.instruction.text}`;
}
