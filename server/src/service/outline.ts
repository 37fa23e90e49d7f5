import {
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver-types';
import type { Fold } from '../features/folding.js';
import type { Link, LinkTarget } from '../features/links.js';
import type { OutlineItem } from '../features/symbols.js';
import { type LineIndex, positionAt } from '../text/line-index.js';
import type { Version } from './actions.js';
import { toRange } from './convert.js';

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  stage: SymbolKind.Module,
  variable: SymbolKind.Variable,
  instruction: SymbolKind.Method,
};

export const toSymbols = (index: LineIndex, items: readonly OutlineItem[]): DocumentSymbol[] =>
  items.map(({ kind, name, detail, span, nameSpan, children }) => ({
    kind: KINDS[kind],
    name,
    detail,
    range: toRange(index, span),
    selectionRange: toRange(index, nameSpan),
    children: toSymbols(index, children),
  }));

/** For clients that know lists only: without a detail, so that it is in the name. */
export const toFlatSymbols = (
  { uri, index }: Pick<Version, 'uri' | 'index'>,
  items: readonly OutlineItem[],
  containerName?: string,
): SymbolInformation[] =>
  items.flatMap(({ kind, name, detail, span, children }) => [
    {
      kind: KINDS[kind],
      name: `${name} ${detail}`.trimEnd(),
      location: { uri, range: toRange(index, span) },
      ...(containerName === undefined ? {} : { containerName }),
    },
    ...toFlatSymbols({ uri, index }, children, name),
  ]);

/** Of several that begin on one line, editors show one: the longest. */
export function toFoldingRanges(index: LineIndex, folds: readonly Fold[]): FoldingRange[] {
  const ranges = new Map<number, FoldingRange>();
  for (const { span, isComment } of folds) {
    const startLine = positionAt(index, span.start).line;
    const endLine = positionAt(index, span.end).line;
    if (endLine <= startLine || (ranges.get(startLine)?.endLine ?? 0) >= endLine) continue;
    ranges.set(startLine, { startLine, endLine, ...(isComment ? { kind: FoldingRangeKind.Comment } : {}) });
  }
  return [...ranges.values()].sort((a, b) => a.startLine - b.startLine);
}

export const toLinks = (version: Version, links: readonly Link[]): DocumentLink[] =>
  links.flatMap(({ span, target }) => {
    const uri = uriOf(version, target);
    return uri === undefined ? [] : [{ range: toRange(version.index, span), target: uri }];
  });

function uriOf({ uri, index, fileUri }: Version, target: LinkTarget): string | undefined {
  switch (target.kind) {
    case 'page':
      return target.url;
    case 'file':
      return fileUri(target.path);
    case 'here':
      // Editors go to a line by such a fragment; lines count from one there.
      return `${uri}#L${positionAt(index, target.offset).line + 1}`;
  }
}
