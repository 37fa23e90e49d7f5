import { docsUrl } from '../explain/docs-url.js';
import { ALL_RULES } from '../profiles/rule-names.js';
import type { Arguments } from './args.js';
import { type ExitCode, type Io, UsageError } from './io.js';

/** `dockwright rules`. */
export function rulesCommand(args: Arguments, io: Io): ExitCode {
  if (args.positionals.length > 0) throw new UsageError('rules takes no PATH; dockwright explain RULE shows one rule.');
  if (args.choice('format', ['text', 'json']) === 'json') {
    const rules = ALL_RULES.map(rule => ({
      id: rule.id,
      codes: rule.codes,
      summary: rule.summary,
      category: rule.category,
      severity: rule.severity,
      profile: rule.profile ?? 'recommended',
      since: rule.since,
      options: (rule.options ?? []).map(({ name, type, default: value, description }) => ({
        name,
        type,
        default: value,
        description,
      })),
      docs: docsUrl(rule.id),
    }));
    io.out(`${JSON.stringify({ version: 1, rules }, undefined, 2)}\n`);
    return 0;
  }
  const rows = ALL_RULES.map(
    rule => [rule.id, rule.profile ?? 'recommended', rule.severity, rule.codes.join(' '), rule.summary] as const,
  );
  const width = (column: 0 | 1 | 2): number => Math.max(0, ...rows.map(row => row[column].length));
  const [ids, profiles, severities] = [width(0), width(1), width(2)];
  for (const [id, profile, severity, codes, summary] of rows) {
    io.out(
      `${id.padEnd(ids)}  ${profile.padEnd(profiles)}  ${severity.padEnd(severities)}  ${summary}${codes === '' ? '' : ` [${codes}]`}\n`,
    );
  }
  return 0;
}
