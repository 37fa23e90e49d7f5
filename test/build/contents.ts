import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What is at some paths of a root file system: a hash for each file, the target for each link. */
export function contentsOf(root: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (path: string): void => {
    const here = join(root, path);
    const stat = lstatSync(here, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) found.set(path, `-> ${readlinkSync(here)}`);
    else if (stat?.isDirectory()) for (const name of readdirSync(here).sort()) visit(join(path, name));
    else if (stat?.isFile()) found.set(path, createHash('sha256').update(readFileSync(here)).digest('hex'));
  };
  for (const path of paths) visit(path);
  return found;
}

/** The paths that are not the same, each with what became of it. */
export function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const all = [...new Set([...before.keys(), ...after.keys()])];
  return all.flatMap(path => {
    const [left, right] = [before.get(path), after.get(path)];
    if (left === right) return [];
    if (left === undefined) return [`${path} is new`];
    return [right === undefined ? `${path} is gone` : `${path} has other contents`];
  });
}
