import { isBuildkitCode } from '../standards/buildkit.js';
import { ALL_RULES, canonicalName, isKnownName, isShellcheckCode } from './rule-names.js';

/** Names of whole groups of rules: those of a category, or the codes of a standard. */
const STANDARDS: Readonly<Record<string, (code: string) => boolean>> = {
  hadolint: code => /^DL\d{4}$/.test(code),
  buildkit: isBuildkitCode,
  trivy: code => /^DS-\d{4}$/.test(code),
  checkov: code => code.startsWith('CKV_'),
};

const everything = (): string[] => [...ALL_RULES.map(({ id }) => id), 'shellcheck'];

/**
 * The names of rules that a selector means: itself; `all`; a category such as `security`; a standard such as `hadolint`; or
 * what a `*` stands for, as in `DL3*`, `SC20*` and `apt-*`. Empty where it means nothing.
 */
export function namesSelected(selector: string): readonly string[] {
  if (isKnownName(selector)) return [selector];
  const key = canonicalName(selector);
  if (key === 'all') return everything();
  const isOf = STANDARDS[key];
  if (isOf) return ALL_RULES.flatMap(({ codes }) => codes.filter(isOf));
  if (key.includes('*')) return matching(key);
  return ALL_RULES.filter(({ category }) => category === key).map(({ id }) => id);
}

export const isSelector = (name: string): boolean => namesSelected(name).length > 0;

function matching(pattern: string): readonly string[] {
  if (/^\*+$/.test(pattern)) return everything();
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`);
  const names = ALL_RULES.flatMap(({ id, codes }) => [id, ...codes]);
  return [...names, ...shellcheckCodes()].filter(name => expression.test(canonicalName(name)));
}

/** All that there could be: a new ShellCheck has new ones. */
const shellcheckCodes = (): string[] =>
  Array.from({ length: 3000 }, (_, index) => `SC${1000 + index}`).filter(isShellcheckCode);
