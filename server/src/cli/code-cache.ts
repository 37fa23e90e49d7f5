import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

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
  const folder = cacheFolder();
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
    save: (fresh, worked) => write(folder, path, [Buffer.from(`${key} ${crc32(fresh)} ${worked}\n`, 'latin1'), fresh]),
  };
}

function split(file: Buffer): readonly [string, Buffer] {
  const end = file.indexOf(10);
  return [file.toString('latin1', 0, Math.max(0, end)), file.subarray(end + 1)];
}

function cacheFolder(): string | undefined {
  const { env, platform } = process;
  if (env['NODE_DISABLE_COMPILE_CACHE']) return undefined;
  const home = homedir();
  if (platform === 'win32') return env['LOCALAPPDATA'] && join(env['LOCALAPPDATA'], 'dockwright', 'cache');
  if (!isOwn(home)) return undefined;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'dockwright');
  // A relative path is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest
  const given = env['XDG_CACHE_HOME'];
  return join(given !== undefined && isAbsolute(given) ? given : join(home, '.cache'), 'dockwright');
}

// As root with somebody's HOME (sudo), nothing is left there.
function isOwn(folder: string): boolean {
  try {
    return statSync(folder).uid === process.getuid?.();
  } catch {
    return false;
  }
}

const NOTHING = Buffer.alloc(0);

function readOwn(path: string): Buffer {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { uid, mode } = fstatSync(file);
    const isSafe = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    return isSafe ? readFileSync(file) : NOTHING;
  } catch {
    return NOTHING;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function makeFolder(path: string): void {
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
}

function write(folder: string, path: string, parts: readonly Buffer[]): void {
  const own = `${path}.${process.pid}`;
  try {
    // Not recursively: Node.js never comes back from that below /proc.
    makeFolder(dirname(folder));
    makeFolder(folder);
    writeFileSync(own, Buffer.concat(parts), { mode: 0o600 });
    // In one step, for others may be reading.
    renameSync(own, path);
  } catch {
    // A full disk or a read-only home only means that the next start is slower.
  }
}
