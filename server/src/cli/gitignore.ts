import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore, type Options } from 'ignore';
import { personalExcludes } from './git-excludes.js';
import { readIfThere } from './read-text.js';

/** As git does by default: file systems of Windows and macOS do not tell capital letters from small ones. */
export const IGNORE_OPTIONS: Options = { ignorecase: process.platform === 'win32' || process.platform === 'darwin' };

/** Tells what git leaves out, by the `.gitignore` files of the repository around it, its `.git/info/exclude`, and the person’s own file. */
export interface GitIgnore {
  /**
   * For a search that begins in an absolute folder: whether a file or folder in it or below is left out. Where git leaves out
   * the whole folder, only what is said inside counts: who names it wants it searched.
   */
  from(top: string): (folder: string, name: string, isFolder: boolean) => boolean;
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
      const isRoot = existsSync(join(folder, '.git'));
      const exclude = isRoot ? readIfThere(join(folder, '.git/info/exclude')) : undefined;
      const personal = isRoot ? personalExcludes(folder) : undefined;
      const text = readIfThere(join(folder, '.gitignore'));
      // One above the repository does not count for it.
      const outer = above === folder || isRoot ? [] : rulesFor(above);
      const own = ignore(IGNORE_OPTIONS)
        .add(personal ?? '')
        .add(exclude ?? '')
        .add(text ?? '');
      rules =
        text === undefined && exclude === undefined && personal === undefined ? outer : [{ folder, own }, ...outer];
      known.set(folder, rules);
    }
    return rules;
  }

  function isIgnored(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
    for (const { folder, own } of rules) {
      const inside = relative(folder, path).split(sep).join('/');
      const test = own.test(isFolder ? `${inside}/` : inside);
      // The nearest file that says anything has the last word.
      if (test.ignored || test.unignored) return test.ignored;
    }
    return false;
  }

  return {
    from: top => {
      const above = dirname(top);
      const isTopIgnored = above !== top && isIgnored(rulesFor(above), join(above, basename(top)), true);
      return (folder, name, isFolder) => {
        const rules = rulesFor(folder);
        const counting = isTopIgnored
          ? rules.filter(one => one.folder === top || one.folder.startsWith(top + sep))
          : rules;
        return isIgnored(counting, join(folder, name), isFolder);
      };
    },
  };
}
