import { commands, extensions, languages, Uri, workspace } from 'vscode';
import { equal, ok } from './expect.js';

const COMMANDS = ['harden', 'fixAll', 'mergeRuns', 'createDockerignore', 'openRuleDocs', 'showOutput', 'restartServer'];

suite('activation', () => {
  test('a Dockerfile starts the extension and its commands are there', async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    ok(folder, 'a folder is open');
    const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, 'Dockerfile'));
    equal(document.languageId, 'dockerfile');
    const extension = extensions.getExtension('dockwright.dockwright');
    ok(extension, 'the extension is installed');
    await extension.activate();
    const known = await commands.getCommands(true);
    for (const name of COMMANDS) ok(known.includes(`dockwright.${name}`), `dockwright.${name}`);
  });

  test('every file name of a Dockerfile gets its language', async () => {
    const all = await languages.getLanguages();
    ok(all.includes('dockerfile'), 'VS Code knows the language');
    for (const name of [
      'Dockerfile.dev',
      'api.Dockerfile',
      'api.dockerfile',
      'Containerfile',
      'Containerfile.prod',
      'api.Containerfile',
    ]) {
      const document = await workspace.openTextDocument(Uri.from({ scheme: 'untitled', path: `/${name}` }));
      equal(document.languageId, 'dockerfile', name);
    }
  });

  test('a .dockerignore beside a Dockerfile is not taken for one', async () => {
    const document = await workspace.openTextDocument(
      Uri.from({ scheme: 'untitled', path: '/Dockerfile.dockerignore' }),
    );
    equal(document.languageId, 'ignore');
  });
});
