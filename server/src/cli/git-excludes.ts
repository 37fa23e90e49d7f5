import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { readIfThere } from './read-text.js';

/** What a person’s own file leaves out in every repository: `core.excludesFile`, by default `git/ignore` beside git’s settings (gitignore(5)). */
export function personalExcludes(repository: string): string | undefined {
  const home = homedir();
  const settings = join(process.env.XDG_CONFIG_HOME || join(home, '.config'), 'git');
  // The later one has the last word, as for git.
  const named = [join(settings, 'config'), join(home, '.gitconfig'), join(repository, '.git/config')]
    .map(path => excludesFile(readIfThere(path) ?? ''))
    .findLast(path => path !== undefined);
  if (named === undefined) return readIfThere(join(settings, 'ignore'));
  return readIfThere(resolve(repository, named.replace(/^~(?=\/)/, home)));
}

/** The value of `excludesFile` in the section `core` of git’s settings. */
function excludesFile(text: string): string | undefined {
  let inCore = false;
  let value: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1];
    if (section !== undefined) inCore = section.toLowerCase() === 'core';
    const given = inCore ? /^\s*excludesfile\s*=\s*"?([^"#;]*?)"?\s*(?:[#;].*)?$/i.exec(line)?.[1] : undefined;
    if (given) value = given;
  }
  return value;
}
