import { labelsOf, schemaOf } from './labels/schema.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'empty-label',
  codes: ['DL3051'],
  summary: 'A label that the label schema requires has no value.',
  rationale: 'The label schema in the configuration asks for this label, because something reads it.',
  category: 'maintainability',
  practice: 'metadata',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [{ code: 'FROM alpine:3.22\nLABEL «vendor=""» other=""\n', options: { labelSchema: { vendor: 'text' } } }],
    good: [
      {
        code: 'FROM alpine:3.22\nLABEL vendor="Example"\n',
        why: 'Has a value.',
        options: { labelSchema: { vendor: 'text' } },
      },
      { code: 'FROM alpine:3.22\nLABEL vendor=""\n', why: 'No schema asks for it.' },
    ],
  },
  instruction: { keywords: ['LABEL'] },
  check({ instruction, reading, options, report }) {
    const schema = schemaOf({ reading, options });
    if (schema.size === 0) return;
    for (const { key, value, pair } of labelsOf(instruction)) {
      if (value === '' && schema.has(key))
        report({ span: pair.span, message: `The label schema requires a value for “${key}”.` });
    }
  },
});
