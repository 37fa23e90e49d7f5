import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
  type TextEdit,
} from 'vscode-languageserver-types';
import { type AnyResult, isOfCompose } from '../engine/lint-compose.js';
import { docsUrl } from '../explain/docs-url.js';
import type { Finding } from '../profiles/types.js';
import type { Severity } from '../rules/rule.js';
import { lineEnding } from '../text/line-ending.js';
import { type Counting, type LineIndex, lineIndex, positionAt } from '../text/line-index.js';
import type { Edit, Span } from '../text/span.js';

export const SOURCE = 'dockwright';

/** VS Code keeps no more than this per file and owner; sending more would only cost time. */
export const MAX_DIAGNOSTICS = 1000;

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAG: Readonly<Record<NonNullable<Finding['tag']>, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

export const toRange = (index: LineIndex, span: Span): Range => ({
  start: positionAt(index, span.start),
  end: positionAt(index, span.end),
});

export const toTextEdit = (index: LineIndex, edit: Edit): TextEdit => ({
  range: toRange(index, edit.span),
  newText: edit.text,
});

/** Adds lines, each with its line ending, at the end of a file, in the line endings that it has. */
export function appending(text: string, lines: string, counting: Counting): TextEdit {
  const eol = lineEnding(text);
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  const at = { start: text.length, end: text.length };
  return {
    range: toRange(lineIndex(text, counting), at),
    newText: gap + (eol === '\n' ? lines : lines.replace(/\n/g, eol)),
  };
}

export function toDiagnostic(index: LineIndex, finding: Finding): Diagnostic {
  const diagnostic: Diagnostic = {
    range: toRange(index, finding.span),
    severity: SEVERITY[finding.severity],
    code: finding.rule,
    codeDescription: { href: docsUrl(finding.rule) },
    source: SOURCE,
    message: finding.message,
  };
  return finding.tag ? { ...diagnostic, tags: [TAG[finding.tag]] } : diagnostic;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

const textOf = (result: AnyResult): string =>
  isOfCompose(result) ? result.project.own.source.text : result.dockerfile.text;

/** The findings of a file as diagnostics: the most severe ones when there are more than an editor shows. */
export function toDiagnostics(result: AnyResult, index = lineIndex(textOf(result), 'utf-16')): Diagnostic[] {
  let { findings } = result;
  if (findings.length > MAX_DIAGNOSTICS) {
    findings = [...findings]
      .sort((a, b) => RANK[a.severity] - RANK[b.severity] || a.span.start - b.span.start)
      .slice(0, MAX_DIAGNOSTICS);
  }
  return findings.map(finding => toDiagnostic(index, finding));
}
