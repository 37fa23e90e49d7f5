import { type Flag, hasLooseFlag, type Instruction, perInstruction, type Word } from '../../dockerfile/index.js';
import { slots } from '../../text/memo.js';
import { type Expanded, expand, type Scope } from '../index.js';

/** `other`: has a scheme that Docker cannot fetch, such as `ftp:`; certainly no file of the build context. */
export type SourceKind = 'local' | 'url' | 'git' | 'heredoc' | 'other';

export interface Source {
  readonly word: Word;
  /** Variables replaced and quotes resolved. */
  readonly text: string;
  readonly certainty: Expanded['certainty'];
  readonly kind: SourceKind;
  /** Has `*`, `?` or `[`. */
  readonly glob: boolean;
}

/** The parts of a COPY or ADD. */
export interface Transfer {
  readonly sources: readonly Source[];
  readonly target: Word;
  /** Variables replaced and quotes resolved. */
  readonly path: string;
  readonly pathCertainty: Expanded['certainty'];
  /** `--from` of a COPY. */
  readonly from: Flag | undefined;
  /** For `perTransfer`. */
  readonly kept: unknown[];
}

/** What `make` says of a transfer, worked out once as long as its instruction and its variables stay as they are. */
export const perTransfer = slots<Transfer>();

// What BuildKit takes for a Git reference (util/gitutil/git_ref.go).
const GIT = /^(?:git@[^:\s]+:|git:\/\/|ssh:\/\/|https?:\/\/[^#?]+\.git(?:[#?]|$))/;

export function sourceKind(text: string): SourceKind {
  if (GIT.test(text)) return 'git';
  if (/^https?:\/\//i.test(text)) return 'url';
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? 'other' : 'local';
}

interface Read {
  /** Undefined where no variable is named: then it is the same in every scope. */
  readonly scope: Scope | undefined;
  readonly transfer: Transfer | undefined;
}

// Many rules ask for the same one.
const keptWith = perInstruction((): { last?: Read } => ({}));

/** Reads a COPY or ADD; undefined when it lacks a source or a destination, or a flag its value, so that words are misread. */
export function transferOf(instruction: Instruction, scope: Scope): Transfer | undefined {
  const kept = keptWith(instruction);
  const needed = instruction.words.some(({ text }) => text.includes('$')) ? scope : undefined;
  if (!kept.last || kept.last.scope !== needed)
    kept.last = { scope: needed, transfer: readTransfer(instruction, scope) };
  return kept.last.transfer;
}

function readTransfer(instruction: Instruction, scope: Scope): Transfer | undefined {
  const { words, escape } = instruction;
  const target = words.at(-1);
  if (!target || words.length < 2 || hasLooseFlag(instruction)) return undefined;
  const path = expand(target.text, scope, escape);
  const kept: unknown[] = [];
  return {
    sources: words.slice(0, -1).map(word => {
      if (instruction.heredocs.length > 0 && word.text.startsWith('<<')) {
        return { word, text: word.text, certainty: 'known', kind: 'heredoc', glob: false };
      }
      const { text, certainty } = expand(word.text, scope, escape);
      return { word, text, certainty, kind: sourceKind(text), glob: /[*?[]/.test(text) };
    }),
    target,
    path: path.text,
    pathCertainty: path.certainty,
    from: instruction.keyword === 'COPY' ? instruction.flag('from') : undefined,
    kept,
  };
}

/** Without the quotes around it, as hadolint reads a word. */
export const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

/** Names that BuildKit may well unpack in an ADD; it decides by content (tar, gzip, bzip2, xz, zstd). */
const ARCHIVE = /\.(?:tar(?:\.[a-z0-9]+)?|tgz|taz|tbz2?|tb2|tbz|txz|tlz|tpz|tzst|tZ|Z|gz|bz2|xz|lz|lzma|zst)$/;

export const looksLikeArchive = (path: string): boolean => ARCHIVE.test(path);

/** The last component of a path, either kind of slash. */
export function baseName(path: string): string {
  let end = path.length;
  while (end > 0 && (path[end - 1] === '/' || path[end - 1] === '\\')) end--;
  const slash = Math.max(path.lastIndexOf('/', end - 1), path.lastIndexOf('\\', end - 1));
  return path.slice(Math.min(slash + 1, end), end);
}

/** Whether a path starts at a root: `/x`, `\x`, `C:\x`. */
export const isAbsolutePath = (path: string): boolean => /^(?:[/\\]|[a-zA-Z]:)/.test(path);

/** What most paths are. */
const CLEAN = /^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/;

/** A path without `.`, `..` and double slashes, as Go's path.Clean leaves it. */
export function cleanPath(path: string): string {
  if (CLEAN.test(path)) return path;
  const absolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !absolute) parts.push(part);
  }
  return (absolute ? '/' : '') + parts.join('/') || '.';
}

/** Where a path leads from a WORKDIR; from `/` where none is known. */
export const absolutePath = (path: string, workdir: string | undefined): string =>
  cleanPath(path.startsWith('/') ? path : `${workdir ?? ''}/${path}`);

/** The keyword in the letter case of another one: `add` gives `copy`. */
export function likeCased(typed: string, keyword: string): string {
  if (typed === typed.toLowerCase()) return keyword.toLowerCase();
  return typed === typed.toUpperCase() ? keyword : keyword.charAt(0) + keyword.slice(1).toLowerCase();
}
