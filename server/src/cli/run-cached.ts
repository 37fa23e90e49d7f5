import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { type CodeCache, codeCache } from './code-cache.js';

/**
 * Runs a CommonJS bundle as `require` would, but with what V8 compiled in an earlier run, where that is to be had:
 * reading and compiling a bundle of 1 MB is most of a short run. `name` tells caches for different uses apart; with
 * `save` the cache is written when the process ends.
 */
export function runCached(file: string, name: string | undefined, save: boolean): void {
  const bytes = readFileSync(file);
  const cache = name === undefined ? undefined : codeCache(name, bytes);
  const script = new Script(`(function(exports,require,module,__filename,__dirname){${bytes.toString()}\n})`, {
    filename: file,
    ...(cache?.data ? { cachedData: cache.data } : {}),
  });
  if (cache && save) saveAtExit(script, cache);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
}

function saveAtExit(script: Script, cache: CodeCache): void {
  const isUsed = cache.data !== undefined && script.cachedDataRejected !== true;
  process.once('exit', () => {
    const work = Math.round(process.cpuUsage().user / 1000);
    // Only what has run is compiled, so a run that did much more than the one before leaves a better cache.
    if (!isUsed || work > 2 * cache.work) cache.save(script.createCachedData(), work);
  });
}
