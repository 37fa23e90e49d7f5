import { commands, window } from 'vscode';
import { newDockerfile } from './editor.js';
import { eventually } from './expect.js';

// Pages are shown by VS Code's own Markdown preview; what that can open in the browser is not ours to say.
suite('explain', () => {
  teardown(() => commands.executeCommand('workbench.action.closeAllEditors'));

  test('a code of ShellCheck’s opens the page that explains it', async () => {
    await newDockerfile('FROM alpine:3.20\nRUN ls /srv/$DIST\n');
    await commands.executeCommand('dockwright.openRuleDocs', 'SC2086');
    await eventually('the page about ShellCheck’s codes', () =>
      window.tabGroups.all.some(group => group.tabs.some(tab => tab.label.includes('shellcheck.md')))
        ? true
        : undefined,
    );
  });
});
