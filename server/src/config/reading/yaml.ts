import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { closest } from '../../text/closest.js';
import type { Span } from '../../text/span.js';

export interface ConfigProblem {
  readonly message: string;
  readonly span: Span;
  readonly severity: 'error' | 'warning';
  /** It is about a key or the name of a rule that this program does not know; all the rest of it can be understood. */
  readonly isUnknownName?: true;
}

/** A value of a configuration file with its place in the text. */
export type Node = (
  | { readonly kind: 'map'; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'scalar'; readonly value: unknown }
) & { readonly span: Span };

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node;
}

/** Aliases of aliases can stand for more nodes than fit into memory. */
const MAX_NODES = 50_000;

export interface ParsedYaml {
  /** Absent for an empty file and for a broken one. */
  readonly root: Node | undefined;
  readonly problems: ConfigProblem[];
}

/** Deeper than any configuration; a file that nests deeper is read as if nothing stood there. */
const MAX_DEPTH = 16;

/** Reads YAML or JSON. Of a broken file only the first mistake is told: the others mostly follow from it. */
export function parseYaml(text: string): ParsedYaml {
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error) {
      const start = Math.min(error.pos[0], text.length);
      const end = Math.min(Math.max(error.pos[1], start), text.length);
      return {
        root: undefined,
        problems: [
          {
            message: `This file is not valid YAML: ${firstLine(error.message)}`,
            span: { start, end },
            severity: 'error',
          },
        ],
      };
    }
    let budget = MAX_NODES;
    const resolve = (node: unknown): unknown => {
      if (--budget < 0) return undefined;
      return isAlias(node) ? node.resolve(document) : node;
    };
    return { root: nodeOf(document.contents, resolve, { start: 0, end: text.length }, 0), problems: [] };
  } catch (error) {
    // Text that nests a hundred thousand brackets exhausts the reader's stack.
    const message = `This file cannot be read: ${firstLine(error instanceof Error ? error.message : String(error))}`;
    return {
      root: undefined,
      problems: [{ message, span: { start: 0, end: Math.min(text.length, 1) }, severity: 'error' }],
    };
  }
}

const firstLine = (text: string): string => text.split('\n')[0]?.trim() ?? '';

const spanOf = (node: unknown, fallback: Span): Span => {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return fallback;
  const [start, end]: unknown[] = node.range;
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : fallback;
};

function nodeOf(raw: unknown, resolve: (node: unknown) => unknown, around: Span, depth: number): Node | undefined {
  const span = spanOf(raw, around);
  const node = resolve(raw);
  if (depth > MAX_DEPTH) return undefined;
  if (isMap(node)) {
    const entries = node.items.flatMap((pair): Entry[] => {
      if (!isScalar(pair.key)) return [];
      const keySpan = spanOf(pair.key, span);
      const value =
        pair.value === null
          ? { kind: 'scalar' as const, value: null, span: keySpan }
          : nodeOf(pair.value, resolve, keySpan, depth + 1);
      return value ? [{ key: String(pair.key.value), keySpan, value }] : [];
    });
    return { kind: 'map', entries, span };
  }
  if (isSeq(node))
    return { kind: 'list', items: node.items.flatMap(item => nodeOf(item, resolve, span, depth + 1) ?? []), span };
  if (isScalar(node))
    return node.value === null && depth === 0 ? undefined : { kind: 'scalar', value: node.value, span };
  return undefined;
}

/** The end of a sentence that says which values are allowed. */
function notThat(node: Node, allowed: readonly string[]): string {
  if (node.kind !== 'scalar') return '.';
  const meant = closest(String(node.value), allowed);
  return `, not “${node.value}”${meant === undefined ? '.' : `; did you mean ${meant}?`}`;
}

export type Report = (span: Span, message: string) => void;

/** Reads values of known types, and reports what is not of them. */
export interface Reader {
  /** Something cannot be understood. */
  readonly report: Report;
  /** Something is odd, and has a meaning all the same. */
  readonly warn: Report;
  /** A name is known to nobody. */
  readonly unknownName: Report;
  text(node: Node, what: string): string | undefined;
  flag(node: Node, what: string): boolean | undefined;
  choice<T extends string>(node: Node, what: string, allowed: readonly T[]): T | undefined;
  /** A list of strings, or one string. */
  texts(node: Node, what: string): { readonly text: string; readonly span: Span }[];
  entries(node: Node, what: string): readonly Entry[];
  items(node: Node, what: string): readonly Node[];
  /** All that was reported so far. */
  readonly problems: ConfigProblem[];
  unknownKey(entry: Entry, known: readonly string[]): void;
}

export function reader(problems: ConfigProblem[]): Reader {
  const report: Report = (span, message) => {
    problems.push({ span, message, severity: 'error' });
  };
  const unknownName: Report = (span, message) => {
    problems.push({ span, message, severity: 'error', isUnknownName: true });
  };
  const text: Reader['text'] = (node, what) => {
    if (node.kind === 'scalar' && typeof node.value === 'string') return node.value;
    report(node.span, `${what} must be a string.`);
    return undefined;
  };
  return {
    report,
    warn: (span, message) => {
      problems.push({ span, message, severity: 'warning' });
    },
    unknownName,
    text,
    flag: (node, what) => {
      if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
      // YAML 1.1 wrote booleans like this, and so do people.
      if (node.kind === 'scalar' && typeof node.value === 'string') {
        const word = node.value.toLowerCase();
        if (['yes', 'on', 'y'].includes(word)) return true;
        if (['no', 'off', 'n'].includes(word)) return false;
      }
      report(node.span, `${what} must be true or false.`);
      return undefined;
    },
    choice: (node, what, allowed) => {
      const value = node.kind === 'scalar' ? allowed.find(item => item === node.value) : undefined;
      if (value === undefined)
        report(node.span, `${what} must be one of ${allowed.join(', ')}${notThat(node, allowed)}`);
      return value;
    },
    texts: (node, what) => {
      if (node.kind === 'list') {
        return node.items.flatMap(item => {
          const value = item.kind === 'scalar' && typeof item.value === 'string' ? item.value : undefined;
          if (value === undefined) report(item.span, `${what} must be a list of strings.`);
          return value === undefined ? [] : [{ text: value, span: item.span }];
        });
      }
      if (node.kind === 'scalar' && node.value === null) return [];
      const single = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
      if (single === undefined) report(node.span, `${what} must be a list of strings.`);
      return single === undefined ? [] : [{ text: single, span: node.span }];
    },
    entries: (node, what) => {
      if (node.kind === 'map') return node.entries;
      if (!(node.kind === 'scalar' && node.value === null))
        report(node.span, `${what} must be a map of names and values.`);
      return [];
    },
    items: (node, what) => {
      if (node.kind === 'list') return node.items;
      if (!(node.kind === 'scalar' && node.value === null)) report(node.span, `${what} takes a list.`);
      return [];
    },
    problems,
    unknownKey: (entry, known) => {
      const meant = closest(entry.key, known);
      unknownName(
        entry.keySpan,
        `Unknown option “${entry.key}”${meant ? `; did you mean ${meant}?` : `: it takes ${known.join(', ')}.`}`,
      );
    },
  };
}
