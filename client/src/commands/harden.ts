import {
  type CancellationToken,
  type WorkspaceEdit as CodeWorkspaceEdit,
  commands,
  type LogOutputChannel,
  ProgressLocation,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, RequestType, type WorkspaceEdit } from 'vscode-languageclient';
import { HARDEN_REQUEST, type HardenParams, type HardenResult } from '../../../shared/src/protocol.js';
import { nameOf, targets } from '../dockerfiles.js';

/** The server's answer, with its edit as the protocol's type. */
type Plan = Omit<HardenResult, 'edit'> & { readonly edit?: WorkspaceEdit };

interface Planned {
  readonly uri: Uri;
  readonly plan: Plan;
}

const HARDEN = new RequestType<HardenParams, Plan, void>(HARDEN_REQUEST);

/** Plans, shows the plan in VS Code's refactor preview, applies what the user keeps, and says once what was done and what is left. */
export async function harden(
  client: BaseLanguageClient,
  output: LogOutputChannel,
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
        plans.push({ uri, plan: await planFor(client, uri, token) });
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
  if (changing.length > 0 && !(await applyAll(client, changing))) return;
  await report(client, output, planned);
}

async function planFor(client: BaseLanguageClient, uri: Uri, token?: CancellationToken): Promise<Plan> {
  // Opening it hands the server the text that VS Code has, unsaved changes included.
  await workspace.openTextDocument(uri);
  return client.sendRequest(HARDEN, { uri: client.code2ProtocolConverter.asUri(uri) }, token);
}

/** One edit for all files, so that there is one preview and one undo. False when the user discards it. */
async function applyAll(client: BaseLanguageClient, planned: readonly Planned[]): Promise<boolean> {
  const all = previewed(planned.flatMap(({ plan }) => plan.edit ?? []));
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(all);
  openPreview(
    edit,
    planned.map(({ uri }) => uri),
  );
  const applied = workspace.applyEdit(edit, { isRefactoring: true });
  void groupByPractice(applied);
  return applied;
}

/** Sorted by file, the preview would not show the annotations, which are the reasons for the changes. */
async function groupByPractice(applied: Thenable<boolean>): Promise<void> {
  let over = false;
  void applied.then(() => {
    over = true;
  });
  // The preview takes a moment to open, and nothing tells when it is there; until then the command does nothing.
  for (const wait of [100, 200, 400, 800]) {
    await new Promise(resolve => {
      setTimeout(resolve, wait);
    });
    if (over) return;
    await commands.executeCommand('refactorPreview.groupByType').then(undefined, () => {});
  }
}

/**
 * The edits in one. Annotation ids are only unique within one answer. None asks for confirmation: what does is not
 * ticked in the preview, and everything in a plan is meant to be done unless the user takes it out.
 */
function previewed(edits: readonly WorkspaceEdit[]): WorkspaceEdit {
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [];
  const changeAnnotations: NonNullable<WorkspaceEdit['changeAnnotations']> = {};
  for (const [index, edit] of edits.entries()) {
    const own = (id: string): string => `${index}:${id}`;
    for (const [id, annotation] of Object.entries(edit.changeAnnotations ?? {})) {
      changeAnnotations[own(id)] = { ...annotation, needsConfirmation: false };
    }
    for (const change of edit.documentChanges ?? []) {
      if ('edits' in change) {
        const renamed = change.edits.map(item =>
          'annotationId' in item ? { ...item, annotationId: own(item.annotationId) } : item,
        );
        documentChanges.push({ ...change, edits: renamed });
      } else {
        documentChanges.push(
          change.annotationId === undefined ? change : { ...change, annotationId: own(change.annotationId) },
        );
      }
    }
  }
  return { documentChanges, changeAnnotations };
}

/**
 * VS Code opens its preview when a part of the edit needs confirmation, and shows that part unticked. So one that
 * changes nothing is added: to create a file that exists, unless it exists. The preview leaves it out.
 */
function openPreview(edit: CodeWorkspaceEdit, uris: readonly Uri[]): void {
  const saved = uris.find(uri => uri.scheme !== 'untitled');
  if (!saved) return;
  edit.createFile(saved, { ignoreIfExists: true }, { label: 'Harden', needsConfirmation: true });
}

async function report(
  client: BaseLanguageClient,
  output: LogOutputChannel,
  planned: readonly Planned[],
): Promise<void> {
  let done = 0;
  let deselected = 0;
  const left: string[] = [];
  const refusals: string[] = [];
  for (const { uri, plan } of planned) {
    // Asked again because the preview does not tell which changes the user took out.
    const now = plan.edit ? await planFor(client, uri) : plan;
    const kept = now.edit ? Math.min(now.applied.length, plan.applied.length) : 0;
    done += plan.applied.length - kept;
    deselected += kept;
    left.push(...now.left.map(item => (planned.length > 1 ? `${nameOf(uri)}: ${item.message}` : item.message)));
    if (plan.refusal !== undefined)
      refusals.push(planned.length > 1 ? `${nameOf(uri)}: ${plan.refusal}` : plan.refusal);
    log(output, uri, plan, now);
  }
  const [only] = planned;
  const subject = only && planned.length === 1 ? nameOf(only.uri) : `${planned.length} Dockerfiles`;
  const details = 'Show Details';
  const message = summary(subject, { done, deselected, left, refusals });
  const buttons = done + left.length > 0 ? [details] : [];
  // Not awaited: the command is over, the message may stay.
  void window.showInformationMessage(message, ...buttons).then(answer => {
    if (answer === details) output.show();
  });
}

interface Outcome {
  readonly done: number;
  readonly deselected: number;
  readonly left: readonly string[];
  readonly refusals: readonly string[];
}

function summary(subject: string, { done, deselected, left, refusals }: Outcome): string {
  const sentences: string[] = [];
  if (done > 0)
    sentences.push(`Hardened ${subject}: ${count(done, 'change')}${deselected > 0 ? `, ${deselected} left out` : ''}.`);
  else if (refusals.length === 0) sentences.push(`There was nothing to change in ${subject}.`);
  sentences.push(...refusals);
  const [first] = left;
  if (first !== undefined) {
    sentences.push(
      left.length === 1 ? `Left for you: ${first}` : `Left for you: ${first} (and ${left.length - 1} more)`,
    );
  }
  return sentences.join(' ');
}

function log(output: LogOutputChannel, uri: Uri, plan: Plan, now: Plan): void {
  const lines = [
    `Harden ${nameOf(uri)}`,
    ...plan.applied.map(item => `  planned: ${item.title} (${item.rule})`),
    ...now.left.map(item => `  left for you: ${item.message} (${item.rule})`),
  ];
  output.info(lines.join('\n'));
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
