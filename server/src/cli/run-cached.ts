import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { type CodeCache, codeCache } from './code-cache.js';

/** When a run leaves what was compiled in it. */
export type SaveAt =
  | 'exit'
  /** Of a server, which is stopped rather than ends: once the first files are open. */
  | 'rest'
  | 'never';

/**
 * Runs a bundle, which is a function expression of ASCII characters that takes what CommonJS gives to a module, with what
 * V8 compiled in an earlier run, where that is to be had: reading and compiling a bundle of 1 MB is most of a short run.
 * `name` tells caches for different uses apart.
 */
export function runCached(file: string, name: string | undefined, saveAt: SaveAt): void {
  const bytes = readFileSync(file);
  const cache = name === undefined ? undefined : codeCache(name, bytes);
  const options = { filename: file, ...(cache?.data ? { cachedData: cache.data } : {}) };
  const script = new Script(bytes.toString('latin1'), options);
  if (cache && saveAt !== 'never') save(script, cache, saveAt);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
}

const REST_MS = 5000;

function save(script: Script, cache: CodeCache, at: Exclude<SaveAt, 'never'>): void {
  const isUsed = cache.data !== undefined && script.cachedDataRejected !== true;
  let isDone = false;
  const now = (): void => {
    if (isDone) return;
    isDone = true;
    const work = Math.round(process.cpuUsage().user / 1000);
    // Only what has run is compiled, so a run that did much more than the one before leaves a better cache.
    if (isUsed && work <= 2 * cache.work) return;
    cache.save(script.createCachedData(), work);
  };
  process.once('exit', now);
  // Later on V8 drops the code of what has not run for a while, and that is what runs at the start.
  if (at === 'rest') setTimeout(now, REST_MS).unref();
}
