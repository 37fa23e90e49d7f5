import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

/** Where the text changed since the version before: offsets, `oldEnd` in the old text and `newEnd` in the new one. */
export interface Change {
  readonly from: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** A text document that remembers what the last update changed, so that the parser need not compare. */
export interface TrackedDocument {
  readonly document: TextDocument;
  readonly uri: string;
  readonly version: number;
  /** Undefined when the whole text may have changed. */
  readonly change: Change | undefined;
  readonly cursor: number | undefined;
}

export function create(uri: string, languageId: string, version: number, content: string): TrackedDocument {
  return {
    document: TextDocument.create(uri, languageId, version, content),
    uri,
    version,
    change: undefined,
    cursor: undefined,
  };
}

export function update(
  tracked: TrackedDocument,
  changes: TextDocumentContentChangeEvent[],
  version: number,
): TrackedDocument {
  let change: Change | undefined;
  const [only] = changes;
  if (only && changes.length === 1 && 'range' in only) {
    const from = tracked.document.offsetAt(only.range.start);
    const oldEnd = tracked.document.offsetAt(only.range.end);
    change = {
      from: Math.min(from, oldEnd),
      oldEnd: Math.max(from, oldEnd),
      newEnd: Math.min(from, oldEnd) + only.text.length,
    };
  }
  const document = TextDocument.update(tracked.document, changes, version);
  return { document, uri: tracked.uri, version, change, cursor: change?.newEnd };
}
