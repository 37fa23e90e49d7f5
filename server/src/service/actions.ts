import { type CodeAction, CodeActionKind, type Diagnostic, type TextDocumentEdit } from 'vscode-languageserver-types';
import { FIX_ALL_KIND, MERGE_RUNS_KIND } from '../../../shared/src/protocol.js';
import type { Finding, Fix, LintOptions, LintResult } from '../engine/types.js';
import { batchFix, fixSteps, type Steps, verifyFix } from '../fixes/index.js';
import type { LineIndex } from '../text/line-index.js';
import type { Edit, Span } from '../text/span.js';
import { appending, toDiagnostic, toTextEdit } from './convert.js';
import { ignoreEdits } from './ignore.js';
import { minimalEdit } from './minimal-edit.js';
import { refactorings } from './refactor.js';

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

/** Everything that can be done at `span`, fixes first, ignoring and explaining last. */
export function codeActions(
  version: Version,
  span: Span,
  only: readonly string[] | undefined,
  onRefusal: OnRefusal,
): CodeAction[] {
  const actions: CodeAction[] = [];
  const { index } = version;
  const findings = version.result.findings.filter(finding => touches(finding.span, span));
  if (wants(only, CodeActionKind.QuickFix)) {
    const fixes = findings.map(finding => quickFixes(version, index, finding, onRefusal));
    actions.push(...fixes.flat());
    actions.push(...findings.flatMap(finding => sameFixes(version, index, finding)));
    actions.push(...findings.flatMap(finding => asides(version, index, finding)));
  }
  actions.push(...refactorActions(version, index, span).filter(action => wants(only, action.kind ?? '')));
  if (only !== undefined && wants(only, FIX_ALL)) {
    actions.push({
      title: 'Fix all safe problems',
      kind: FIX_ALL,
      data: { uri: version.uri, version: version.version },
    });
  }
  return actions;
}

const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

function change(version: Version, index: LineIndex, edits: readonly Edit[]): TextDocumentEdit {
  return {
    textDocument: { uri: version.uri, version: version.version },
    edits: edits.map(edit => toTextEdit(index, edit)),
  };
}

function quickFixes(version: Version, index: LineIndex, finding: Finding, onRefusal: OnRefusal): CodeAction[] {
  const diagnostic = toDiagnostic(index, finding);
  return finding.fixes.flatMap(fix => {
    const edit = workspaceEdit(version, index, fix, finding, onRefusal);
    if (!edit) return [];
    return [
      {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        edit,
        ...(fix.preferred && fix.safety !== 'manual' ? { isPreferred: true } : {}),
      },
    ];
  });
}

function workspaceEdit(
  version: Version,
  index: LineIndex,
  fix: Fix,
  finding: Finding,
  onRefusal: OnRefusal,
): CodeAction['edit'] | undefined {
  if (fix.edits.length > 0) {
    const verdict = verifyFix(version.result.dockerfile, fix);
    if ('refusal' in verdict) {
      onRefusal(finding.rule, fix.title, verdict.refusal);
      return undefined;
    }
  }
  const changes: NonNullable<NonNullable<CodeAction['edit']>['documentChanges']> = [];
  if (fix.edits.length > 0) changes.push(change(version, index, fix.edits));
  if (fix.file) {
    const uri = version.fileUri(fix.file.path);
    if (uri === undefined) return changes.length > 0 ? { documentChanges: changes } : undefined;
    const text = version.fileText(fix.file.path);
    if (text === undefined) changes.push({ kind: 'create', uri, options: { ignoreIfExists: true } });
    changes.push({ textDocument: { uri, version: null }, edits: [appending(text ?? '', fix.file.append)] });
  }
  return { documentChanges: changes };
}

/** "Fix all of this kind in the file", when there is more than one. */
function sameFixes(version: Version, index: LineIndex, finding: Finding): CodeAction[] {
  const fix = batchFix(finding, 'review');
  const others = version.result.findings.filter(other => other.rule === finding.rule && batchFix(other, 'review'));
  if (!fix || others.length < 2) return [];
  return [
    {
      title: `Fix all ${others.length} “${finding.rule}” problems in this file`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(index, finding)],
      data: { uri: version.uri, version: version.version, rule: finding.rule },
    },
  ];
}

/** Ignore here, in the stage, in the file; explain. */
function asides(version: Version, index: LineIndex, finding: Finding): CodeAction[] {
  const diagnostics: Diagnostic[] = [toDiagnostic(index, finding)];
  const ignores = ignoreEdits(version.result, finding).map(
    ({ title, edits }): CodeAction => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      edit: { documentChanges: [change(version, index, edits)] },
    }),
  );
  const explain: CodeAction = {
    title: `Explain “${finding.rule}”`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    command: { title: 'Explain', command: 'dockwright.openRuleDocs', arguments: [finding.rule] },
  };
  return [...ignores, explain];
}

function refactorActions(version: Version, index: LineIndex, span: Span): CodeAction[] {
  return refactorings(version.result, span).flatMap(refactoring => {
    const verdict = verifyFix(version.result.dockerfile, refactoring);
    if ('refusal' in verdict) return [];
    return [
      {
        title: refactoring.title,
        kind: refactoring.merges ? MERGE_RUNS_KIND : CodeActionKind.RefactorRewrite,
        edit: { documentChanges: [change(version, index, refactoring.edits)] },
      },
    ];
  });
}

/** The edit of an action that was offered without one: all safe fixes, or all fixes of one rule. */
export function* resolveAction(
  version: Version,
  action: CodeAction,
  rule: string | undefined,
  onRefusal: OnRefusal,
): Steps<CodeAction> {
  const before = version.result.dockerfile.text;
  const level = rule === undefined ? 'safe' : 'review';
  const { text } = yield* fixSteps(
    before,
    version.options,
    level,
    finding => rule === undefined || finding.rule === rule,
    onRefusal,
  );
  if (text === before) return action;
  const edits = minimalEdit(before, text);
  return { ...action, edit: { documentChanges: [change(version, version.index, edits)] } };
}
