import type { Value } from './value.js';

/** A comment of a YAML file. */
export interface YamlComment {
  /** With its `#`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** It has its line for itself. */
  readonly isAlone: boolean;
}

/** The comments of a file, in order; a `#` in a text of several lines, or in quotes, begins none. */
export function commentsIn(text: string, root: Value | undefined): readonly YamlComment[] {
  if (!text.includes('#')) return [];
  const texts = root ? scalarSpans(root).sort((a, b) => a.start - b.start) : [];
  const found: YamlComment[] = [];
  let next = 0;
  for (const match of text.matchAll(/(^|[ \t])#[^\r\n]*/gm)) {
    const start = match.index + (match[1] ?? '').length;
    const end = match.index + match[0].length;
    const last = found.at(-1);
    if (last && start < last.end) continue;
    while (next < texts.length && (texts[next]?.end ?? 0) <= start) next++;
    const around = texts[next];
    if (around && around.start <= start && start < around.end) continue;
    const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    found.push({ text: text.slice(start, end), start, end, isAlone: line.trim() === '' });
  }
  return found;
}

/** Where scalars are in which a `#` may be. */
function scalarSpans(root: Value): { readonly start: number; readonly end: number }[] {
  const spans: { readonly start: number; readonly end: number }[] = [];
  const visit = (value: Value): void => {
    if (value.isAlias) return;
    if (value.kind === 'scalar') spans.push(value.span);
    else if (value.kind === 'sequence') value.items.forEach(visit);
    else for (const entry of value.entries.values()) if (!entry.isMerged) visit(entry.value);
  };
  visit(root);
  return spans;
}
