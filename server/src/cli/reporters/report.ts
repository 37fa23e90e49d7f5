import { docsUrl } from '../../explain/docs-url.js';
import type { Finding } from '../../profiles/types.js';
import { SEVERITIES, type Severity } from '../../standards/severity.js';
import { type LineIndex, lineIndex, type Position, positionAt } from '../../text/line-index.js';

export interface FileReport {
  /** As given. */
  readonly path: string;
  /** Why the file could not be checked. */
  readonly error: string | null;
  readonly text: string;
  /** None where `report` says them. */
  readonly findings: readonly Finding[];
  /** What the format writes for this file, where it was made before. */
  readonly report?: string | undefined;
  /** The least severe findings that fail a run. */
  readonly failOn?: Severity | 'never';
}

export interface ReportContext {
  readonly version: string;
  readonly cwd: string;
  readonly color: boolean;
  /** How many fixes were applied before. */
  readonly fixed: number;
  /** Whether people are told how many files were checked, and how long it took. */
  readonly summary: { readonly seconds: number } | undefined;
}

export type Reporter = (files: readonly FileReport[], context: ReportContext) => string;

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export const rangeOf = (index: LineIndex, { span }: Pick<Finding, 'span'>): Range => ({
  start: shownAt(index, span.start),
  end: shownAt(index, span.end),
});

/** A byte order mark is not a character of the first line for anybody who shows the file. */
function shownAt(index: LineIndex, offset: number): Position {
  const { line, character } = positionAt(index, offset);
  return line === 0 && index.text.charCodeAt(0) === 0xfeff
    ? { line, character: Math.max(0, character - 1) }
    : { line, character };
}

const RANKS: readonly (Severity | 'never')[] = ['never', ...SEVERITIES];

/** Whether a finding makes the run fail. */
export const isFailing = ({ failOn = 'warning' }: FileReport, { severity }: Finding): boolean =>
  RANKS.indexOf(severity) <= RANKS.indexOf(failOn);

/** Findings with their places; line and character are zero-based. */
export function located(file: FileReport): { readonly finding: Finding; readonly range: Range }[] {
  const index = lineIndex(file.text);
  return file.findings.map(finding => ({ finding, range: rangeOf(index, finding) }));
}

/** The rule and the codes that other tools have for it, e.g. `apt-get-install-without-yes (DL3014)`. */
export function namesOf(finding: Finding): string {
  const codes = finding.codes.filter(code => code !== finding.rule);
  return codes.length > 0 ? `${finding.rule} (${codes.join(', ')})` : finding.rule;
}

/** A finding in the form of `lint --format json`. */
export const findingData = ({ rule, codes, severity, message, fixes }: Finding, range: Range) => ({
  rule,
  codes,
  severity,
  message,
  range,
  docs: docsUrl(rule),
  fixes: fixes.map(({ title, safety, preferred }) => ({ title, safety, preferred })),
});
