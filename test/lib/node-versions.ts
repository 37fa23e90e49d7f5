import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './go-programs.js';

/** The versions that are run and measured by; the oldest that works, 20, is what the tests themselves need. */
export const NODE_VERSIONS = [22, 24] as const;

/**
 * What is run by each: that the bundles start, and keep compiled code; ShellCheck in a worker and in the thread that asks;
 * the engine. The rest does not ask Node.js for anything.
 */
export const NODE_TESTS = [
  ...['cli', 'output', 'server', 'shellcheck', 'stdio'].map(name => `test/bundle/${name}.test.ts`),
  ...['runner', 'worker'].map(name => `test/shellcheck/${name}.test.ts`),
  'test/engine',
] as const;

/** Node.js of a version, which npm brings into a folder of its own; undefined where that is not possible. */
export function nodeOf(version: (typeof NODE_VERSIONS)[number]): string | undefined {
  const folder = join(CACHE, `node-${version}`);
  const program = join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program))
    spawnSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `node@${version}`], {
      shell: process.platform === 'win32',
      stdio: 'ignore',
      timeout: 300_000,
    });
  return existsSync(program) ? program : undefined;
}
