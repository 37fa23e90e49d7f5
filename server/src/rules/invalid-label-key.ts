import { labelsOf } from './labels/schema.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'invalid-label-key',
  codes: ['DL3048'],
  summary: 'The name of a label does not follow the conventions.',
  rationale:
    'Label names begin with a lower-case letter, end with a letter or digit, and use lower-case letters, digits, `.`, `-`, `_` and `/`, without two separators in a row. `com.docker.`, `io.docker.` and `org.dockerproject.` belong to Docker.',
  category: 'style',
  practice: 'metadata',
  severity: 'hint',
  since: '0.1.0',
  links: ['https://docs.docker.com/engine/manage-resources/labels/'],
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nLABEL «com.docker.note»=x\n' },
      {
        code: 'FROM alpine:3.22\nLABEL a=b «Build-Date»="now"\n',
        fixed: 'FROM alpine:3.22\nLABEL a=b build-date="now"\n',
      },
      { code: 'FROM alpine:3.22\nLABEL «a..b»=c\n' },
    ],
    good: [
      { code: 'FROM alpine:3.22\nLABEL org.example.valid-key_1/x="b"\n', why: 'Follows the conventions.' },
      { code: 'FROM alpine:3.22\nLABEL $KEY=b\n', why: 'The name is not known.' },
    ],
  },
  instruction: { keywords: ['LABEL'] },
  check({ instruction, reading, report }) {
    for (const { key, pair } of labelsOf(instruction)) {
      if (reading !== 'hadolint' && (key === '' || key.includes('$'))) continue;
      const reserved = /^(?:com|io)\.docker\.|^org\.dockerproject\./.test(key);
      if (!reserved && /^[a-z](?:[0-9a-z._/-]*[a-z0-9])?$/.test(key) && !/\.\.|--/.test(key)) continue;
      const lower = key.toLowerCase();
      const curable =
        !reserved &&
        lower !== key &&
        /^[a-z][0-9a-z._/-]*[a-z0-9]$/.test(lower) &&
        !/\.\.|--/.test(lower) &&
        pair.key === key;
      report({
        span: pair.keySpan,
        message: reserved
          ? 'Labels with this prefix are reserved by Docker. Choose a different name.'
          : 'Use a lower-case letter first, a letter or digit last, and only letters, digits and single . - _ / in between.',
        fixes: curable
          ? [
              {
                title: `Change to ${lower}`,
                safety: 'manual',
                edits: [{ span: pair.keySpan, text: lower }],
                effect: { values: true },
              },
            ]
          : [],
      });
      // hadolint names an instruction once.
      if (reading === 'hadolint') return;
    }
  },
});
