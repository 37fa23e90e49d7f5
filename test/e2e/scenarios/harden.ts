import type { Scenario } from './scenario.js';

export const harden: Scenario = {
  name: 'Harden shows a preview, applies it, and undo brings the file back',
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  play: async editor => {
    await editor.countsProblems(/Warnings: 2/);
    const before = await editor.text();
    await editor.command('Harden Dockerfile');
    // Grouped by the practice that each change follows.
    await editor.previews('Leave out recommended packages');
    await editor.previews('--no-install-recommends', 'preview');
    await editor.applyPreview();
    await editor.has('USER 10001:10001');
    await editor.has('COPY app.py /srv/app.py');
    await editor.has('    && apt-get install -y --no-install-recommends curl ca-certificates python3 \\');
    await editor.isTold(/^Hardened Dockerfile: \d+ changes\. Left for you/);
    await editor.hasNoSquiggles();
    await editor.screenshot('hardened');
    await editor.undo();
    await editor.shows('the file as it was', text => text === before);
  },
};

export const hardenDiscarded: Scenario = {
  name: 'a discarded Harden changes nothing',
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  play: async editor => {
    await editor.countsProblems(/Warnings: 2/);
    const before = await editor.text();
    await editor.command('Harden Dockerfile');
    await editor.previews('--no-install-recommends');
    await editor.discardPreview();
    await editor.shows('the file as it was', text => text === before);
    await editor.countsProblems(/Warnings: 2/);
  },
};
