import type { RuleMeta } from '../../rules/rule.js';

/** What all of ShellCheck's findings have in common; their code takes the place of the id. */
export const SHELLCHECK_RULE: RuleMeta = {
  id: 'shellcheck',
  codes: [],
  summary: 'ShellCheck found a problem in shell text.',
  rationale:
    'ShellCheck reads the shell text of RUN, CMD, ENTRYPOINT and HEALTHCHECK; each of its codes has a page of its own.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.1.0',
  examples: { bad: [], good: [] },
};
