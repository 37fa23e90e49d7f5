import { commands, type ExtensionContext, extensions, type LogOutputChannel, window } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { isOtherExtension } from '../../shared/src/other-extensions.js';
import { type InitializationOptions, SERVER_COMMANDS } from '../../shared/src/protocol.js';
import { registerCommands } from './commands/index.js';
import { SYNCHRONIZED } from './dockerfiles.js';
import { serveFiles } from './files.js';
import { isWorkedOn } from './read-only.js';
import { showStatus } from './status.js';

/** Makes the client for one platform: how the server is started is all that differs. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

export async function start(
  context: ExtensionContext,
  own: Partial<InitializationOptions>,
  create: CreateClient,
): Promise<BaseLanguageClient> {
  const output = window.createOutputChannel('Dockwright', { log: true });
  const client = create(clientOptions(output, own));
  serveFiles(client);
  context.subscriptions.push(output, ...showStatus(client), ...registerCommands(context, client, output));
  await client.start();
  return client;
}

function clientOptions(output: LogOutputChannel, own: Partial<InitializationOptions>): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    ...own,
    status: true,
    files: true,
    otherExtensions: extensions.all.map(({ id }) => id).filter(isOtherExtension),
  };
  return {
    documentSelector: SYNCHRONIZED,
    outputChannel: output,
    traceOutputChannel: output,
    initializationOptions,
    middleware: {
      // Never opened there, a document has no findings, hovers or fixes either.
      didOpen: (document, next) => (isWorkedOn(document.uri) ? next(document) : Promise.resolve()),
      // The server would open the page on the web; the extension has it.
      executeCommand: (command, args, next) =>
        command === SERVER_COMMANDS.explain
          ? commands.executeCommand('dockwright.openRuleDocs', ...args)
          : next(command, args),
    },
    markdown: { isTrusted: { enabledCommands: ['dockwright.openRuleDocs'] } },
  };
}
