import { commentsIn, type YamlComment } from '../compose/comments.js';
import type { Project } from '../compose/index.js';
import type { Value } from '../compose/value.js';
import { canonicalName } from '../profiles/rule-names.js';
import type { Span } from '../text/span.js';
import { EVERYTHING, type IgnoredName, readIgnore } from './comment.js';

/** A comment of a Compose file that asks not to report something, and the part of the file that it is about. */
export interface ComposeIgnore {
  readonly name: IgnoredName;
  /** All names of the comment. */
  readonly among: readonly IgnoredName[];
  readonly comment: Span;
  readonly isOurs: boolean;
  /** What is reported in here is meant. */
  readonly covers: Span;
}

export interface ComposeIgnores {
  readonly all: readonly ComposeIgnore[];
  /** Comments that were meant as ours, but say nothing that is understood. */
  readonly misspelt: readonly Span[];
}

/**
 * Reads the comments of a Compose file. One that has a line for itself is about the key or the item below it and all that
 * is in it; one after something is about that line; with `file-`, or as `dclint disable`, it is about the file.
 */
export function readComposeIgnores(project: Project): ComposeIgnores {
  const { source, root } = project.own;
  const all: ComposeIgnore[] = [];
  const misspelt: Span[] = [];
  const file: Span = { start: 0, end: source.text.length };
  let parts: readonly Span[] | undefined;
  for (const comment of commentsIn(source.text, root)) {
    const read = readComment(comment);
    if (!read) continue;
    if (read === 'misspelt') {
      misspelt.push({ start: comment.start, end: comment.end });
      continue;
    }
    parts ??= root ? partsOf(root) : [];
    const covers = read.isForFile ? file : coveredBy(comment, source.text, parts);
    for (const name of read.names) {
      const { start, end } = comment;
      all.push({ name, among: read.names, comment: { start, end }, isOurs: read.isOurs, covers });
    }
  }
  return { all, misspelt };
}

interface ReadComment {
  readonly names: readonly IgnoredName[];
  readonly isForFile: boolean;
  readonly isOurs: boolean;
}

/** Forms of other programs: their documentation shows them after `#`. */
const DCLINT = /^#\s*dclint\s+disable(-line)?\b\s*(.*)$/;
const SEMGREP = /\bnosemgrep\b(?:\s*:\s*(\S.*))?/;
const KICS = /^#\s*kics-scan\s+(ignore-line|ignore-block|ignore|disable=(\S+))/;
const CHECKOV = /checkov:skip=([\w-]+)/;

function readComment({ text, start }: YamlComment): ReadComment | 'misspelt' | undefined {
  const own = readIgnore(text, start, false);
  if (own?.tool === 'misspelt') return 'misspelt';
  if (own?.tool === 'dockwright' || own?.tool === 'trivy')
    return { names: own.names, isForFile: own.scope === 'file', isOurs: own.tool === 'dockwright' };
  const dclint = DCLINT.exec(text);
  if (dclint) {
    const line = dclint[1] !== undefined;
    return { names: namesOr(dclint[2] ?? '', text, start), isForFile: !line, isOurs: false };
  }
  const kics = KICS.exec(text);
  if (kics) return { names: namesOr(kics[2] ?? '', text, start), isForFile: isOfKicsFile(kics[1]), isOurs: false };
  const other = SEMGREP.exec(text) ?? CHECKOV.exec(text);
  return other ? { names: namesOr(other[1] ?? '', text, start), isForFile: false, isOurs: false } : undefined;
}

const isOfKicsFile = (what = ''): boolean => what === 'ignore' || what.startsWith('disable');

/** Names between commas or spaces; of Semgrep's the last part. Without any, all is meant. */
function namesOr(list: string, comment: string, start: number): readonly IgnoredName[] {
  const names = [...list.matchAll(/[^\s,]+/g)].map(({ 0: text }): IgnoredName => {
    const at = start + comment.indexOf(text);
    const last = text.slice(text.lastIndexOf('.') + 1);
    return { text: last, key: canonicalName(last), span: { start: at, end: at + text.length } };
  });
  if (names.length > 0) return names;
  return [{ text: 'all', key: EVERYTHING, span: { start, end: start + comment.length } }];
}

/** Keys with their values, and items of lists: what a comment can be about. Outer ones first. */
function partsOf(root: Value): readonly Span[] {
  const found: Span[] = [];
  const visit = (value: Value): void => {
    if (value.isAlias) return;
    if (value.kind === 'sequence')
      for (const item of value.items) {
        found.push(item.span);
        visit(item);
      }
    else if (value.kind === 'mapping')
      for (const entry of value.entries.values()) {
        if (entry.isMerged) continue;
        found.push(entry.span);
        visit(entry.value);
      }
  };
  visit(root);
  return found;
}

function coveredBy({ start, end, isAlone }: YamlComment, text: string, parts: readonly Span[]): Span {
  if (isAlone) {
    const next = parts.filter(part => part.start > end).sort((a, b) => a.start - b.start || b.end - a.end)[0];
    return next ?? { start, end };
  }
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const first = parts.find(part => part.start >= line && part.start < start);
  // `services:` has its whole value in further lines; what is after a key is about the key and what is in it.
  return first ?? { start: line, end };
}

/** The comments that silence a finding with these names at this place. */
export const ignoring = ({ all }: ComposeIgnores, names: readonly string[], span: Span): readonly ComposeIgnore[] =>
  all.filter(
    ({ name, covers }) =>
      covers.start <= span.start && span.end <= covers.end && (name.key === EVERYTHING || names.includes(name.key)),
  );
