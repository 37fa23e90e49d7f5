import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver-types';
import { FIX_ALL_KIND, MERGE_RUNS_KIND } from '../../../shared/src/protocol.js';
import type { Finding, LintOptions, LintResult } from '../engine/types.js';
import { batchFix, finish } from '../fixes/index.js';
import type { LineIndex } from '../text/line-index.js';
import type { Span } from '../text/span.js';
import { type ActionData, about } from './action-data.js';
import { toDiagnostic } from './convert.js';
import { ignoreEdits } from './ignore.js';
import { refactorings } from './refactor.js';
import { resolveAction } from './resolve-action.js';

export const FIX_ALL = FIX_ALL_KIND;

/** One version of a document, as code actions need it. */
export interface Version {
  readonly uri: string;
  readonly version: number;
  readonly result: LintResult;
  /** The lines of its text. */
  readonly index: LineIndex;
  readonly options: LintOptions;
  /** Turns a path below the context root into a URI, for fixes that create or extend a file there. */
  readonly fileUri: (path: string) => string | undefined;
  /** The text of such a file, when the host knows it. */
  readonly fileText: (path: string) => string | undefined;
}

export type OnRefusal = (rule: string, title: string, reason: string) => void;

const wants = (only: readonly string[] | undefined, kind: string): boolean =>
  only === undefined || only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`) || wanted === '');

/** An action, and what its edit is worked out from when it is wanted; undefined for one without an edit. */
interface Offer {
  readonly action: CodeAction;
  readonly work: Omit<ActionData, 'uri' | 'version'> | undefined;
}

/** Everything that can be done at `span`, fixes first, ignoring and explaining last; without the edits. */
export const codeActions = (version: Version, span: Span, only: readonly string[] | undefined): CodeAction[] =>
  offers(version, span, only).map(({ action, work }) => (work ? { ...action, data: dataOf(version, work) } : action));

/** The same for a client that does not ask for edits later: what has none is left out. */
export const wholeCodeActions = (
  version: Version,
  span: Span,
  only: readonly string[] | undefined,
  onRefusal: OnRefusal,
): CodeAction[] =>
  offers(version, span, only).flatMap(({ action, work }) => {
    if (!work) return [action];
    const resolved = finish(resolveAction(version, action, dataOf(version, work), onRefusal));
    return 'edit' in resolved ? [{ ...action, edit: resolved.edit }] : [];
  });

const dataOf = ({ uri, version }: Version, work: Omit<ActionData, 'uri' | 'version'>): ActionData => ({
  uri,
  version,
  ...work,
});

function offers(version: Version, span: Span, only: readonly string[] | undefined): Offer[] {
  const found: Offer[] = [];
  const findings = version.result.findings.filter(finding => touches(finding.span, span));
  if (wants(only, CodeActionKind.QuickFix)) {
    found.push(...findings.flatMap(finding => quickFixes(version, finding)));
    found.push(...findings.flatMap(finding => sameFixes(version, finding)));
    found.push(...findings.flatMap(finding => asides(version, finding)));
  }
  found.push(...rewrites(version, span).filter(({ action }) => wants(only, action.kind ?? '')));
  if (only !== undefined && wants(only, FIX_ALL))
    found.push({ action: { title: 'Fix all safe problems', kind: FIX_ALL }, work: all('') });
  return found;
}

const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

const all = (rule: string): Offer['work'] => ({ what: 'all', rule, span: { start: 0, end: 0 }, nth: 0, index: 0 });

function quickFixes(version: Version, finding: Finding): Offer[] {
  const diagnostic = toDiagnostic(version.index, finding);
  const place = about(version.result.findings, finding);
  return finding.fixes.flatMap((fix, index) => {
    // A file beside an unsaved buffer has no place.
    if (fix.edits.length === 0 && (!fix.file || version.fileUri(fix.file.path) === undefined)) return [];
    const action: CodeAction = {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(fix.preferred && fix.safety !== 'manual' ? { isPreferred: true } : {}),
    };
    return [{ action, work: { what: 'fix', ...place, index } }];
  });
}

/** "Fix all of this kind in the file", when there is more than one. */
function sameFixes({ result, index }: Version, finding: Finding): Offer[] {
  const fix = batchFix(finding, 'review');
  const others = result.findings.filter(other => other.rule === finding.rule && batchFix(other, 'review'));
  if (!fix || others.length < 2) return [];
  const action: CodeAction = {
    title: `Fix all ${others.length} “${finding.rule}” problems in this file`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(index, finding)],
  };
  return [{ action, work: all(finding.rule) }];
}

/** Ignore here, in the stage, in the file; explain. */
function asides({ result, index: lines }: Version, finding: Finding): Offer[] {
  const diagnostics: Diagnostic[] = [toDiagnostic(lines, finding)];
  const place = about(result.findings, finding);
  const ignores = ignoreEdits(result, finding).map(
    ({ title }, index): Offer => ({
      action: { title, kind: CodeActionKind.QuickFix, diagnostics },
      work: { what: 'ignore', ...place, index },
    }),
  );
  const explain: CodeAction = {
    title: `Explain “${finding.rule}”`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    command: { title: 'Explain', command: 'dockwright.openRuleDocs', arguments: [finding.rule] },
  };
  return [...ignores, { action: explain, work: undefined }];
}

const rewrites = ({ result }: Version, span: Span): Offer[] =>
  refactorings(result, span).map(({ title, merges }, index) => ({
    action: { title, kind: merges ? MERGE_RUNS_KIND : CodeActionKind.RefactorRewrite },
    work: { what: 'rewrite', rule: '', span, nth: 0, index },
  }));
