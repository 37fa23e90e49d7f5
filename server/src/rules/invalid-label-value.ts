import { LABEL_TYPES, labelsOf, schemaOf } from './labels/schema.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'invalid-label-value',
  codes: ['DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'],
  summary: 'The value of a label does not match the label schema.',
  rationale:
    'The label schema in the configuration says what the value has to be: a URL, a time, a licence, a commit, a version or an address. Tools that read the label rely on it.',
  category: 'maintainability',
  practice: 'metadata',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nLABEL home=«"example"»\n', options: { labelSchema: { home: 'url' } } },
      { code: 'FROM alpine:3.22\nLABEL licence=«"MIT or so"»\n', options: { labelSchema: { licence: 'spdx' } } },
      { code: 'FROM alpine:3.22\nLABEL version=«v1.2»\n', options: { labelSchema: { version: 'semver' } } },
      { code: 'FROM alpine:3.22\nLABEL at=«2026-13-01»\n', options: { labelSchema: { at: 'rfc3339' } } },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nLABEL home=https://example.com/a licence=MIT version=1.2.3-rc.1 commit=2dbfae9 mail=a@example.com at=2026-01-31T12:00:00Z\n',
        why: 'Each is of its type.',
        options: {
          labelSchema: {
            home: 'url',
            licence: 'spdx',
            version: 'semver',
            commit: 'hash',
            mail: 'email',
            at: 'rfc3339',
          },
        },
      },
      {
        code: 'FROM alpine:3.22\nARG V\nLABEL version=$V\n',
        why: 'Only the build knows the value.',
        options: { labelSchema: { version: 'semver' } },
      },
    ],
  },
  instruction: { keywords: ['LABEL'] },
  check({ instruction, reading, options, report }) {
    const schema = schemaOf({ reading, options });
    if (schema.size === 0) return;
    for (const { key, value, open, pair } of labelsOf(instruction)) {
      const type = LABEL_TYPES.get(schema.get(key) ?? '');
      if (!type || (open && reading !== 'hadolint') || (value === '' && reading !== 'hadolint') || type.accepts(value))
        continue;
      report({
        span: pair.valueSpan,
        message: `The label schema requires “${key}” to be ${type.wanted}.`,
        codes: [type.code],
      });
    }
  },
});
