import { docsUrl } from '../../explain/docs-url.js';
import type { Severity } from '../../standards/severity.js';
import { type LineIndex, lineIndex, positionAt } from '../../text/line-index.js';
import type { Span } from '../../text/span.js';
import { shownPath } from './fingerprint.js';
import { located, namesOf, type Reporter } from './report.js';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO', hint: 'INFO' };

/** reviewdog's diagnostics, with fixes as suggestions: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf */
export const rdjsonReporter: Reporter = (files, { cwd }) => {
  const diagnostics = files.flatMap(file => {
    const path = shownPath(file.path, cwd);
    if (file.error !== null)
      return [{ message: file.error, location: { path }, severity: 'ERROR', code: { value: 'unreadable-file' } }];
    const index = lineIndex(file.text);
    return located(file).map(({ finding }) => ({
      message: finding.message,
      location: { path, range: range(index, finding.span) },
      severity: SEVERITY[finding.severity],
      code: { value: namesOf(finding), url: docsUrl(finding.rule) },
      // A suggestion is one edit, and what needs a decision is none.
      suggestions: finding.fixes
        .filter(({ edits, safety }) => edits.length === 1 && safety !== 'manual')
        .flatMap(({ edits }) => edits.map(({ span, text }) => ({ range: range(index, span), text }))),
    }));
  });
  const source = { name: 'dockwright', url: 'https://github.com/dockwright/dockwright' };
  return `${JSON.stringify({ source, diagnostics }, undefined, 2)}\n`;
};

const range = (index: LineIndex, { start, end }: Span): object => ({
  start: place(index, start),
  end: place(index, end),
});

/** Both count from 1; columns are bytes of UTF-8. */
function place(index: LineIndex, offset: number): object {
  const { line, character } = positionAt(index, offset);
  return { line: line + 1, column: Buffer.byteLength(index.text.slice(offset - character, offset)) + 1 };
}
