import { hasLabel, schemaOf } from './labels/schema.js';
import { labelMissing } from './missing-label/complaint.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'missing-label',
  codes: ['DL3049'],
  summary: 'A label that the label schema requires is missing.',
  rationale: 'The label schema in the configuration asks for this label on the image, because something reads it.',
  category: 'maintainability',
  practice: 'metadata',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM golang:1.25 AS build\nFROM «alpine:3.22»\nCMD ["a"]\n',
        fixed: 'FROM golang:1.25 AS build\nFROM alpine:3.22\nCMD ["a"]\nLABEL vendor="<vendor>"\n',
        options: { labelSchema: { vendor: 'text' } },
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nLABEL vendor=a\n', why: 'Set.', options: { labelSchema: { vendor: 'text' } } },
      {
        code: 'FROM alpine:3.22 AS a\nLABEL vendor=a\nFROM a\n',
        why: 'Inherited.',
        options: { labelSchema: { vendor: 'text' } },
      },
      {
        code: 'FROM golang:1.25 AS build\nFROM alpine:3.22\nLABEL vendor=a\n',
        why: 'A builder is not shipped.',
        options: { labelSchema: { vendor: 'text' } },
      },
    ],
  },
  stage: {},
  check({ facts, reading, options, report }) {
    const { final } = facts;
    if (!final) return;
    for (const key of schemaOf({ reading, options }).keys())
      if (!hasLabel(facts.lineage(final), key)) report(final.from, labelMissing(facts, final, key));
  },
});
