import { type CancellationToken, type LogOutputChannel, type Uri, window, workspace } from 'vscode';
import { type BaseLanguageClient, RequestType, type WorkspaceEdit } from 'vscode-languageclient';
import { HARDEN_REQUEST, type HardenParams, type HardenResult } from '../../../shared/src/protocol.js';
import { nameOf, targets } from '../dockerfiles.js';
import { isReadOnly } from '../read-only.js';
import { cancellable } from './cancellable.js';
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
  const planned = await cancellable('Hardening', async (tell, token): Promise<readonly Planned[]> => {
    tell('looking for Dockerfiles');
    const uris = await targets(clicked, picked, token);
    const plans: Planned[] = [];
    for (const [index, uri] of uris.entries()) {
      if (token.isCancellationRequested) break;
      tell(nameOf(uri), index === 0 ? 0 : 100 / uris.length);
      plans.push({ uri, plan: await planFor(client, uri, { token }) });
    }
    return plans;
  });
  if (!planned) return;
  if (planned.length === 0) {
    window.showInformationMessage('There is no Dockerfile here to harden.');
    return;
  }
  const [only] = planned;
  if (only && planned.length === 1 && only.plan === READ_ONLY) {
    window.showWarningMessage(`${nameOf(only.uri)} is read-only.`);
    return;
  }
  // An edit is about one version: what was typed meanwhile must not meet places that were counted before it.
  const current = await Promise.all(
    planned.map(async one => (isOfNow(one) ? one : { ...one, plan: await planFor(client, one.uri) })),
  );
  const changing = current.filter(({ plan }) => plan.edit !== undefined);
  if (changing.length > 0 && !(await applyAll(client, surroundings.storage, changing))) return;
  await report(client, surroundings, current);
}

function isOfNow({ uri, plan }: Planned): boolean {
  const document = workspace.textDocuments.find(one => one.uri.toString() === uri.toString());
  return (plan.edit?.documentChanges ?? []).every(
    change =>
      !('edits' in change) || change.textDocument.version === null || change.textDocument.version === document?.version,
  );
}

/** The plan for a file that cannot be changed. */
const READ_ONLY: Plan = {
  applied: [],
  left: [],
  scores: [],
  practices: 0,
  notes: [],
  kept: undefined,
  secondStage: undefined,
  refusal: 'It is read-only.',
};

async function planFor(
  client: BaseLanguageClient,
  uri: Uri,
  { token, ...wishes }: Pick<HardenParams, 'multiStage'> & { readonly token?: CancellationToken } = {},
): Promise<Plan> {
  // Opening it hands the server the text that VS Code has, unsaved changes included. What cannot be opened it refuses itself.
  const document = await workspace.openTextDocument(uri).then(undefined, () => undefined);
  if (document && (await isReadOnly(document))) return READ_ONLY;
  return client.sendRequest(HARDEN, { uri: client.code2ProtocolConverter.asUri(uri), ...wishes }, token);
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

const SECOND_STAGE = 'Preview Second Stage';

/** A second stage changes more than all the rest: it is a change of its own, with a preview of its own. */
async function addSecondStage(
  client: BaseLanguageClient,
  surroundings: Surroundings,
  uris: readonly Uri[],
): Promise<void> {
  const planned = await Promise.all(
    uris.map(async uri => ({ uri, plan: await planFor(client, uri, { multiStage: 'only' }) })),
  );
  const changing = planned.filter(({ plan }) => plan.edit !== undefined);
  if (changing.length > 0 && !(await applyAll(client, surroundings.storage, changing))) return;
  await report(client, surroundings, planned, { multiStage: 'only' });
}

async function report(
  client: BaseLanguageClient,
  surroundings: Surroundings,
  planned: readonly Planned[],
  wishes: Pick<HardenParams, 'multiStage'> = {},
): Promise<void> {
  const { output, details } = surroundings;
  const outcomes: Outcome[] = [];
  const offering: Uri[] = [];
  for (const { uri, plan } of planned) {
    // Asked again because the preview does not tell which changes the user took out.
    const again = plan.edit ? await planFor(client, uri, wishes) : plan;
    // That there is one now is no reason why there is none.
    const now = plan.edit && wishes.multiStage ? { ...again, secondStage: undefined } : again;
    outcomes.push({ name: nameOf(uri), plan, now });
    if (now.secondStage && 'offer' in now.secondStage) offering.push(uri);
  }
  const show = 'Show Details';
  const text = outcomes.map(describe).join('\n');
  output.info(text);
  const buttons = [
    ...(offering.length > 0 ? [SECOND_STAGE] : []),
    ...(outcomes.some(({ plan, now }) => plan.applied.length + now.left.length > 0) ? [show] : []),
  ];
  // Not awaited: the command is over, the message may stay.
  void window.showInformationMessage(summary(outcomes), ...buttons).then(answer => {
    if (answer === show) void details.show(text);
    if (answer === SECOND_STAGE) void addSecondStage(client, surroundings, offering);
  });
}
