import { type Disposable, LanguageStatusSeverity, languages, window, workspace } from 'vscode';
import { type BaseLanguageClient, NotificationType } from 'vscode-languageclient';
import { STATUS_NOTIFICATION, type StatusParams } from '../../shared/src/protocol.js';
import { ALL_SELECTOR } from './dockerfiles.js';

/** The `{}` of the status bar: the profile in force and how many findings the active file has. */
export function showStatus(client: BaseLanguageClient): Disposable[] {
  const item = languages.createLanguageStatusItem('dockwright.status', ALL_SELECTOR);
  item.name = 'Dockwright';
  item.text = 'Dockwright';
  item.command = { title: 'Harden', command: 'dockwright.harden' };
  const known = new Map<string, StatusParams>();

  const refresh = (): void => {
    const uri = window.activeTextEditor?.document.uri;
    const status = uri && known.get(client.code2ProtocolConverter.asUri(uri));
    if (!status) return;
    item.text = textOf(status);
    item.severity = status.limits.length > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    const from = status.source === 'settings' ? '' : ` from ${baseName(status.source)}`;
    item.detail = [`Dockwright, profile ${status.profile}${from}`, ...status.limits].join('. ');
  };

  return [
    item,
    client.onNotification(new NotificationType<StatusParams>(STATUS_NOTIFICATION), status => {
      known.set(status.uri, status);
      refresh();
    }),
    window.onDidChangeActiveTextEditor(refresh),
    workspace.onDidCloseTextDocument(document => known.delete(client.code2ProtocolConverter.asUri(document.uri))),
  ];
}

function textOf({ enabled, findings }: StatusParams): string {
  if (!enabled) return 'Dockwright is off';
  return findings === 1 ? '1 finding' : `${findings} findings`;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
