import { type Dockerfile, parseDockerfile, reparseDockerfile } from '../dockerfile/index.js';
import { lintAnalysis, type OnRuleError } from '../engine/lint.js';
import type { LintResult } from '../engine/result.js';
import { deriveFacts } from '../facts/index.js';
import { type Counting, type LineIndex, lineIndex, lineIndexAfter } from '../text/line-index.js';
import { changeSince, type TrackedDocument } from './documents.js';
import type { Resource } from './workspace.js';

/** What was found in one text of a document under one set of settings. */
export interface Analysed {
  readonly revision: number;
  readonly resource: Resource;
  readonly result: LintResult;
  readonly index: LineIndex;
}

export interface Analyses {
  /** The findings of a document's current text; computed at most once per version, and from those of an earlier one. */
  of(document: TrackedDocument, resource: Resource): Analysed;
  forget(uri: string): void;
}

/** `counting` is how the client counts lines and characters. */
export function createAnalyses(onRuleError: OnRuleError, counting: () => Counting): Analyses {
  const last = new Map<string, Analysed>();
  return {
    of(document, resource) {
      const known = last.get(document.uri);
      if (known?.revision === document.revision && known.resource === resource) return known;
      const { dockerfile, index } = read(document, known, counting());
      const facts = deriveFacts(dockerfile, resource.context, known?.result.facts);
      const result = lintAnalysis({ dockerfile, facts }, resource.options, onRuleError);
      const next: Analysed = { revision: document.revision, resource, result, index };
      last.set(document.uri, next);
      return next;
    },
    forget(uri) {
      last.delete(uri);
    },
  };
}

function read(
  document: TrackedDocument,
  known: Analysed | undefined,
  counting: Counting,
): { readonly dockerfile: Dockerfile; readonly index: LineIndex } {
  if (known?.revision === document.revision) return { dockerfile: known.result.dockerfile, index: known.index };
  const text = document.document.getText();
  const change = known && changeSince(document, known.revision);
  if (!known || !change) return { dockerfile: parseDockerfile(text), index: lineIndex(text, counting) };
  return {
    dockerfile: reparseDockerfile(known.result.dockerfile, text, change.from, change.oldEnd, change.newEnd),
    index: lineIndexAfter(known.index, text, change),
  };
}
