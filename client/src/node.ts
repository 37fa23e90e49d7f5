import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from './client.js';

/**
 * The server opens no connection. Where this names a file of certificates, Node.js would read it at every start, which
 * takes as long as the rest of the start.
 */
const ENVIRONMENT = { NODE_EXTRA_CA_CERTS: '' };

let client: LanguageClient | undefined;

/** VS Code on the desktop, and every server that VS Code connects to (SSH, WSL, containers, Codespaces). */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server-node.cjs');
  await start(context, {}, options => {
    client = new LanguageClient(
      'dockwright',
      'Dockwright',
      { module, transport: TransportKind.ipc, options: { env: ENVIRONMENT } },
      options,
    );
    return client;
  });
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
