import { compileIgnore } from '../../context/index.js';
import type { Instruction } from '../../dockerfile/index.js';
import { expand, type Scope } from '../index.js';

/**
 * Whether `--exclude` of a COPY or ADD keeps a path out, or may: its patterns are those of an ignore file, relative to the
 * source (Dockerfile reference, COPY --exclude).
 */
export function isExcluded(instruction: Instruction, scope: Scope, path: string, kind: 'file' | 'directory'): boolean {
  const flags = instruction.flags.filter(({ name }) => name === 'exclude');
  if (flags.length === 0) return false;
  const patterns = flags.map(({ value = '' }) => expand(value, scope, instruction.escape));
  if (patterns.some(({ certainty }) => certainty === 'unknown')) return true;
  const excludes = compileIgnore(patterns.map(({ text }) => text).join('\n'));
  const isKept = (one: string): boolean => excludes.verdict(one) === 'kept';
  return !isKept(path) || (kind === 'directory' && !isKept(`${path}/x`));
}
