import type { ShellWord } from '../../shell/index.js';
import { flagValue, hasFlag } from '../../shell/options.js';
import type { PackageAction } from './actions.js';

export interface Unversioned {
  readonly words: readonly ShellWord[];
  /** How to give one a version: `name=version`. */
  readonly how: string;
}

/** A path and a URL name one thing; what a variable holds is not known. */
const isName = ({ literal, value }: ShellWord): boolean => literal && value !== '' && !/^[./~]|:\/\//.test(value);

/** The packages that a command installs by name without a version, by what the manager's row says of versions. */
export function unversioned({ command, info, verb, packages }: PackageAction): Unversioned | undefined {
  const [inner] = packages;
  for (const { verbs, versioned, unless, how } of info.installsByName) {
    const isInner = inner !== undefined && verbs.includes(`${verb.value} ${inner.value}`);
    if (!isInner && !verbs.includes(verb.value)) continue;
    if (hasFlag(command, ...unless) && flagValue(command, ...unless) !== 'package') return undefined;
    const words = packages.slice(isInner ? 1 : 0).filter(word => isName(word) && !versioned.test(word.value));
    return { words, how };
  }
  return undefined;
}
