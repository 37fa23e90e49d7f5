import { type CancellationToken, type LogOutputChannel, ProgressLocation, type Uri, window, workspace } from 'vscode';
import { type BaseLanguageClient, RequestType, type WorkspaceEdit } from 'vscode-languageclient';
import { HARDEN_REQUEST, type HardenParams, type HardenResult } from '../../../shared/src/protocol.js';
import { nameOf, targets } from '../dockerfiles.js';
import type { HardenDetails } from './harden-details.js';
import { existing, groupByPractice, openPreview, previewed } from './harden-preview.js';
import { describe, type Outcome, summary } from './harden-report.js';

/** The server's answer, with its edit as the protocol's type. */
type Plan = Omit<HardenResult, 'edit'> & { readonly edit?: WorkspaceEdit };

/** What the command has at hand beside the server. */
export interface Surroundings {
  readonly output: LogOutputChannel;
  readonly details: HardenDetails;
  /** The extension's own folder. */
  readonly storage: Uri;
}

interface Planned {
  readonly uri: Uri;
  readonly plan: Plan;
}

const HARDEN = new RequestType<HardenParams, Plan, void>(HARDEN_REQUEST);

/** Plans, shows the plan in VS Code's refactor preview, applies what the user keeps, and says once what was done and what is left. */
export async function harden(
  client: BaseLanguageClient,
  surroundings: Surroundings,
  clicked: Uri | undefined,
  picked: readonly Uri[] | undefined,
): Promise<void> {
  const uris = await targets(clicked, picked);
  // One file is planned before a notification could be read.
  const location = uris.length > 1 ? ProgressLocation.Notification : ProgressLocation.Window;
  const planned = await window.withProgress(
    { location, title: 'Hardening', cancellable: true },
    async (progress, token): Promise<readonly Planned[] | undefined> => {
      const plans: Planned[] = [];
      for (const uri of uris) {
        progress.report({ message: nameOf(uri), increment: 100 / uris.length });
        try {
          plans.push({ uri, plan: await planFor(client, uri, token) });
        } catch (error) {
          // A request that is cancelled fails.
          if (!token.isCancellationRequested) throw error;
        }
        if (token.isCancellationRequested) return undefined;
      }
      return plans;
    },
  );
  if (!planned) return;
  if (planned.length === 0) {
    window.showInformationMessage('There is no Dockerfile here to harden.');
    return;
  }
  const changing = planned.filter(({ plan }) => plan.edit !== undefined);
  if (changing.length > 0 && !(await applyAll(client, surroundings.storage, changing))) return;
  await report(client, surroundings, planned);
}

async function planFor(client: BaseLanguageClient, uri: Uri, token?: CancellationToken): Promise<Plan> {
  // Opening it hands the server the text that VS Code has, unsaved changes included. What cannot be opened it refuses itself.
  await workspace.openTextDocument(uri).then(undefined, () => {});
  return client.sendRequest(HARDEN, { uri: client.code2ProtocolConverter.asUri(uri) }, token);
}

/** One edit for all files, so that there is one preview and one undo. False when the user discards it. */
async function applyAll(client: BaseLanguageClient, storage: Uri, planned: readonly Planned[]): Promise<boolean> {
  const all = previewed(planned.flatMap(({ plan }) => plan.edit ?? []));
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(all);
  const saved = planned.find(({ uri }) => uri.scheme !== 'untitled')?.uri;
  openPreview(edit, saved ?? (await existing(storage)));
  const applied = workspace.applyEdit(edit, { isRefactoring: true });
  void groupByPractice(applied);
  return applied;
}

async function report(
  client: BaseLanguageClient,
  { output, details }: Surroundings,
  planned: readonly Planned[],
): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const { uri, plan } of planned) {
    // Asked again because the preview does not tell which changes the user took out.
    const now = plan.edit ? await planFor(client, uri) : plan;
    outcomes.push({ name: nameOf(uri), plan, now });
  }
  const show = 'Show Details';
  const text = outcomes.map(describe).join('\n');
  output.info(text);
  const buttons = outcomes.some(({ plan, now }) => plan.applied.length + now.left.length > 0) ? [show] : [];
  // Not awaited: the command is over, the message may stay.
  void window.showInformationMessage(summary(outcomes), ...buttons).then(answer => {
    if (answer === show) void details.show(text);
  });
}
