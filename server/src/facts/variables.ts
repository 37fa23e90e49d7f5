import { type Instruction, lex, perInstruction } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';
import { type FileFacts, PLATFORM_ARGUMENTS, type PreambleContent } from './index.js';

/** A variable that an expanded word refers to. The span is relative to the instruction. */
export interface Use {
  readonly name: string;
  readonly modifier: string;
  readonly span: Span;
}

/** The variables of one word, each name once, as BuildKit counts them. Nothing for a word that BuildKit cannot read. */
export function usesIn(instruction: Instruction, text: string, span: Span, heredoc = false): readonly Use[] {
  if (!text.includes('$')) return [];
  const result = lex(text, { escape: heredoc ? '\\' : instruction.escape, keepUnset: true, ignoreQuotes: heredoc });
  if (result.error !== undefined) return [];
  const seen = new Set<string>();
  return result.variables.flatMap(use => {
    if (seen.has(use.name)) return [];
    seen.add(use.name);
    return [{ name: use.name, modifier: use.modifier, span: locate(instruction, text, span, use.start, use.end) }];
  });
}

// Where quotes, escapes or line ends were taken out of the text, the place inside it is looked for, or the whole word is meant.
function locate(instruction: Instruction, text: string, span: Span, start: number, end: number): Span {
  const source = instruction.text.slice(span.start, span.end);
  const at = source.indexOf(text);
  if (at >= 0) return { start: span.start + at + start, end: span.start + at + end };
  const piece = text.slice(start, end);
  const found = source.indexOf(piece);
  return found < 0 ? span : { start: span.start + found, end: span.start + found + piece.length };
}

/** The words of an instruction in which BuildKit replaces variables, in order (instructions' Expand methods, dispatch). */
export const expandedWords = perInstruction(readWords);

function readWords(instruction: Instruction): readonly (readonly Use[])[] {
  const words: (readonly Use[])[] = [];
  const add = (text: string | undefined, span: Span): void => {
    if (text?.includes('$')) words.push(usesIn(instruction, text, span));
  };
  switch (instruction.keyword) {
    case 'ENV':
    case 'LABEL':
      for (const pair of instruction.pairs) {
        add(pair.key, pair.keySpan);
        add(pair.value, pair.valueSpan);
      }
      break;
    case 'ARG':
      for (const pair of instruction.pairs) add(pair.value, pair.valueSpan);
      break;
    case 'ADD':
    case 'COPY':
      for (const flag of instruction.flags) {
        if (
          flag.name === 'chown' ||
          flag.name === 'chmod' ||
          (flag.name === 'checksum' && instruction.keyword === 'ADD')
        )
          add(flag.value, flag.valueSpan);
      }
      for (const word of instruction.words) if (!word.text.startsWith('<<')) add(word.text, word.span);
      for (const heredoc of instruction.heredocs) {
        if (heredoc.expand && heredoc.content.includes('$'))
          words.push(usesIn(instruction, heredoc.content, heredoc.span, true));
      }
      break;
    case 'WORKDIR':
    case 'USER':
    case 'STOPSIGNAL':
      add(instruction.arguments.text, instruction.argumentsSpan);
      break;
    case 'VOLUME':
      for (const word of instruction.words) add(word.text, word.span);
      break;
    case 'RUN':
      for (const flag of instruction.flags) {
        if (flag.name !== 'mount') continue;
        for (const field of (flag.value ?? '').split(',')) {
          const equals = field.indexOf('=');
          if (equals >= 0) add(field.slice(equals + 1), flag.valueSpan);
        }
      }
      break;
    default:
      break;
  }
  return words;
}

/** What the platform arguments are for a build on and for linux/amd64. */
const PLATFORM_VALUES: Readonly<Record<string, string>> = {
  TARGETPLATFORM: 'linux/amd64',
  TARGETOS: 'linux',
  TARGETARCH: 'amd64',
  TARGETVARIANT: '',
  TARGETOSVERSION: '',
  TARGETSTAGE: 'default',
  BUILDPLATFORM: 'linux/amd64',
  BUILDOS: 'linux',
  BUILDARCH: 'amd64',
  BUILDVARIANT: '',
  BUILDOSVERSION: '',
};

type Values = ReadonlyMap<string, string | undefined>;

const known = new WeakMap<PreambleContent, Values>();

/** The names that FROM may use, with their defaults; undefined for `ARG name` without one. */
export function fromArguments(facts: FileFacts): Values {
  const { preambleContent } = facts;
  let values = known.get(preambleContent);
  if (!values) {
    values = readArguments(facts);
    known.set(preambleContent, values);
  }
  return values;
}

function readArguments(facts: FileFacts): Values {
  const values = new Map<string, string | undefined>(PLATFORM_ARGUMENTS.map(name => [name, PLATFORM_VALUES[name]]));
  for (const { instruction } of facts.preamble) {
    if (instruction.keyword !== 'ARG') continue;
    for (const pair of instruction.pairs) {
      if (pair.value === undefined) {
        if (!values.has(pair.key)) values.set(pair.key, undefined);
        continue;
      }
      const value = lex(pair.value, { escape: instruction.escape, lookup: name => values.get(name) });
      values.set(pair.key, value.error === undefined && !value.gaveUp ? value.value : undefined);
    }
  }
  return values;
}
