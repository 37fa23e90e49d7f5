import { Utils } from 'vscode-uri';
import { NO_FILES } from '../compose/index.js';
import type { OnRuleError } from '../engine/lint.js';
import { type ComposeResult, lintCompose } from '../engine/lint-compose.js';
import { type Counting, type LineIndex, lineIndex } from '../text/line-index.js';
import type { TrackedDocument } from './documents.js';
import { parseUri } from './uris.js';
import type { Resource } from './workspace.js';

/** What was found in one text of a Compose file under one set of settings. */
interface Analysed {
  readonly revision: number;
  readonly resource: Resource;
  readonly result: ComposeResult;
  readonly index: LineIndex;
}

export interface ComposeAnalyses {
  /** The findings of a document's current text; computed at most once per version. */
  of(document: TrackedDocument, resource: Resource): Analysed;
  forget(uri: string): void;
}

/** `counting` is how the client counts lines and characters. */
export function createComposeAnalyses(onRuleError: OnRuleError, counting: () => Counting): ComposeAnalyses {
  const last = new Map<string, Analysed>();
  return {
    of(document, resource) {
      const { uri, revision } = document;
      const known = last.get(uri);
      if (known?.revision === revision && known.resource === resource) return known;
      const text = document.document.getText();
      const name = Utils.basename(parseUri(uri));
      const result = lintCompose(text, name, resource.beside ?? NO_FILES, resource.options, onRuleError);
      const next: Analysed = { revision, resource, result, index: lineIndex(text, counting()) };
      last.set(uri, next);
      return next;
    },
    forget(uri) {
      last.delete(uri);
    },
  };
}
