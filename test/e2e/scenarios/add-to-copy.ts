import type { Scenario } from './scenario.js';

export const addToCopy: Scenario = {
  name: 'ADD becomes COPY by Ctrl+. and undo brings it back',
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  play: async editor => {
    await editor.hasSquiggle('ADD app.py /srv/app.py');
    await editor.quickFix('ADD app.py', /COPY/, 'menu');
    await editor.has('COPY app.py /srv/app.py');
    await editor.undo();
    await editor.has('ADD app.py /srv/app.py');
  },
};
