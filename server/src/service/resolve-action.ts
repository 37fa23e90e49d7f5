import type { CodeAction, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { type ComposeResult, isOfCompose, lintCompose } from '../engine/lint-compose.js';
import { composeFixable, fixSteps, fixStepsBy, type Steps, verifyFix } from '../fixes/index.js';
import type { Fix } from '../profiles/types.js';
import type { Edit } from '../text/span.js';
import { type ActionData, findingAbout } from './action-data.js';
import type { OnRefusal, Version } from './actions.js';
import { appending, toTextEdit } from './convert.js';
import { hardenEdit, hardenSummary } from './harden.js';
import { ignoreEdits } from './ignore.js';
import { minimalEdit } from './minimal-edit.js';
import { refactorings } from './refactor.js';

/**
 * Why an action has no edit: verification held it back, there is something to be told instead, it is not what it was when
 * it was offered, or nothing is left to do.
 */
export type Unresolved =
  | { readonly why: 'refused'; readonly reason: string }
  | { readonly why: 'told'; readonly message: string }
  | { readonly why: 'gone' | 'nothing' };

/** The edit of an action, verified; the text has to be that of the version that the action was offered for. */
export function* resolveAction(
  version: Version,
  { title }: Pick<CodeAction, 'title'>,
  data: ActionData,
  onRefusal: OnRefusal,
): Steps<{ readonly edit: WorkspaceEdit } | Unresolved> {
  const { result } = version;
  switch (data.what) {
    case 'fix': {
      const fix = findingAbout(result.findings, data)?.fixes[data.index];
      return fix?.title === title ? fixed(version, data, fix, onRefusal) : { why: 'gone' };
    }
    case 'ignore': {
      const finding = findingAbout(result.findings, data);
      const ignore = finding && ignoreEdits(result, finding)[data.index];
      return ignore?.title === title ? fixed(version, data, ignore, onRefusal) : { why: 'gone' };
    }
    case 'rewrite': {
      const rewrite = isOfCompose(result) ? undefined : refactorings(result, data.span)[data.index];
      return rewrite?.title === title ? fixed(version, data, rewrite, onRefusal) : { why: 'gone' };
    }
    case 'all':
      return yield* everything(version, data.rule, onRefusal);
    case 'harden': {
      const plan = yield* hardenEdit(version, onRefusal);
      return plan.edit ? { edit: plan.edit } : { why: 'told', message: hardenSummary(plan) };
    }
  }
}

function fixed(
  version: Version,
  { rule, what }: ActionData,
  fix: Pick<Fix, 'title' | 'edits' | 'effect' | 'file'>,
  onRefusal: OnRefusal,
): { readonly edit: WorkspaceEdit } | Unresolved {
  const changes: NonNullable<WorkspaceEdit['documentChanges']> = [];
  if (fix.edits.length > 0) {
    const { result } = version;
    const verdict = isOfCompose(result) ? composeFixable(result).verify([fix]) : verifyFix(result.dockerfile, fix);
    if ('refusal' in verdict) {
      onRefusal(what === 'rewrite' ? 'a refactoring' : rule, fix.title, verdict.refusal);
      return { why: 'refused', reason: verdict.refusal };
    }
    changes.push(change(version, fix.edits));
  }
  const uri = fix.file && version.fileUri(fix.file.path);
  if (fix.file && uri !== undefined) {
    const text = version.fileText(fix.file.path);
    if (text === undefined) changes.push({ kind: 'create', uri, options: { ignoreIfExists: true } });
    changes.push({
      textDocument: { uri, version: null },
      edits: [appending(text ?? '', fix.file.append, version.index.counting)],
    });
  }
  return changes.length > 0 ? { edit: { documentChanges: changes } } : { why: 'nothing' };
}

/** All safe fixes, or all fixes of one rule. */
export function* everything(
  version: Version,
  rule: string,
  onRefusal: OnRefusal,
): Steps<{ readonly edit: WorkspaceEdit } | Unresolved> {
  const { result } = version;
  if (isOfCompose(result)) return yield* everythingOfCompose(version, result, rule, onRefusal);
  const { dockerfile, facts } = result;
  const { context } = facts;
  const before = dockerfile.text;
  const { text } = yield* fixSteps(
    before,
    context ? { ...version.options, context } : version.options,
    rule === '' ? 'safe' : 'review',
    finding => rule === '' || finding.rule === rule,
    onRefusal,
    // With what ShellCheck has said: the rounds after the first do without it.
    result,
  );
  if (text === before) return { why: 'nothing' };
  return { edit: { documentChanges: [change(version, minimalEdit(before, text))] } };
}

function* everythingOfCompose(
  version: Version,
  { project }: ComposeResult,
  rule: string,
  onRefusal: OnRefusal,
): Steps<{ readonly edit: WorkspaceEdit } | Unresolved> {
  const { text: before, path } = project.own.source;
  const { text } = yield* fixStepsBy(
    before,
    now => composeFixable(lintCompose(now, path, project.beside, version.options)),
    rule === '' ? 'safe' : 'review',
    finding => rule === '' || finding.rule === rule,
    onRefusal,
  );
  if (text === before) return { why: 'nothing' };
  return { edit: { documentChanges: [change(version, minimalEdit(before, text))] } };
}

const change = ({ uri, version, index }: Version, edits: readonly Edit[]): TextDocumentEdit => ({
  textDocument: { uri, version },
  edits: edits.map(edit => toTextEdit(index, edit)),
});
