import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleCli, FOR_ORIGINAL } from '../../../server/src/tools/bundle.js';
import { shipped } from './programs.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const source = (file: string): string => join(root, 'server/src/shellcheck', file);

export const WASM = shipped.wasm;
export const { kind: KIND } = shipped;

/** The name of the worker that the command line runs, for which see `bundleWorkers`. */
export const CLI_WORKER = KIND === 'port' ? 'shellcheck-worker-web.js' : 'shellcheck-worker.cjs';

/** A new folder with the workers as the product ships them, and what the tests need beside them. */
export async function bundleWorkers(): Promise<{
  readonly node: string;
  readonly web: string;
  readonly cli: string;
  readonly faulty: string;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'shellcheck-'));
  const node = join(folder, 'shellcheck-worker.cjs');
  const web = join(folder, 'shellcheck-worker-web.js');
  const faulty = join(folder, 'faulty.cjs');
  const common = {
    bundle: true,
    logLevel: 'silent',
    target: 'es2022',
    plugins: shipped.kind === 'haskell' ? [FOR_ORIGINAL] : [],
  } as const;
  await Promise.all([
    build({ ...common, entryPoints: [source('node/worker.ts')], outfile: node, platform: 'node', format: 'cjs' }),
    build({ ...common, entryPoints: [source('web/worker.ts')], outfile: web, platform: 'browser', format: 'iife' }),
  ]);
  writeFileSync(faulty, FAULTY);
  return { node, web, cli: join(folder, CLI_WORKER), faulty };
}

/** Puts the command line with ShellCheck into a folder. Gives what to run. */
export async function bundleCliWithShellcheck(folder: string): Promise<string> {
  const [cli, { cli: worker, node }] = await Promise.all([bundleCli(folder, KIND), bundleWorkers()]);
  cpSync(worker, join(folder, CLI_WORKER));
  // For its language server.
  cpSync(node, join(folder, 'shellcheck-worker.cjs'));
  cpSync(WASM, join(folder, 'shellcheck.wasm'));
  return cli;
}

/** The real worker, but for scripts that ask for a fault. */
const FAULTY = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', message => {
  const script = message.job?.script ?? '';
  if (script.includes('HANG')) for (;;);
  if (script.includes('EXIT')) process.exit(3);
  if (script.includes('THROW')) throw new Error('thrown');
});
require('./shellcheck-worker.cjs');
`;
