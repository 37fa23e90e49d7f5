import { type CodeAction, CodeActionKind, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver-types';
import { FIX_ALL_KIND, HARDEN_KIND, MERGE_RUNS_KIND, SERVER_COMMANDS } from '../../../shared/src/protocol.js';
import { type AnyResult, isOfCompose } from '../engine/lint-compose.js';
import { batchFix, type Steps } from '../fixes/index.js';
import type { Finding, LintOptions } from '../profiles/types.js';
import type { LineIndex } from '../text/line-index.js';
import type { Span } from '../text/span.js';
import { type ActionData, about } from './action-data.js';
import { isApplicable } from './applicable.js';
import { toDiagnostic } from './convert.js';
import { ignoreEdits } from './ignore.js';
import { refactorings } from './refactor.js';
import { resolveAction, type Unresolved } from './resolve-action.js';

/** One version of a document, as code actions need it. */
export interface Version {
  readonly uri: string;
  /** The client's; null for a file that is not open. */
  readonly version: number | null;
  /** Ours, by which a text is known again. */
  readonly revision: number;
  readonly result: AnyResult;
  /** The lines of its text. */
  readonly index: LineIndex;
  readonly options: LintOptions;
  /** Turns a path below the context root into a URI, for fixes that create or extend a file there. */
  readonly fileUri: (path: string) => string | undefined;
  /** The text of such a file, when the host knows it. */
  readonly fileText: (path: string) => string | undefined;
}

export type OnRefusal = (rule: string, title: string, reason: string) => void;

/** What an editor asks for. */
export interface Wanted {
  /** Kinds; all of them when it is not given, or empty. */
  readonly only: readonly string[] | undefined;
  /** A person has asked; else the editor asks for a light bulb, where what concerns the whole file would always be. */
  readonly invoked: boolean;
}

const wants = ({ only = [] }: Wanted, kind: string): boolean =>
  only.length === 0 || only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`) || wanted === '');

/** An action, and what its edit is worked out from when it is wanted; undefined for one without an edit. */
interface Offer {
  readonly action: CodeAction;
  readonly work: Omit<ActionData, 'uri' | 'revision'> | undefined;
  /** What it does: several findings may offer the same. */
  readonly does?: string;
}

/** Everything that can be done at `span`, fixes first, ignoring and explaining last; without the edits. */
export const codeActions = (version: Version, span: Span, wanted: Wanted): CodeAction[] =>
  offers(version, span, wanted).map(({ action, work }) => (work ? { ...action, data: dataOf(version, work) } : action));

/** What is done about actions whose edits take too long to be worked out beforehand. */
export interface Patience {
  readonly isLate: () => boolean;
  /** What becomes of such an action. */
  readonly instead: (action: CodeAction, data: ActionData) => CodeAction[];
}

/** The same for a client that does not ask for edits later: what has none is left out. */
export function* wholeCodeActions(
  version: Version,
  span: Span,
  wanted: Wanted,
  onRefusal: OnRefusal,
  { isLate, instead }: Patience,
): Steps<CodeAction[]> {
  const all = offers(version, span, wanted);
  const whole = new Map<Offer, CodeAction[]>();
  // What takes long comes last, so that it is what remains undone.
  for (const slow of [false, true]) {
    for (const offer of all) {
      const { action, work } = offer;
      if (work && isSlow(work) !== slow) continue;
      if (!work) {
        whole.set(offer, [action]);
        continue;
      }
      const data = dataOf(version, work);
      const steps = resolveAction(version, action, data, onRefusal);
      let step: IteratorResult<undefined, { readonly edit: WorkspaceEdit } | Unresolved> | undefined;
      while (!step?.done && work.what !== 'harden' && !isLate()) {
        step = steps.next();
        yield;
      }
      if (!step?.done) whole.set(offer, instead(action, data));
      else if ('edit' in step.value) whole.set(offer, [{ ...action, edit: step.value.edit }]);
    }
  }
  return all.flatMap(offer => whole.get(offer) ?? []);
}

const isSlow = ({ what }: Pick<ActionData, 'what'>): boolean => what === 'all' || what === 'harden';

const dataOf = ({ uri, revision }: Version, work: Omit<ActionData, 'uri' | 'revision'>): ActionData => ({
  uri,
  revision,
  ...work,
});

function offers(version: Version, span: Span, wanted: Wanted): Offer[] {
  const found: Offer[] = [];
  const findings = version.result.findings.filter(finding => touches(finding.span, span));
  if (wants(wanted, CodeActionKind.QuickFix)) {
    found.push(...eachOnce(findings.flatMap(finding => quickFixes(version, finding))));
    found.push(...sameFixes(version, findings));
    found.push(...eachOnce(findings.flatMap(finding => asides(version, finding))));
  }
  found.push(...rewrites(version, span).filter(({ action }) => wants(wanted, action.kind ?? '')));
  found.push(...forWholeFile(version, wanted));
  return found;
}

/** What several findings offer is offered once, for all of them. */
function eachOnce(all: readonly Offer[]): Offer[] {
  const known = new Map<string, Offer>();
  for (const offer of all) {
    const key = offer.does ?? offer.action.title;
    const before = known.get(key);
    const diagnostics = [...(before?.action.diagnostics ?? []), ...(offer.action.diagnostics ?? [])];
    const first = before ?? offer;
    known.set(key, { ...first, action: { ...first.action, diagnostics } });
  }
  return [...known.values()];
}

/** Also in a menu that offers all kinds: there are editors that cannot ask for one. */
function forWholeFile({ result }: Version, wanted: Wanted): Offer[] {
  const isMenu = (wanted.only ?? []).length === 0;
  if (isMenu && !wanted.invoked) return [];
  const found: Offer[] = [];
  if (wants(wanted, FIX_ALL_KIND) && (!isMenu || result.findings.some(finding => batchFix(finding, 'safe'))))
    found.push({ action: { title: 'Fix all safe problems', kind: FIX_ALL_KIND }, work: all('') });
  if (wants(wanted, HARDEN_KIND))
    found.push({
      action: { title: `Harden this ${isOfCompose(result) ? 'Compose file' : 'Dockerfile'}`, kind: HARDEN_KIND },
      work: HARDEN,
    });
  return found;
}

const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

const all = (rule: string): NonNullable<Offer['work']> => ({
  what: 'all',
  rule,
  span: { start: 0, end: 0 },
  nth: 0,
  index: 0,
});
const HARDEN: Offer['work'] = { ...all(''), what: 'harden' };

function quickFixes(version: Version, finding: Finding): Offer[] {
  const diagnostic = toDiagnostic(version.index, finding);
  const place = about(version.result.findings, finding);
  return finding.fixes.flatMap((fix, index) => {
    if (!isApplicable(version.result, fix)) return [];
    // A file beside an unsaved buffer has no place.
    if (fix.edits.length === 0 && (!fix.file || version.fileUri(fix.file.path) === undefined)) return [];
    const action: CodeAction = {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(fix.preferred && fix.safety !== 'manual' ? { isPreferred: true } : {}),
    };
    const does = JSON.stringify([fix.title, fix.file?.path, fix.edits]);
    return [{ action, work: { what: 'fix', ...place, index }, does }];
  });
}

/** "Fix all of this kind in the file", for each kind of which there is more than one. */
function sameFixes({ result, index }: Version, findings: readonly Finding[]): Offer[] {
  const fixable = findings.filter(finding => batchFix(finding, 'review'));
  return [...new Set(fixable.map(({ rule }) => rule))].flatMap(rule => {
    const number = result.findings.filter(other => other.rule === rule && batchFix(other, 'review')).length;
    if (number < 2) return [];
    const action: CodeAction = {
      title: `Fix all ${number} “${rule}” problems in this file`,
      kind: CodeActionKind.QuickFix,
      diagnostics: fixable.filter(finding => finding.rule === rule).map(finding => toDiagnostic(index, finding)),
    };
    return [{ action, work: all(rule) }];
  });
}

/** Ignore here, in the stage, in the file; explain. */
function asides({ result, index: lines }: Version, finding: Finding): Offer[] {
  const diagnostics: Diagnostic[] = [toDiagnostic(lines, finding)];
  const place = about(result.findings, finding);
  const ignores = ignoreEdits(result, finding).flatMap((ignore, index): Offer[] => {
    if (!isApplicable(result, ignore)) return [];
    const action = { title: ignore.title, kind: CodeActionKind.QuickFix, diagnostics };
    return [{ action, work: { what: 'ignore', ...place, index }, does: JSON.stringify([ignore.title, ignore.edits]) }];
  });
  const explain: CodeAction = {
    title: `Explain “${finding.rule}”`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    command: { title: 'Explain', command: SERVER_COMMANDS.explain, arguments: [finding.rule] },
  };
  return [...ignores, { action: explain, work: undefined }];
}

const rewrites = ({ result }: Version, span: Span): Offer[] =>
  (isOfCompose(result) ? [] : refactorings(result, span)).flatMap((rewrite, index): Offer[] => {
    if (!isApplicable(result, rewrite)) return [];
    const kind = rewrite.merges ? MERGE_RUNS_KIND : CodeActionKind.RefactorRewrite;
    return [{ action: { title: rewrite.title, kind }, work: { what: 'rewrite', rule: '', span, nth: 0, index } }];
  });
