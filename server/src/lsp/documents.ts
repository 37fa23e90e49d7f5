import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { type Change, followedBy } from '../text/change.js';

/** A text document that remembers what its last updates changed, so that the parser need not compare. */
export interface TrackedDocument {
  readonly document: TextDocument;
  readonly uri: string;
  readonly version: number;
  /** The last updates, oldest first. */
  readonly updates: readonly Update[];
  /** Where the last update ended, when it was one edit: most likely somebody types there. */
  readonly cursor: number | undefined;
}

interface Update {
  /** The version that it was made to. */
  readonly to: number;
  /** Undefined when the whole text may have changed. */
  readonly change: Change | undefined;
}

/** As many versions may follow one another before one of them is looked at. */
const MAX_UPDATES = 64;

export function create(uri: string, languageId: string, version: number, content: string): TrackedDocument {
  return {
    document: TextDocument.create(uri, languageId, version, content),
    uri,
    version,
    updates: [],
    cursor: undefined,
  };
}

export function update(
  tracked: TrackedDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): TrackedDocument {
  const to = tracked.version;
  let { document } = tracked;
  let whole: Change | undefined;
  let isKnown = true;
  // Each one counts from what the one before it has made.
  for (const change of changes) {
    const edit = 'range' in change ? changeOf(document, change) : undefined;
    isKnown &&= edit !== undefined;
    if (edit) whole = whole ? followedBy(whole, edit) : edit;
    document = TextDocument.update(document, [change], version);
  }
  const change = isKnown ? whole : undefined;
  return {
    document,
    uri: tracked.uri,
    version,
    updates: [...tracked.updates.slice(1 - MAX_UPDATES), { to, change }],
    cursor: changes.length === 1 ? change?.newEnd : undefined,
  };
}

type RangeChange = Extract<TextDocumentContentChangeEvent, { range: unknown }>;

function changeOf(document: TextDocument, { range, text }: RangeChange): Change {
  const a = document.offsetAt(range.start);
  const b = document.offsetAt(range.end);
  const from = Math.min(a, b);
  return { from, oldEnd: Math.max(a, b), newEnd: from + text.length };
}

/** All that has changed since `version`; undefined when that is not known. */
export function changeSince({ updates }: TrackedDocument, version: number): Change | undefined {
  const first = updates.findLastIndex(one => one.to === version);
  if (first < 0) return undefined;
  let all: Change | undefined;
  for (const { change } of updates.slice(first)) {
    if (!change) return undefined;
    all = all ? followedBy(all, change) : change;
  }
  return all;
}
