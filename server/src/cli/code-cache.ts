import { join } from 'node:path';
import { cacheFolder, readOwn, writeOwn } from './cache-folder.js';

/** Compiled code on disk. Nothing here ever fails: a cache that cannot be read or written is none. */
export interface CodeCache {
  /** What an earlier run has left; undefined when there is nothing that can be trusted to belong to this very bundle. */
  readonly data: Buffer | undefined;
  /** Milliseconds that the run worked which left it. */
  readonly work: number;
  save(data: Buffer, work: number): void;
}

/**
 * The cache of one use of a bundle, one file for each major version of Node. V8 compares nothing but the length of the
 * source and its own version and flags, and runs whatever else is in there; so the first line names the bundle's
 * checksum and that of the data, and a file that somebody else could have written is not touched.
 */
export function codeCache(name: string, bundle: Buffer): CodeCache | undefined {
  const folder = process.env['NODE_DISABLE_COMPILE_CACHE'] ? undefined : cacheFolder();
  // Not imported: loading it takes 2 ms, in which threads start already. Node.js before 20.16 does without.
  const crc32 = process.getBuiltinModule?.('node:zlib').crc32;
  if (folder === undefined || !crc32) return undefined;
  const { v8, node } = process.versions;
  const path = join(folder, `${name}-node${node.split('.')[0]}.bin`);
  const key = `${crc32(bundle)} ${bundle.length} ${v8} ${process.arch}`;
  const [head, data] = split(readOwn(path));
  const [, known, sum, work] = /^(.+) (\d+) (\d+)$/.exec(head) ?? [];
  const isOurs = known === key && Number(sum) === crc32(data);
  return {
    data: isOurs ? data : undefined,
    work: isOurs ? Number(work) : 0,
    save: (fresh, worked) =>
      writeOwn(path, Buffer.concat([Buffer.from(`${key} ${crc32(fresh)} ${worked}\n`, 'latin1'), fresh])),
  };
}

function split(file: Buffer): readonly [string, Buffer] {
  const end = file.indexOf(10);
  return [file.toString('latin1', 0, Math.max(0, end)), file.subarray(end + 1)];
}
