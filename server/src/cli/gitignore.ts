import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Tells which paths git leaves out, by the `.gitignore` files of the repository around them. */
export interface GitIgnore {
  ignores(path: string, isFolder: boolean): boolean;
}

/** Reads `.gitignore` files as they are needed; each is read once. */
export function gitIgnore(): GitIgnore {
  const rules = new Map<string, Ignore | undefined>();
  const roots = new Map<string, boolean>();

  function rulesIn(folder: string): Ignore | undefined {
    if (rules.has(folder)) return rules.get(folder);
    let read: Ignore | undefined;
    try {
      read = ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8'));
    } catch {
      read = undefined;
    }
    rules.set(folder, read);
    return read;
  }

  // A .gitignore above the repository does not count for it.
  function isRoot(folder: string): boolean {
    let known = roots.get(folder);
    if (known === undefined) {
      try {
        statSync(join(folder, '.git'));
        known = true;
      } catch {
        known = false;
      }
      roots.set(folder, known);
    }
    return known;
  }

  return {
    ignores: (path, isFolder) => {
      let verdict = false;
      // The nearest file that says anything has the last word.
      for (let folder = dirname(path); ; folder = dirname(folder)) {
        const own = rulesIn(folder);
        // Most folders have no such file, and of a thousand files each would be related to each folder above it.
        const inside = own ? relative(folder, path).split(sep).join('/') : '';
        const test = inside === '' ? undefined : own?.test(isFolder ? `${inside}/` : inside);
        if (test?.ignored || test?.unignored) {
          verdict = test.ignored;
          break;
        }
        if (isRoot(folder) || dirname(folder) === folder) break;
      }
      return verdict;
    },
  };
}
