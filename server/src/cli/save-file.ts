import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, writeReasonOf } from './file-errors.js';

/**
 * Replaces a file's text, unless the file has changed since it was read. Returns why it could not be done, in words for the
 * user; then the file is as it was. See docs/decisions/writing-files.md.
 */
export function saveText(path: string, before: string, after: string): string | undefined {
  try {
    // A link stays; what it leads to is replaced.
    const target = realpathSync(path);
    const current = readFileSync(target);
    const wanted = Buffer.from(after);
    // Another path may lead to the same file, which then is done already.
    if (current.equals(wanted)) return undefined;
    if (!current.equals(Buffer.from(before)))
      return 'The file was changed while it was being checked, and is left as it is now: run the command again.';
    replace(target, current, wanted);
    return undefined;
  } catch (error) {
    return `The file cannot be written: ${writeReasonOf(error)}`;
  }
}

/** Writes a report, over an earlier one if there is one. Returns why it could not be done. */
export function saveReport(path: string, report: string): string | undefined {
  try {
    const content = Buffer.from(report);
    const old = statSync(path, { throwIfNoEntry: false });
    // A terminal, a pipe or `/dev/stdout` is written to; it cannot be replaced.
    if (old?.isFile()) {
      const target = realpathSync(path);
      replace(target, readFileSync(target), content);
    } else writeFileSync(path, content);
    return undefined;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'There is no such folder.' : writeReasonOf(error);
  }
}

/** Either all of the new content is in the file afterwards or all of the old one. */
function replace(target: string, old: Buffer, content: Buffer): void {
  // Renaming would also replace a file that may not be written.
  accessSync(target, constants.W_OK);
  const stats = statSync(target);
  if (stats.nlink > 1 || !renameOver(target, stats, content)) overwrite(target, old, content);
}

/** Writes beside the file and renames; false where that would give the file another owner, or is not possible for this file. */
function renameOver(target: string, stats: Stats, content: Buffer): boolean {
  const beside = besideOf(target);
  try {
    writeNew(beside, content);
    const fresh = statSync(beside);
    if ((fresh.uid !== stats.uid || fresh.gid !== stats.gid) && !canGive(beside, stats)) return false;
    chmodSync(beside, stats.mode & 0o7777);
    renameSync(beside, target);
    return true;
  } catch (error) {
    // A file that is mounted by itself, into a container for instance, cannot be renamed over.
    if (codeOf(error) === 'EBUSY') return false;
    throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

function canGive(path: string, { uid, gid }: Stats): boolean {
  try {
    chownSync(path, uid, gid);
    return true;
  } catch {
    return false;
  }
}

/** Writes into the file itself, which keeps its other names and its owner. What was in it is kept beside it until that is done. */
function overwrite(target: string, old: Buffer, content: Buffer): void {
  const beside = besideOf(target);
  const file = openSync(target, 'r+');
  try {
    writeNew(beside, old);
    try {
      fill(file, content);
    } catch (error) {
      putBack(file, old, beside);
      throw error;
    }
    rmSync(beside);
  } finally {
    closeSync(file);
  }
}

function putBack(file: number, old: Buffer, beside: string): void {
  try {
    fill(file, old);
  } catch (error) {
    throw new Error(`${writeReasonOf(error)} What was in the file is now in ${beside}.`);
  }
  rmSync(beside);
}

function fill(file: number, content: Buffer): void {
  for (let at = 0; at < content.length; ) at += writeSync(file, content, at, content.length - at, at);
  ftruncateSync(file, content.length);
  fsyncSync(file);
}

/** Writes a file that is not there yet; nothing is left of it when that fails. */
function writeNew(path: string, content: Buffer): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    fill(file, content);
  } catch (error) {
    rmSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** A name that no other run has, and that nobody takes for a Dockerfile. */
const besideOf = (target: string): string =>
  join(dirname(target), `.dockwright-${Math.random().toString(36).slice(2)}.tmp`);
