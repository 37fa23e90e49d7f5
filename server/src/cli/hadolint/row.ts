import { parseDockerfile } from '../../dockerfile/index.js';
import { isHadolintCode } from '../../hadolint/severities.js';
import { SYNTAX_ERROR } from '../../profiles/rule-names.js';
import type { Finding } from '../../profiles/types.js';
import type { Severity } from '../../standards/severity.js';
import { lineIndex, positionAt } from '../../text/line-index.js';

/** hadolint's names of severities. */
export type Level = 'error' | 'warning' | 'info' | 'style';

export const levelOf = (severity: Severity): Level => (severity === 'hint' ? 'style' : severity);

/** A line of hadolint's report. */
export interface Row {
  readonly code: string;
  readonly level: Level;
  readonly message: string;
  /** From 1. That of the instruction's first character: hadolint knows no other place in it. */
  readonly line: number;
  /** From 1. Always 1, but for what cannot be parsed. */
  readonly column: number;
}

export const isParseError = ({ code }: Row): boolean => SYNTAX_ERROR.codes.some(one => one === code);

/**
 * The rows for the findings of a file: as in hadolint one for a rule and an instruction, however often the rule is
 * broken there, by line. Of a file that cannot be parsed only the first error, at its own place.
 */
export function rowsOf(text: string, findings: readonly Finding[]): Row[] {
  const index = lineIndex(text);
  const { instructions } = parseDockerfile(text);
  const rows = new Map<string, Row>();
  for (const { codes, severity, message, span, at } of findings) {
    const code = codes.find(isHadolintCode);
    if (code === undefined) continue;
    const own = positionAt(index, span.start);
    const broken = SYNTAX_ERROR.codes.some(one => one === code);
    const line = broken ? own.line : positionAt(index, instructions[at]?.start ?? span.start).line;
    const row: Row = {
      code,
      level: levelOf(severity),
      message,
      line: line + 1,
      column: broken ? own.character + 1 : 1,
    };
    // Several labels may be missing from one stage, and each is said.
    const key = JSON.stringify([code, row.line, row.column, code === 'DL3049' ? message : '']);
    if (!rows.has(key)) rows.set(key, row);
  }
  const sorted = [...rows.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  const broken = sorted.find(isParseError);
  return broken ? [broken] : sorted;
}
