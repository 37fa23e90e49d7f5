import type { Project } from '../compose/index.js';
import { isKnownName, suggestName } from '../profiles/rule-names.js';
import type { RuleSet } from '../profiles/rule-set.js';
import type { Finding, Fix } from '../profiles/types.js';
import { RULES } from '../rules/index.js';
import type { ComposeIgnore, ComposeIgnores } from './compose.js';

const RULE_ID = 'useless-ignore';

/** Hints about comments of ours that silence nothing, or name nothing that there is; the same rule as for Dockerfiles. */
export function uselessComposeIgnores(
  { own }: Project,
  { all, misspelt }: ComposeIgnores,
  used: ReadonlySet<object>,
  set: RuleSet,
): readonly Finding[] {
  const rule = RULES.find(one => one.id === RULE_ID);
  const severity = rule && set.severityOf(rule, rule.codes, rule.severity);
  if (!rule || !severity) return [];
  const finding = (span: Finding['span'], message: string, fixes: readonly Fix[]): Finding => ({
    rule: rule.id,
    codes: rule.codes,
    severity,
    message,
    span,
    at: -1,
    fixes,
  });
  return [
    ...misspelt.map(span =>
      finding(
        span,
        'This ignore comment has no effect. Write “# dockwright ignore=RULE -- reason”, or file-ignore=.',
        [],
      ),
    ),
    ...all
      .filter(({ name, isOurs }) => isOurs && !used.has(name) && !isKnownName(name.text))
      .map(ignore => {
        const { text, span } = ignore.name;
        const meant = suggestName(text);
        const hint = meant ? `; did you mean ${meant}?` : ', so this has no effect.';
        return finding(span, `Unknown rule “${text}”${hint}`, meant ? [replacement(ignore, meant)] : []);
      }),
    ...all
      .filter(({ name, isOurs }) => isOurs && !used.has(name) && isKnownName(name.text) && own.root !== undefined)
      .map(({ name }) =>
        finding(name.span, `Nothing here is reported as ${name.text}. Remove it from this comment.`, []),
      ),
  ];
}

const replacement = ({ name }: ComposeIgnore, meant: string): Fix => ({
  title: `Change to ${meant}`,
  safety: 'manual',
  preferred: true,
  effect: { comments: 'remove' },
  edits: [{ span: name.span, text: meant }],
});
