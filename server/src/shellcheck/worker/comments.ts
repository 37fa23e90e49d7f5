import { type AssignedScript, originalOffset } from '../assigned.js';
import type { Comment, Level, Replacement } from '../protocol.js';
import { placeReader, type ShellcheckPlace } from './positions.js';

type Place = (place: ShellcheckPlace) => number;

const SYNTAX_ERROR = 1072;
/** In a script with a syntax error only the port has them, not the original, and they say nothing certain there. */
const OF_BACKSLASHES: readonly number[] = [1001, 1012];

const LEVELS: readonly Level[] = ['error', 'warning', 'info', 'style'];

/** Reads ShellCheck's answer; offsets are those in the script before `withAssigned`. What is not as expected is left out. */
export function readComments(answer: unknown, assigned: AssignedScript): Comment[] {
  const { comments, error } = isRecord(answer) ? answer : {};
  if (!Array.isArray(comments)) throw new Error(String(error ?? 'ShellCheck gave no answer'));
  const place = placeReader(assigned.script);
  const read = comments.flatMap(item => readComment(item, place, assigned));
  const isBroken = read.some(({ code }) => code === SYNTAX_ERROR);
  return read
    .filter(({ code }) => !isBroken || !OF_BACKSLASHES.includes(code))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.code - b.code);
}

function readComment(item: unknown, place: Place, assigned: AssignedScript): Comment[] {
  if (!isRecord(item)) return [];
  const { line, column, endLine = line, endColumn = column, code, message, fix } = item;
  const level = LEVELS.find(known => known === item['level']);
  if (!isNumber(code) || !level || typeof message !== 'string') return [];
  const span = readSpan(place, assigned, line, column, endLine, endColumn);
  if (!span) return [];
  const replacements = readFix(fix, place, assigned);
  return [
    {
      code,
      level,
      // Some syntax errors begin with a space where ShellCheck has nothing to say of its own.
      message: message.trim(),
      ...visible(span, assigned),
      ...(replacements.length > 0 ? { fix: replacements } : {}),
    },
  ];
}

/** A fix that cannot be applied as a whole is none. */
function readFix(fix: unknown, place: Place, assigned: AssignedScript): readonly Replacement[] {
  const { replacements } = isRecord(fix) ? fix : {};
  if (!Array.isArray(replacements)) return [];
  const read: Replacement[] = [];
  for (const item of replacements) {
    if (!isRecord(item)) return [];
    const { line, column, endLine, endColumn, replacement } = item;
    const span = readSpan(place, assigned, line, column, endLine, endColumn);
    if (typeof replacement !== 'string' || !span || span.end < span.start) return [];
    read.push({ ...span, text: replacement });
  }
  // Stable: insertions at one place keep ShellCheck's order.
  read.sort((a, b) => a.start - b.start || a.end - b.end);
  return read.some((one, index) => one.start < (read[index - 1]?.end ?? 0)) ? [] : read;
}

interface Offsets {
  readonly start: number;
  readonly end: number;
}

function readSpan(
  place: Place,
  assigned: AssignedScript,
  line: unknown,
  column: unknown,
  endLine: unknown,
  endColumn: unknown,
): Offsets | undefined {
  if (!isNumber(line) || !isNumber(column) || !isNumber(endLine) || !isNumber(endColumn)) return undefined;
  const start = originalOffset(assigned, place({ line, column }));
  const end = originalOffset(assigned, place({ line: endLine, column: endColumn }));
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** Syntax errors are points: takes the character there, or at a line's end the last one before, so that there is something to underline. */
function visible({ start, end }: Offsets, { script, at, length }: AssignedScript): Offsets {
  if (end > start) return { start, end };
  const original = script.slice(0, at) + script.slice(at + length);
  const here = original.codePointAt(start);
  if (here !== undefined && here !== 10 && here !== 13) return { start, end: start + (here > 0xffff ? 2 : 1) };
  const before = /[^\r\n](?=[\r\n]*$)/u.exec(original.slice(0, start));
  return before ? { start: before.index, end: before.index + before[0].length } : { start, end };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
