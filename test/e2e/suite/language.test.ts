import { ConfigurationTarget, commands, languages, Uri, window, workspace } from 'vscode';
import {
  actionsAt,
  deleteFile,
  folderUri,
  hoverAt,
  newDockerfile,
  openDockerfile,
  replaceAll,
  reports,
  ruleOf,
  rulesOf,
  writeFile,
} from './editor.js';
import { equal, eventually, ok } from './expect.js';

suite('language', () => {
  teardown(() => commands.executeCommand('workbench.action.closeAllEditors'));

  test('an unsaved buffer is checked as it is edited', async () => {
    const document = await newDockerfile('FROM alpine:3.20\nADD a.txt /a.txt\n');
    await reports(document.uri, 'add-instead-of-copy');
    await replaceAll(document, 'FROM alpine:3.20\nCOPY a.txt /a.txt\n');
    await reports(document.uri, 'add-instead-of-copy', false);
  });

  test('a finding has its range, its codes and a link', async () => {
    const document = await newDockerfile('FROM alpine:3.20\nADD a.txt /a.txt\n');
    await reports(document.uri, 'add-instead-of-copy');
    const finding = languages.getDiagnostics(document.uri).find(one => ruleOf(one) === 'add-instead-of-copy');
    ok(finding, 'there is a finding');
    equal(document.getText(finding.range), 'ADD');
    ok(typeof finding.code === 'object', 'its code is a link');
  });

  test('code actions fix, ignore and explain', async () => {
    const document = await newDockerfile('FROM alpine:3.20\nADD a.txt /a.txt\n');
    await reports(document.uri, 'add-instead-of-copy');
    const titles = (await actionsAt(document, 'ADD')).map(action => action.title);
    ok(titles.includes('Change ADD to COPY'), `a fix among ${titles.join(' | ')}`);
    ok(
      titles.some(title => title.startsWith('Ignore')),
      `ignoring among ${titles.join(' | ')}`,
    );
    ok(
      titles.some(title => title.startsWith('Explain')),
      `explaining among ${titles.join(' | ')}`,
    );
  });

  test('ShellCheck reads the shell text of RUN, and its findings are explained and fixed', async function () {
    this.timeout(150_000);
    const document = await newDockerfile('FROM alpine:3.20\nRUN ls /srv/$DIST\n');
    // Its file of 17 MB is fetched and compiled first.
    await reports(document.uri, 'SC2086', true, 120_000);
    const finding = languages.getDiagnostics(document.uri).find(one => ruleOf(one) === 'SC2086');
    equal(finding && document.getText(finding.range), '$DIST');
    const titles = (await actionsAt(document, '$DIST')).map(action => action.title);
    for (const title of ['Put “$DIST” in double quotes', 'Ignore “SC2086” here', 'Explain “SC2086”'])
      ok(titles.includes(title), `${title} among ${titles.join(' | ')}`);
    const text = await hoverAt(document, '$DIST');
    ok(text.includes('An unquoted variable falls into words'), text);
    await replaceAll(document, 'FROM alpine:3.20\nRUN ls "/srv/$DIST"\n');
    await reports(document.uri, 'SC2086', false);
  });

  test('hover explains', async () => {
    const document = await newDockerfile('FROM alpine:3.20\nADD a.txt /a.txt\n');
    await reports(document.uri, 'add-instead-of-copy');
    const text = await hoverAt(document, 'ADD');
    ok(text.includes('add-instead-of-copy'), `the rule’s name in ${JSON.stringify(text)}`);
  });

  test('settings of the workspace count at once', async () => {
    const document = await openDockerfile();
    await reports(document.uri, 'add-instead-of-copy');
    const settings = workspace.getConfiguration('dockwright');
    await settings.update('rules', { DL3020: 'off' }, ConfigurationTarget.Global);
    try {
      await reports(document.uri, 'add-instead-of-copy', false);
    } finally {
      await settings.update('rules', undefined, ConfigurationTarget.Global);
    }
    await reports(document.uri, 'add-instead-of-copy');
    await settings.update('enable', false, ConfigurationTarget.Global);
    try {
      await eventually('silence', () => (rulesOf(document.uri).length === 0 ? true : undefined));
    } finally {
      await settings.update('enable', undefined, ConfigurationTarget.Global);
    }
    await reports(document.uri, 'add-instead-of-copy');
  });

  test('a configuration file counts as soon as it is written', async () => {
    const document = await openDockerfile();
    await reports(document.uri, 'add-instead-of-copy');
    await writeFile('.dockwright.yaml', 'ignore: [DL3020]\n');
    try {
      await reports(document.uri, 'add-instead-of-copy', false);
    } finally {
      await deleteFile('.dockwright.yaml');
    }
    await reports(document.uri, 'add-instead-of-copy');
  });
});

suite('commands', () => {
  teardown(() => commands.executeCommand('workbench.action.closeAllEditors'));

  test('fixAll applies the safe fixes and nothing else', async () => {
    const document = await newDockerfile(
      'FROM debian:12.8-slim\nADD a.txt /a.txt\nRUN apt-get update && apt-get install curl\n',
    );
    await reports(document.uri, 'add-instead-of-copy');
    await commands.executeCommand('dockwright.fixAll');
    const text = document.getText();
    ok(text.includes('COPY a.txt /a.txt') && text.includes('apt-get install -y curl'), text);
    ok(!text.includes('--no-install-recommends') && !text.includes('USER'), text);
  });

  test('mergeRuns merges in one step that undo takes back', async () => {
    const before = 'FROM alpine:3.20\nRUN echo one\nRUN echo two\nCOPY a.txt /a.txt\n';
    const document = await newDockerfile(before);
    await commands.executeCommand('dockwright.mergeRuns');
    await eventually('one RUN', () => (document.getText().match(/^RUN /gm)?.length === 1 ? true : undefined));
    await commands.executeCommand('undo');
    equal(document.getText(), before);
  });

  /** Answers the preview once it is there; until then the command does nothing. */
  async function answer(preview: 'apply' | 'discard', over: Thenable<unknown>): Promise<void> {
    let running = true;
    void over.then(() => {
      running = false;
    });
    await eventually('the end of the preview', async () => {
      if (!running) return true;
      await commands.executeCommand(`refactorPreview.${preview}`);
      return undefined;
    });
  }

  test('harden asks before it changes an unsaved buffer', async () => {
    const before = 'FROM alpine:3.22\nADD a.txt /a.txt\nEXPOSE 80\nCMD ["/a.txt"]\n';
    const document = await newDockerfile(before);
    await answer('discard', commands.executeCommand('dockwright.harden'));
    equal(document.getText(), before);
    await answer('apply', commands.executeCommand('dockwright.harden'));
    const text = document.getText();
    ok(text.includes('COPY a.txt /a.txt') && text.includes('USER 10001:10001\nHEALTHCHECK'), text);
  });

  test('harden changes several files in one step', async () => {
    const uris = ['one.Dockerfile', 'two.Dockerfile'].map(name => Uri.joinPath(folderUri(), name));
    for (const name of ['one', 'two'])
      await writeFile(`${name}.Dockerfile`, `FROM node:24\nADD ${name} /\nCMD ["/x"]\n`);
    await answer('apply', commands.executeCommand('dockwright.harden', uris[0], uris));
    for (const [index, name] of ['one', 'two'].entries()) {
      const uri = uris[index];
      ok(uri, 'a file');
      equal((await workspace.openTextDocument(uri)).getText(), `FROM node:24\nCOPY ${name} /\nUSER node\nCMD ["/x"]\n`);
    }
    for (const name of ['one', 'two']) await deleteFile(`${name}.Dockerfile`);
  });

  test('createDockerignore writes a file and opens it', async () => {
    await openDockerfile();
    await commands.executeCommand('dockwright.createDockerignore');
    await eventually('the .dockerignore in the editor', () =>
      window.activeTextEditor?.document.uri.path.endsWith('/.dockerignore') ? true : undefined,
    );
    const document = window.activeTextEditor?.document;
    ok(document, 'an editor is active');
    ok(document.getText().includes('.git'), 'it keeps out .git');
    equal(document.uri.toString(), Uri.joinPath(folderUri(), '.dockerignore').toString());
  });

  test('restartServer checks again', async () => {
    const document = await openDockerfile();
    await reports(document.uri, 'add-instead-of-copy');
    await commands.executeCommand('dockwright.restartServer');
    await reports(document.uri, 'add-instead-of-copy');
    await replaceAll(document, 'FROM alpine:3.20\nCOPY app.py /srv/app.py\n');
    await reports(document.uri, 'add-instead-of-copy', false);
    await commands.executeCommand('workbench.action.files.revert');
  });
});
