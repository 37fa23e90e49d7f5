import {
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { STATUS_NOTIFICATION, type StatusParams } from '../../../shared/src/protocol.js';
import type { AnyResult } from '../engine/lint-compose.js';
import { toDiagnostics } from '../service/convert.js';
import type { LineIndex } from '../text/line-index.js';
import type { Analysed } from './analyses.js';
import { type Canceller, createCanceller } from './cancel.js';
import type { TrackedDocument } from './documents.js';
import { limitsOf } from './limits.js';
import { isBinary, type Session } from './session.js';
import type { WithSaid } from './shellcheck.js';
import type { Resource } from './workspace.js';
import { withoutYielded } from './yielding.js';

/** ShellCheck at work on one text of a document under one set of settings, or done with it. */
interface ShellRun {
  readonly revision: number;
  readonly resource: Resource;
  readonly canceller: Canceller;
}

interface Known {
  readonly result: AnyResult;
  readonly index: LineIndex;
  readonly missing: WithSaid['missing'];
}

/** What a client that pulls was last told about a document. */
interface Pulled {
  readonly result: AnyResult;
  readonly id: string;
  readonly report: FullDocumentDiagnosticReport;
}

const unchanged = ({ id }: Pulled): DocumentDiagnosticReport => ({
  kind: DocumentDiagnosticReportKind.Unchanged,
  resultId: id,
});

/** While somebody types, ShellCheck waits for a pause: half a command is not worth the work. */
const SHELL_PAUSE_MS = 150;

/** An analysis that takes longer than this is not begun while further changes wait to be read. */
const CHEAP_MS = 8;

export interface Publisher {
  /** Findings for the text as it is after the messages that have arrived. */
  soon(document: TrackedDocument): void;
  /** What a client gets that asks for itself. */
  pull(uri: string, previous: string | undefined): Promise<DocumentDiagnosticReport>;
  /** Everything is to be looked at again, under other settings. */
  all(): void;
  /** The text is as it was, but what was held back is to be shown now. */
  again(document: TrackedDocument): void;
  close(uri: string): void;
}

export function createPublisher(session: Session): Publisher {
  const { connection, host, documents, workspace, analyses, composeAnalyses, shell, typing, saved, client } = session;
  const pending = new Map<string, { cancelled: boolean }>();
  const shellRuns = new Map<string, ShellRun>();
  const statuses = new Map<string, string>();
  const pulled = new Map<string, Pulled>();
  const costs = new Map<string, number>();
  let ids = 0;

  /** With what ShellCheck knows already; undefined when the document is not to be checked. */
  function resultOf(document: TrackedDocument, resource: Resource): Known | undefined {
    const text = document.document.getText();
    if (!document.kind || !resource.enabled || isBinary(text)) return undefined;
    if (document.kind === 'compose') {
      const begin = Date.now();
      const { result, index } = composeAnalyses.of(document, resource);
      costs.set(document.uri, Date.now() - begin);
      return { result, index, missing: () => [] };
    }
    shell.prepare(text, resource.options, resource.shellcheck);
    const begin = Date.now();
    const said = (analysed: Analysed): WithSaid => shell.known(analysed.result, resource.options, resource.shellcheck);
    const analysed = analyses.of(document, resource);
    const { result, missing } = said(analysed);
    const shown = typing.shown(document, analysed, result, before => {
      const known = said(before);
      return { result: known.result, isWhole: known.missing().length === 0 };
    });
    costs.set(document.uri, Date.now() - begin);
    return { result: shown, index: analysed.index, missing };
  }

  /** Native findings never wait for ShellCheck: what it has yet to see follows for the same version. */
  function followUp(document: TrackedDocument, resource: Resource, missing: WithSaid['missing']): void {
    const { uri, revision } = document;
    const before = shellRuns.get(uri);
    // Asked again about the same text: the run that is under way, or has ended, is all that is to be had.
    if (before?.revision === revision && before.resource === resource) return;
    before?.canceller.abort();
    shellRuns.delete(uri);
    const jobs = missing();
    if (jobs.length === 0) return;
    const run: ShellRun = { revision, resource, canceller: createCanceller() };
    shellRuns.set(uri, run);
    const show = (): void => {
      if (run.canceller.signal.aborted || documents.get(uri)?.revision !== revision) return;
      if (client.pulls) refreshPulled();
      else now(uri, resource);
    };
    const wait = document.updates.length > 0 ? SHELL_PAUSE_MS : 0;
    void shell.lint(jobs, wait, run.canceller.signal, show);
  }

  function refreshPulled(): void {
    connection.languages.diagnostics.refresh().catch(() => {});
  }

  function publish(document: TrackedDocument, resource: Resource): void {
    const { uri, version } = document;
    const known = resultOf(document, resource);
    const diagnostics: Diagnostic[] = known
      ? toDiagnostics(withoutYielded(known.result, resource.yieldsTo), known.index)
      : [];
    if (!client.pulls) void connection.sendDiagnostics({ uri, version, diagnostics });
    tell({
      uri,
      version,
      profile: resource.options.profile,
      source: resource.source,
      findings: diagnostics.length,
      enabled: resource.enabled,
      limits: known ? limitsOf(known.result, resource) : [],
    });
    if (known) followUp(document, resource, known.missing);
  }

  /** The status is shown, not acted on: a client that shows it is told when it says something else. */
  function tell(status: StatusParams): void {
    if (!client.showsStatus) return;
    const { version: _, ...said } = status;
    const key = JSON.stringify(said);
    if (statuses.get(status.uri) === key) return;
    statuses.set(status.uri, key);
    void connection.sendNotification(STATUS_NOTIFICATION, status);
  }

  function now(uri: string, resource: Resource): void {
    pending.delete(uri);
    const document = documents.get(uri);
    if (!document) return;
    if (waitsForSaving(document, resource)) return;
    publish(document, resource);
  }

  const waitsForSaving = ({ uri, updates }: TrackedDocument, { run }: Resource): boolean =>
    run === 'onSave' && updates.length > 0 && !saved.has(uri);

  function soon({ uri }: TrackedDocument): void {
    const before = pending.get(uri);
    if (before) before.cancelled = true;
    // Settings that are known already let the findings go out in the same turn; else they follow the answer.
    const ready = workspace.known(uri);
    if (!ready) {
      void workspace.resource(uri).then(resource => now(uri, resource));
      return;
    }
    const wanted = { cancelled: false };
    pending.set(uri, wanted);
    const work = (): void => {
      if (!wanted.cancelled) now(uri, ready);
    };
    if ((costs.get(uri) ?? 0) <= CHEAP_MS) void Promise.resolve().then(work);
    else host.later(work);
  }

  return {
    soon,
    all() {
      for (const document of documents.all()) soon(document);
      if (client.pulls) refreshPulled();
    },
    again(document) {
      soon(document);
      if (client.pulls) refreshPulled();
    },
    async pull(uri, previous) {
      const document = documents.get(uri);
      if (!document) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      const resource = await workspace.resource(uri);
      const current = documents.get(uri) ?? document;
      const last = pulled.get(uri);
      if (last && waitsForSaving(current, resource)) return last.id === previous ? unchanged(last) : last.report;
      const known = resultOf(current, resource);
      if (!known) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      followUp(current, resource, known.missing);
      const { result, index } = known;
      if (last?.result === result && last.id === previous) return unchanged(last);
      const id = String(++ids);
      const report: FullDocumentDiagnosticReport = {
        kind: DocumentDiagnosticReportKind.Full,
        resultId: id,
        items: toDiagnostics(withoutYielded(result, resource.yieldsTo), index),
      };
      pulled.set(uri, { result, id, report });
      return report;
    },
    close(uri) {
      const waiting = pending.get(uri);
      if (waiting) waiting.cancelled = true;
      for (const map of [pending, statuses, pulled, costs]) map.delete(uri);
      shellRuns.get(uri)?.canceller.abort();
      shellRuns.delete(uri);
      if (!client.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}
