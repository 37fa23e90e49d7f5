import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { type Change, changeBetween, followedBy } from '../text/change.js';
import { type Counting, lineIndex, offsetAt } from '../text/line-index.js';
import { moved, type Span } from '../text/span.js';
import { type DocumentKind, kindOf } from './language.js';

/** A text document that remembers what its last updates changed, so that the parser need not compare. */
export interface TrackedDocument {
  readonly document: TextDocument;
  readonly uri: string;
  /** The client's, which it may give to several texts. */
  readonly version: number;
  /** Ours: no two texts have the same. */
  readonly revision: number;
  /** What it is, as far as the client and its name tell. */
  readonly kind: DocumentKind;
  /** The last updates, oldest first. */
  readonly updates: readonly Update[];
  /** What the last update wrote, in the text as it is now; an edit that only deletes leaves an empty span. */
  readonly written: readonly Span[];
}

interface Update {
  /** The revision that it was made to. */
  readonly to: number;
  /** Undefined when nothing is known of it. */
  readonly change: Change | undefined;
}

let revisions = 0;

/** As many texts may follow one another before one of them is looked at. */
const MAX_UPDATES = 64;

export function create(uri: string, languageId: string, version: number, content: string): TrackedDocument {
  return {
    document: TextDocument.create(uri, languageId, version, content),
    uri,
    version,
    revision: ++revisions,
    kind: kindOf(uri, languageId),
    updates: [],
    written: [],
  };
}

export function update(
  tracked: TrackedDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
  counting: Counting,
): TrackedDocument {
  const to = tracked.revision;
  let { document } = tracked;
  let whole: Change | undefined;
  let written: readonly Span[] = [];
  // Each one counts from what the one before it has made.
  for (const sent of changes) {
    const change = 'range' in sent && counting === 'utf-8' ? inUtf16(document, sent) : sent;
    // Some clients send the whole text with each key.
    const edit = 'range' in change ? changeOf(document, change) : changeBetween(document.getText(), change.text);
    document = TextDocument.update(document, [change], version);
    whole = whole ? followedBy(whole, edit) : edit;
    written = 'range' in change || isTyped(change.text, edit) ? withWritten(written, edit) : [];
  }
  return {
    document,
    uri: tracked.uri,
    version,
    revision: ++revisions,
    kind: tracked.kind,
    updates: [...tracked.updates.slice(1 - MAX_UPDATES), { to, change: whole }],
    written,
  };
}

/** The spans after one more edit. Those that it touches become one with it: keys that were sent together are one place. */
function withWritten(written: readonly Span[], { from, oldEnd, newEnd }: Change): readonly Span[] {
  const by = newEnd - oldEnd;
  const apart: Span[] = [];
  let together: Span = { start: from, end: newEnd };
  for (const span of written) {
    if (span.end < from) apart.push(span);
    else if (span.start > oldEnd) apart.push(moved(span, by));
    else {
      together = {
        start: Math.min(together.start, span.start),
        end: Math.max(together.end, span.end > oldEnd ? span.end + by : newEnd),
      };
    }
  }
  return [...apart, together];
}

/** A key or a word, Enter included; a text that was replaced by another one is not typed. */
const isTyped = (text: string, { from, newEnd }: Change): boolean => text.slice(from, newEnd).split('\n').length <= 2;

/** The document counts UTF-16 units only. */
function inUtf16(document: TextDocument, { range, text }: RangeChange): RangeChange {
  const index = lineIndex(document.getText(), 'utf-8');
  const start = document.positionAt(offsetAt(index, range.start));
  const end = document.positionAt(offsetAt(index, range.end));
  return { range: { start, end }, text };
}

type RangeChange = Extract<TextDocumentContentChangeEvent, { range: unknown }>;

function changeOf(document: TextDocument, { range, text }: RangeChange): Change {
  const a = document.offsetAt(range.start);
  const b = document.offsetAt(range.end);
  const from = Math.min(a, b);
  return { from, oldEnd: Math.max(a, b), newEnd: from + text.length };
}

/** All that has changed since a revision; undefined when that is not known. */
export function changeSince({ updates }: TrackedDocument, revision: number): Change | undefined {
  const first = updates.findLastIndex(one => one.to === revision);
  if (first < 0) return undefined;
  let all: Change | undefined;
  for (const { change } of updates.slice(first)) {
    if (!change) return undefined;
    all = all ? followedBy(all, change) : change;
  }
  return all;
}
