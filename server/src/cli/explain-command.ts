import { explanation } from '../explain/explanation.js';
import { rulesNamed, suggestName } from '../profiles/rule-names.js';
import type { RuleMeta } from '../rules/rule.js';
import { shellcheckRule } from '../shellcheck/lint/explained.js';
import { rulesOfCis } from '../standards/cis.js';
import type { Arguments } from './args.js';
import { type ExitCode, type Io, UsageError } from './io.js';
import { wantsColor } from './style.js';
import { forTerminal } from './terminal-markdown.js';

/** `dockwright explain`: the text that an editor shows on hover, and the options of the rule. */
export function explainCommand(args: Arguments, io: Io): ExitCode {
  if (args.positionals.length === 0)
    throw new UsageError('explain needs the name of a rule, or a code such as DL3008.');
  const texts = args.positionals.flatMap(name => {
    const shell = shellcheckRule(name);
    if (shell) return [`${explanation(shell)}\n`];
    const rules = [...rulesNamed(name), ...rulesOfCis(name).flatMap(rule => rulesNamed(rule)[0] ?? [])];
    if (rules.length > 0) return rules.map(about);
    const meant = suggestName(name);
    throw new UsageError(
      `there is no rule “${name}”${meant ? `; did you mean ${meant}?` : '; dockwright rules lists all of them.'}`,
    );
  });
  // Into a file or a program it goes as Markdown.
  const separated = texts.join('\n---\n\n');
  io.out(io.isTerminal ? forTerminal(separated, wantsColor(io)) : separated);
  return 0;
}

function about(rule: RuleMeta): string {
  const options = (rule.options ?? []).map(
    ({ name, type, default: value, description }) =>
      `- ${name} (${type}, default ${JSON.stringify(value)}): ${description}`,
  );
  const facts = `Severity ${rule.severity}, category ${rule.category}, in profile ${rule.profile ?? 'recommended'} since ${rule.since}.`;
  return `${[explanation(rule), ...(options.length > 0 ? [`Options:\n${options.join('\n')}`] : []), facts].join('\n\n')}\n`;
}
