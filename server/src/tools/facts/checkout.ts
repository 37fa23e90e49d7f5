import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CACHE = join(homedir(), '.cache', 'dockwright', 'facts');

/**
 * The git directory of a source: a folder is taken as it is, a URL is cloned into the cache, or brought up to date there.
 * Undefined where neither works.
 */
export function checkout(source: string): string | undefined {
  if (existsSync(source)) return source;
  if (!source.startsWith('https://')) return undefined;
  const folder = join(CACHE, source.replace(/^https:\/\//, '').replace(/[^\w.-]+/g, '+'));
  mkdirSync(CACHE, { recursive: true });
  const arguments_ = existsSync(folder)
    ? ['-C', folder, 'fetch', '--quiet', 'origin', '+HEAD:HEAD']
    : ['clone', '--quiet', '--bare', source, folder];
  return spawnSync('git', arguments_, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0 ? folder : undefined;
}

/** What git prints; undefined where it fails. */
export function git(folder: string, ...arguments_: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', folder, ...arguments_], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : undefined;
}

/** The lines that git prints, one after the other: a history may be longer than a string can be. */
export function gitLines(folder: string, ...arguments_: readonly string[]): AsyncIterable<string> {
  const child = spawn('git', ['-C', folder, ...arguments_], { stdio: ['ignore', 'pipe', 'inherit'] });
  return createInterface({ input: child.stdout });
}
