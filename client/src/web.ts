import { type ExtensionContext, Uri } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { start } from './client.js';

let client: LanguageClient | undefined;
let worker: Worker | undefined;

/** VS Code in the browser without a server: vscode.dev, github.dev. */
export async function activate(context: ExtensionContext): Promise<void> {
  const dist = (name: string): string => Uri.joinPath(context.extensionUri, 'dist', name).toString(true);
  const shellcheckFiles = { worker: dist('shellcheck-worker-web.js'), wasm: dist('shellcheck.wasm') };
  await start(context, { shellcheckFiles }, options => {
    // Called again for each restart; a worker that is not terminated would live on. The worker itself is not returned:
    // VS Code replaces Worker with its own class, and the client would not recognise it.
    const startWorker = async (): Promise<MessageTransports> => {
      worker?.terminate();
      worker = new Worker(dist('server-web.js'));
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    client = new LanguageClient('dockwright', 'Dockwright', startWorker, options);
    return client;
  });
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  worker?.terminate();
}
