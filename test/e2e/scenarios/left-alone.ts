import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from './scenario.js';

const WORKSPACE = { folder: 'test/e2e/workspace', file: 'Dockerfile' } as const;
const FOUND = /Warnings: 2.*Infos: 1/;

const settings =
  (values: Readonly<Record<string, unknown>>) =>
  (folder: string): void => {
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(values));
  };

export const diff: Scenario = {
  ...WORKSPACE,
  name: 'the other side of a diff is neither checked nor changed',
  // The web has no Git.
  only: 'desktop',
  prepare: folder => {
    settings({ 'git.enabled': true, 'git.openRepositoryInParentFolders': 'never' })(folder);
    const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: folder });
    git('init', '-q');
    git('add', '-A');
    git('-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-qm', 'First');
    appendFileSync(join(folder, 'Dockerfile'), 'STOPSIGNAL SIGTERM\n');
  },
  play: async editor => {
    await editor.countsProblems(FOUND);
    await editor.opensChanges();
    await editor.stays('with one side checked', async () => FOUND.test(await editor.problems()));
    await editor.command('Harden Dockerfile or Compose File');
    await editor.isTold(/Dockerfile is read-only\./);
    await editor.screenshot('refused');
  },
};

export const readOnly: Scenario = {
  ...WORKSPACE,
  name: 'a file that is read-only by the settings is checked, not changed',
  prepare: settings({ 'files.readonlyInclude': { '**/Dockerfile': true } }),
  play: async editor => {
    await editor.countsProblems(FOUND);
    const before = await editor.settled();
    for (const [command, told] of [
      ['Harden Dockerfile or Compose File', 'Dockerfile is read-only.'],
      ['Fix All Safe Problems', 'Dockerfile is read-only.'],
      ['Create .dockerignore', 'Dockerfile is read-only, so there is nothing to create beside it.'],
    ] as const) {
      await editor.command(command);
      await editor.isTold(told);
      await editor.screenshot(command);
      await editor.command('Notifications: Clear All Notifications');
    }
    await editor.shows('the file as it was', text => text === before);
  },
};

export const otherLanguage: Scenario = {
  ...WORKSPACE,
  name: 'a file that was given another language is not checked',
  prepare: settings({ 'files.associations': { Dockerfile: 'plaintext' } }),
  play: async editor => {
    await editor.countsProblems('No Problems');
    await editor.stays('without problems', async () => (await editor.problems()) === 'No Problems');
    await editor.screenshot('plain-text');
  },
};

export const onSave: Scenario = {
  ...WORKSPACE,
  name: 'problems wait for saving when the settings say so',
  // VS Code for the Web saves by itself a second after a change.
  prepare: settings({ 'dockwright.run': 'onSave', 'files.autoSave': 'off' }),
  play: async editor => {
    await editor.countsProblems(FOUND);
    await editor.goTo('ADD app.py');
    await editor.type('RNU echo hello\n');
    await editor.has('RNU echo hello');
    await editor.stays('as it was', async () => FOUND.test(await editor.problems()));
    await editor.save();
    await editor.countsProblems(/Errors: 1/);
  },
};

export const fixAllAsks: Scenario = {
  name: 'fixing all asks before it touches the whole workspace, and is one edit',
  folder: 'test/e2e/workspace-several',
  file: 'README.md',
  play: async editor => {
    const question = 'Fix safe problems in 2 Dockerfiles in this workspace?';
    await editor.command('Fix All Safe Problems');
    await editor.isAsked(question, 'Cancel');
    await editor.command('Fix All Safe Problems');
    await editor.isAsked(question, 'Fix', 'question');
    await editor.isTold(/^Fixed 2 of 2 Dockerfiles\. The changes are not saved\./);
    await editor.screenshot('fixed');
    const api = await editor.opens('api/Dockerfile');
    await api.shows('the fix', text => text.includes('--no-cache-dir'));
  },
};

let deletedIn = '';

export const deletedConfiguration: Scenario = {
  ...WORKSPACE,
  name: 'a configuration file that is deleted takes its problems along',
  // What changes on the disk after it, the web does not see.
  only: 'desktop',
  prepare: folder => {
    deletedIn = folder;
    writeFileSync(join(folder, '.dockwright.yaml'), 'bogus: 1\n');
  },
  play: async editor => {
    await editor.countsProblems(/Errors: 1.*Warnings: 2.*Infos: 1/);
    await editor.command('View: Close All Editors');
    await editor.countsProblems(/^Errors: 1$/);
    rmSync(join(deletedIn, '.dockwright.yaml'));
    await editor.countsProblems('No Problems');
  },
};
