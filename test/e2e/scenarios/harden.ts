import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from './scenario.js';

export const harden: Scenario = {
  name: 'Harden shows a preview, applies it, and undo brings the file back',
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  play: async editor => {
    await editor.countsProblems(/Warnings: 2/);
    const before = await editor.settled();
    await editor.command('Harden Dockerfile or Compose File');
    // Grouped by the practice that each change follows.
    await editor.previews('Skip recommended packages');
    await editor.previews('--no-install-recommends', 'preview');
    await editor.applyPreview();
    await editor.has('USER 10001:10001');
    await editor.has('COPY app.py /srv/app.py');
    await editor.has('    && apt-get install -y --no-install-recommends curl ca-certificates python3 \\');
    await editor.isTold(
      /^Hardened Dockerfile: 5 changes\. It follows 16 of 17 practices, and one more once you have tried the new user; before, 13\. The details say/,
    );
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
    const before = await editor.settled();
    await editor.command('Harden Dockerfile or Compose File');
    await editor.previews('--no-install-recommends');
    await editor.discardPreview();
    await editor.shows('the file as it was', text => text === before);
    await editor.countsProblems(/Warnings: 2/);
  },
};

export const hardenSeveral: Scenario = {
  name: 'Harden on folders picked in the explorer shows one preview for all of their Dockerfiles',
  folder: 'test/e2e/workspace-several',
  file: 'README.md',
  play: async editor => {
    await editor.inExplorer(['api', 'web'], 'Harden Dockerfile or Compose File', 'explorer');
    // Grouped by practice, then by file.
    await editor.previews('Add --no-cache-dir; Add npm cache clean');
    // Rows out of sight are not there.
    await editor.command('View: Toggle Maximized Panel');
    await editor.previews('Run as a new non-root user (10001:10001), which gets /srv/uploads');
    await editor.previews('Run as the user node', 'preview');
    await editor.applyPreview();
    await editor.isTold(/^Hardened 2 Dockerfiles: \d+ changes\./);
    await editor.screenshot('hardened');
    const api = await editor.opens('api/Dockerfile');
    await api.has('    && mkdir -p /srv/uploads && chown -R 10001:10001 /srv/uploads');
    await api.screenshot('api');
    await (await api.opens('web/Dockerfile')).has('USER node');
  },
};

export const hardenWorkspace: Scenario = {
  name: 'Harden without an open Dockerfile is about the whole workspace',
  folder: 'test/e2e/workspace-several',
  file: 'README.md',
  play: async editor => {
    await editor.command('Harden Dockerfile or Compose File');
    await editor.previews('Add --no-cache-dir; Add npm cache clean');
    await editor.command('View: Toggle Maximized Panel');
    await editor.previews('Run as a new non-root user (10001:10001), which gets /srv/uploads');
    await editor.previews('Run as the user node');
    await editor.discardPreview();
    await (await editor.opens('web/Dockerfile')).has('ADD package.json /srv/');
  },
};

export const hardenDetails: Scenario = {
  name: 'the details of a Harden tell the score of each practice',
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  play: async editor => {
    await editor.countsProblems(/Warnings: 2/);
    await editor.command('Harden Dockerfile or Compose File');
    await editor.previews('--no-install-recommends');
    await editor.applyPreview();
    await editor.isTold(/^Hardened/);
    await editor.answers('Show Details');
    const page = await editor.isShown('Harden details.md');
    await page.has('## Findings by practice');
    await page.has('| Run as a non-root user    |      1 |   0 |');
    await page.screenshot('details');
  },
};

export const hardenSecondStage: Scenario = {
  name: 'a second stage has a preview of its own, after the one of the other changes',
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  only: 'desktop',
  prepare: folder => {
    writeFileSync(join(folder, 'main.go'), 'package main\n');
    writeFileSync(
      join(folder, 'Dockerfile'),
      'FROM golang:1.27\nWORKDIR /src\nCOPY main.go .\nRUN go build -o /srv main.go\nCMD ["/srv"]\n',
    );
  },
  play: async editor => {
    await editor.command('Harden Dockerfile or Compose File');
    await editor.previews('Run as a new non-root user (10001:10001)');
    await editor.applyPreview();
    await editor.isTold('What is built could run in a stage of its own.');
    await editor.answers('Preview Second Stage');
    await editor.previews('Build in a stage of its own, and run the result on debian:trixie-slim');
    await editor.applyPreview();
    await editor.has('COPY --from=build /srv /srv');
    await editor.has('USER 10001:10001');
  },
};

/** So many that nobody, however quick, comes too late to cancel. */
const MANY = 400;
const ONE_OF_MANY = 'FROM node:24\nADD app.js /srv/\nRUN npm install -g pm2\nCMD ["pm2", "start", "/srv/app.js"]\n';

export const hardenCancelled: Scenario = {
  name: 'a cancelled Harden of a workspace plans no further, opens no preview and changes nothing',
  folder: 'test/e2e/workspace-several',
  file: 'README.md',
  prepare: folder => {
    for (let index = 0; index < MANY; index++) {
      mkdirSync(join(folder, 'many', `${index}`), { recursive: true });
      writeFileSync(join(folder, 'many', `${index}`, 'Dockerfile'), ONE_OF_MANY);
    }
  },
  play: async editor => {
    await editor.command('Harden Dockerfile or Compose File');
    await editor.isTold(/^Hardening: many\/\d+\/Dockerfile/);
    await editor.screenshot('progress');
    await editor.answers('Cancel');
    await editor.isToldNothing();
    await editor.screenshot('cancelled');
    // The next one is about its own file only.
    const web = await editor.opens('web/Dockerfile');
    await web.command('Harden Dockerfile or Compose File');
    await web.previews('Run as the user node');
    await web.previewsNo('Dockerfile many');
    await web.applyPreview();
    await web.isTold(/^Hardened web\/Dockerfile: \d+ changes\./);
    await web.has('USER node');
    await (await web.opens('many/0/Dockerfile')).has('ADD app.js /srv/');
  },
};
