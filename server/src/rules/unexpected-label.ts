import { labelsOf, schemaOf } from './labels/schema.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unexpected-label',
  codes: ['DL3050'],
  summary: 'A label is not in the label schema, which must be complete.',
  rationale:
    'With strict labels on, the label schema in the configuration is the whole list, so that a misspelt name does not go unnoticed.',
  category: 'maintainability',
  practice: 'metadata',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nLABEL vendor=a «vednor»=b\n',
        options: { labelSchema: { vendor: 'text' }, strictLabels: true },
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nLABEL vendor=a\n',
        why: 'In the schema.',
        options: { labelSchema: { vendor: 'text' }, strictLabels: true },
      },
      {
        code: 'FROM alpine:3.22\nLABEL other=a\n',
        why: 'Strict labels are off.',
        options: { labelSchema: { vendor: 'text' } },
      },
    ],
  },
  instruction: { keywords: ['LABEL'] },
  check({ instruction, reading, options, report }) {
    if (options['strictLabels'] !== true) return;
    const schema = schemaOf({ reading, options });
    for (const { key, pair } of labelsOf(instruction)) {
      if (schema.has(key) || key === '') continue;
      report({
        span: pair.keySpan,
        message: `The label schema does not have “${key}”. Add it there, or use a name from the schema.`,
      });
      if (reading === 'hadolint') return;
    }
  },
});
