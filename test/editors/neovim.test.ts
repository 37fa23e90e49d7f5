import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drive, expectAll, isMissing } from './lib/drive.js';

const SCRIPT = join(__dirname, 'lib/neovim.lua');
/** `vim.lsp.config` came with 0.11. */
const OLD = ['--headless', '--clean', '-c', 'if !has("nvim-0.11") | cquit | endif', '-c', 'qa!'];

test.skipIf(isMissing('nvim', OLD))(
  'Neovim shows findings, applies fixes, Harden and configuration',
  async () => {
    const seen = await drive('neovim', 'nvim', ['--headless', '--clean', '-c', `luafile ${SCRIPT}`]);
    expectAll(seen);
    expect(seen.steps['server']).toMatchObject({ name: 'dockwright', version: expect.stringMatching(/^\d+\.\d+/) });
  },
  120_000,
);
