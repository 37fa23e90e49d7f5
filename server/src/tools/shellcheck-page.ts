import { explainedCodes, shellcheckRule } from '../engine/shellcheck-explained.js';
import { docsUrl } from '../rules/support/docs.js';

const fence = (code: string): string => `\`\`\`dockerfile\n${code.trimEnd()}\n\`\`\``;

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
    '<!-- Made by `npm run generate` from server/src/shellcheck/explained. -->',
  ].join('\n\n')}\n`;
}
