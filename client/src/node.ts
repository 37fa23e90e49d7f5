import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from './client.js';

let client: LanguageClient | undefined;

/** VS Code on the desktop, and every server that VS Code connects to (SSH, WSL, containers, Codespaces). */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server-node.cjs');
  await start(context, {}, options => {
    client = new LanguageClient('dockwright', 'Dockwright', { module, transport: TransportKind.ipc }, options);
    return client;
  });
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
