import ignore from 'ignore';
import type { Config, Override } from './reading/config.js';

/** Whether patterns, as in a `.gitignore`, match a path; it is relative to the folder of the configuration, with `/`. */
export function matchesPath(patterns: readonly string[], path: string): boolean {
  // What is outside of the folder is none of its business.
  if (patterns.length === 0 || path === '' || path.startsWith('../') || path.startsWith('/')) return false;
  return ignore({ allowRelativePaths: true }).add(patterns).ignores(path);
}

export const isExcluded = ({ exclude = [] }: Pick<Config, 'exclude'>, path: string): boolean =>
  matchesPath(exclude, path);

/** The overrides that count for a path, the later ones last. */
export const overridesFor = ({ overrides = [] }: Pick<Config, 'overrides'>, path: string): readonly Override[] =>
  overrides.filter(({ files }) => matchesPath(files, path));
