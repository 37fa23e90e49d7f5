import { type Disposable, EventEmitter, Uri, window, workspace } from 'vscode';

const SCHEME = 'dockwright-harden';
const PAGE = Uri.from({ scheme: SCHEME, path: '/Harden details.md' });

/** A page that tells what the last Harden did; an editor that cannot be written to, like any other of VS Code's reports. */
export interface HardenDetails extends Disposable {
  readonly show: (text: string) => Promise<void>;
}

export function createHardenDetails(): HardenDetails {
  let current = '';
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => current,
  });
  return {
    async show(text) {
      current = text;
      changed.fire(PAGE);
      await window.showTextDocument(await workspace.openTextDocument(PAGE), { preview: true });
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
