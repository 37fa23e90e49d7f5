import type { Scenario } from './scenario.js';

export const asYouType: Scenario = {
  name: 'problems come and go as you type',
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  play: async editor => {
    await editor.hasSquiggle('FROM debian', 'warning');
    await editor.hasSquiggle('RUN apt-get update', 'warning');
    await editor.hasSquiggle('ADD app.py', 'info');
    await editor.countsProblems(/Warnings: 2.*Infos: 1/);
    await editor.screenshot('problems');
    await editor.goTo('ADD app.py');
    for (const _ of 'ADD') await editor.press('Delete');
    await editor.type('COPY');
    await editor.has('COPY app.py /srv/app.py');
    await editor.countsProblems(/Warnings: 2$/);
    await editor.press('End');
    // Not an error as long as the cursor is there: it is half typed.
    await editor.type('\nRNU echo hello\n\n# next');
    await editor.hasSquiggle('RNU echo', 'error');
    await editor.countsProblems(/Errors: 1/);
  },
};

export const continuation: Scenario = {
  name: 'a RUN that goes on in the next line is left alone until it is left',
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  play: async editor => {
    await editor.countsProblems(/Warnings: 2.*Infos: 1/);
    await editor.goTo('RUN apt-get install');
    await editor.press('End');
    await editor.type('\nRUN mkdir /data && \\\n');
    await editor.has('RUN mkdir /data && \\');
    await editor.stays('without errors', async () => !(await editor.problems()).includes('Error'));
    await editor.screenshot('typed');
    await editor.goTo('FROM debian');
    await editor.countsProblems(/Errors: 1/);
    await editor.goTo('ADD app.py');
    await editor.press('ArrowUp');
    await editor.type('chmod 0700 /data\n');
    await editor.countsProblems(/Warnings: 2/);
    await editor.hasNoSquiggle('error');
  },
};

export const hover: Scenario = {
  name: 'hovering over a problem tells why',
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  play: async editor => {
    await editor.hasSquiggle('ADD app.py', 'info');
    await editor.hover('ADD app.py', /add-instead-of-copy/, 'hover');
  },
};
