import { defineRule } from './rule.js';

const FORBIDDEN = new Set(['ONBUILD', 'FROM', 'MAINTAINER']);

export default defineRule({
  id: 'forbidden-onbuild-trigger',
  codes: ['DL3043'],
  summary: '`ONBUILD` cannot trigger `ONBUILD`, `FROM` or `MAINTAINER`.',
  rationale:
    'Docker refuses these three as triggers, since they would change which image is being built while it is being built.',
  category: 'correctness',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nONBUILD «ONBUILD» RUN make\n' },
      { code: 'FROM alpine:3.22\nONBUILD «FROM» debian:12\n' },
      { code: 'FROM alpine:3.22\nONBUILD «maintainer» me\n' },
    ],
    good: [{ code: 'FROM alpine:3.22\nONBUILD RUN make\n', why: 'RUN can be triggered.' }],
  },
  instruction: { keywords: ['ONBUILD'], triggers: false },
  check({ instruction, report }) {
    const { trigger } = instruction;
    if (!trigger || !FORBIDDEN.has(trigger.keyword)) return;
    report({
      span: trigger.keywordSpan,
      message: `${trigger.keyword} cannot be the trigger of an ONBUILD. Remove it.`,
    });
  },
});
