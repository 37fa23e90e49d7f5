import { docsUrl } from '../explain/docs-url.js';
import { explainedCodes, shellcheckRule } from '../shellcheck/lint/explained.js';
import { SHELLCHECK_LEVELS } from '../shellcheck/lint/severities.js';

const fence = (code: string): string => `\`\`\`dockerfile\n${code.trimEnd()}\n\`\`\``;

/** What each code is worth in profile `recommended`. */
const levels = (): string =>
  [
    '| code | in `recommended` | why |',
    '|---|---|---|',
    ...Object.entries(SHELLCHECK_LEVELS).map(
      ([code, [level, reason]]) =>
        `| [SC${code}](${docsUrl(`SC${code}`)}) | ${level} | ${reason.replaceAll('|', '\\|')} |`,
    ),
  ].join('\n');

/** All codes of ShellCheck that we explain ourselves, each under a heading of its own, which links can name. */
export function shellcheckPage(): string {
  const sections = explainedCodes().flatMap(code => {
    const rule = shellcheckRule(code);
    if (!rule) return [];
    const [example] = rule.examples.bad;
    const shown = example
      ? [fence(example.code), ...(example.fixed === undefined ? [] : ['becomes', fence(example.fixed)])]
      : [];
    return [[`## ${rule.id}`, rule.summary, rule.rationale, ...shown, `[ShellCheck’s page](${docsUrl(rule.id)})`]];
  });
  return `${[
    '# ShellCheck',
    'The real ShellCheck reads the shell text of RUN, CMD, ENTRYPOINT and HEALTHCHECK. Here is what the codes mean that people meet most often in a RUN; every code has a page on ShellCheck’s own wiki as well.',
    ...sections.flat(),
    '## How serious',
    'Profile `recommended` says as a warning or an error only what goes wrong; what works, and could be written with more care, is a hint, and what tells of nothing in a Dockerfile is off. What is not in this table is an error where the script cannot be parsed, else a hint. Codes from SC3000 on, about what not every shell has, are warnings or errors where the shell is known not to have it. `strict` and `all` have ShellCheck’s own levels; so has profile `hadolint`. Configuration decides for each code: `rules: { SC2086: warning }`.',
    levels(),
    '<!-- Made by `npm run generate` from server/src/shellcheck/explained and server/src/shellcheck/lint/severities.ts. -->',
  ].join('\n\n')}\n`;
}
