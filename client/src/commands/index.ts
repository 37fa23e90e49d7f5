import { commands, type Disposable, type ExtensionContext, type LogOutputChannel, type Uri, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { createDockerignore } from './create-dockerignore.js';
import { fixAll } from './fix-all.js';
import { harden } from './harden.js';
import { createHardenDetails } from './harden-details.js';
import { mergeRuns } from './merge-runs.js';
import { openRuleDocs } from './open-rule-docs.js';

export function registerCommands(
  context: ExtensionContext,
  client: BaseLanguageClient,
  output: LogOutputChannel,
): Disposable[] {
  const details = createHardenDetails();
  return [
    details,
    command('harden', (clicked?: Uri, picked?: readonly Uri[]) =>
      harden(client, { output, details, storage: context.globalStorageUri }, clicked, picked),
    ),
    command('fixAll', (clicked?: Uri, picked?: readonly Uri[]) => fixAll(clicked, picked)),
    command('mergeRuns', () => mergeRuns()),
    command('createDockerignore', (clicked?: Uri) => createDockerignore(client, clicked)),
    command('openRuleDocs', (rule?: string) => openRuleDocs(context.extensionUri, rule)),
    command('showOutput', async () => output.show()),
    command('restartServer', async () => {
      await client.stop();
      await client.start();
      window.setStatusBarMessage('Dockwright: the language server was restarted.', 5000);
    }),
  ];

  /** A failing command says so in one sentence; the details go to the output channel. */
  function command<A extends unknown[]>(name: string, run: (...args: A) => Promise<void>): Disposable {
    return commands.registerCommand(`dockwright.${name}`, async (...args: A) => {
      try {
        await run(...args);
      } catch (error) {
        output.error(`dockwright.${name}:`, error instanceof Error ? error : String(error));
        const show = 'Show Output';
        const answer = await window.showErrorMessage(
          'Dockwright could not do that. The output channel says why.',
          show,
        );
        if (answer === show) output.show();
      }
    });
  }
}
