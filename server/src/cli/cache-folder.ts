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

/** Where things are kept from one run to the next; undefined where there is no such place. */
export function cacheFolder(): string | undefined {
  const { env, platform } = process;
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

/** A file of the cache; empty when it cannot be read, or when somebody else could have written it. */
export function readOwn(path: string): Buffer {
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

/** Puts a file into the cache. */
export function writeOwn(path: string, content: Buffer | string): void {
  const own = `${path}.${process.pid}`;
  const folder = dirname(path);
  try {
    // Not recursively: Node.js never comes back from that below /proc.
    makeFolder(dirname(folder));
    makeFolder(folder);
    writeFileSync(own, content, { mode: 0o600 });
    // In one step, for others may be reading.
    renameSync(own, path);
  } catch {
    // A full disk or a read-only home only means that the next run is slower.
  }
}
