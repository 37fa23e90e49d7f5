import type { ShellCommand } from '../../shell/index.js';
import type { Span } from '../../text/span.js';
import type { Report, RuleFix } from '../rule.js';

const UNPACKERS = new Set(['unzip', 'gunzip', 'bunzip2', 'unlzma', 'unxz', 'zgz', 'uncompress', 'zcat', 'gzcat']);

export function unpacks(command: ShellCommand): boolean {
  if (command.base !== 'tar' && command.base !== 'bsdtar') return UNPACKERS.has(command.base);
  return command.args.some(({ value }, index) =>
    value.startsWith('--')
      ? value === '--extract' || value === '--get'
      : (value.startsWith('-') || index === 0) && /^-?[a-zA-Z]*x/.test(value),
  );
}

export const staysInLayer = (
  { name, span }: { readonly name: string; readonly span: Span },
  fixes: readonly RuleFix[],
): Report => ({
  span,
  message: `“${name}” stays in a layer after a RUN unpacks it. Use ADD, which unpacks it while copying, or a bind mount.`,
  fixes,
});
