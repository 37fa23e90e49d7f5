import { type AssignedScript, originalOffset } from '../assigned.js';
import type { Comment, Level, Replacement } from '../protocol.js';
import { placeReader, type ShellcheckPlace } from './positions.js';

type Place = (place: ShellcheckPlace) => number;

const LEVELS: readonly Level[] = ['error', 'warning', 'info', 'style'];

/** Reads ShellCheck's JSON; offsets are those in the script before `withAssigned`. What is not as expected is left out. */
export function readComments(result: unknown, assigned: AssignedScript): Comment[] {
  if (!Array.isArray(result)) return [];
  const place = placeReader(assigned.script);
  return result
    .flatMap(item => readComment(item, place, assigned))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.code - b.code);
}

function readComment(item: unknown, place: Place, assigned: AssignedScript): Comment[] {
  if (!isRecord(item)) return [];
  const { line, column, endLine = line, endColumn = column, code, severity, message, fix } = item;
  const level = LEVELS.find(known => known === severity);
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
    const { startLine, startColumn, endLine, endColumn, text } = item;
    const span = readSpan(place, assigned, startLine, startColumn, endLine, endColumn);
    if (typeof text !== 'string' || !span || span.end < span.start) return [];
    read.push({ ...span, text });
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
