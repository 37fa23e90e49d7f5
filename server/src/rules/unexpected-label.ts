import { labelsOf, schemaOf } from './labels/schema.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unexpected-label',
  codes: ['DL3050'],
  summary: 'A label is not in the label schema, which is set to be complete.',
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
  check({ instruction, onbuild, reading, options, report }) {
    if (options['strictLabels'] !== true || (reading === 'hadolint' && onbuild)) return;
    const schema = schemaOf({ reading, options });
    for (const { key, pair } of labelsOf(instruction)) {
      if (schema.has(key) || key === '') continue;
      report({ span: pair.keySpan, message: `Add “${key}” to the label schema, or use a name that is in it.` });
      if (reading === 'hadolint') return;
    }
  },
});
