import { join } from 'node:path';
import { test } from 'vitest';
import { drive, expectAll, isMissing } from './lib/drive.js';

const SCRIPT = join(__dirname, 'lib/eglot.el');
const WITHOUT_EGLOT = ['-q', '--batch', '--eval', "(progn (package-initialize) (require 'eglot))"];

test.skipIf(isMissing('emacs', WITHOUT_EGLOT))(
  'Emacs (eglot) shows findings, applies fixes, Harden and configuration',
  async () => {
    // A daemon: without a terminal, but with the loop in which an editor hears of changed files.
    const args = ['-q', `--fg-daemon=dockwright-${process.pid}`, '-l', SCRIPT];
    expectAll(await drive('emacs', 'emacs', args));
  },
  120_000,
);
