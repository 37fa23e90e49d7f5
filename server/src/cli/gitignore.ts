import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { readIfThere } from './read-text.js';

/** Tells what git leaves out, by the `.gitignore` files of the repository around it. */
export interface GitIgnore {
  /** Whether the file or folder `name` in an absolute `folder` is left out. */
  ignores(folder: string, name: string, isFolder: boolean): boolean;
}

/** A folder with a `.gitignore`. */
interface Rules {
  readonly folder: string;
  readonly own: Ignore;
}

/** Reads `.gitignore` files as they are needed; each is read once. */
export function gitIgnore(): GitIgnore {
  const known = new Map<string, readonly Rules[]>();

  /** Those that count in a folder, the nearest first. A thousand files in one folder have the same. */
  function rulesFor(folder: string): readonly Rules[] {
    let rules = known.get(folder);
    if (!rules) {
      const above = dirname(folder);
      const text = readIfThere(join(folder, '.gitignore'));
      // One above the repository does not count for it.
      const outer = above === folder || existsSync(join(folder, '.git')) ? [] : rulesFor(above);
      rules = text === undefined ? outer : [{ folder, own: ignore().add(text) }, ...outer];
      known.set(folder, rules);
    }
    return rules;
  }

  return {
    ignores: (folder, name, isFolder) => {
      for (const { folder: from, own } of rulesFor(folder)) {
        const inside = relative(from, join(folder, name)).split(sep).join('/');
        const test = own.test(isFolder ? `${inside}/` : inside);
        // The nearest file that says anything has the last word.
        if (test.ignored || test.unignored) return test.ignored;
      }
      return false;
    },
  };
}
