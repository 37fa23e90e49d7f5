import { defineRule } from './rule.js';

const isLower = (text: string): boolean => text === text.toLowerCase();
const isUpper = (text: string): boolean => text === text.toUpperCase();

export default defineRule({
  id: 'as-casing-differs',
  codes: ['FromAsCasing'],
  summary: '`FROM` and `AS` differ in case.',
  rationale:
    'Keywords may be written in either case, but one line with both is harder to read. Only the spelling differs; the build is the same.',
  category: 'style',
  practice: 'clarity',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22 «as» base\n', fixed: 'FROM alpine:3.22 AS base\n' },
      { code: 'from alpine:3.22 «AS» base\n', fixed: 'from alpine:3.22 as base\n' },
      { code: 'FROM alpine:3.22 \\\n  «As» base\n', fixed: 'FROM alpine:3.22 \\\n  AS base\n' },
    ],
    good: [
      { code: 'FROM alpine:3.22 AS base\n', why: 'Both are in upper case.' },
      { code: 'From alpine:3.22 as base\n', why: 'The casing of From itself is another matter.' },
    ],
  },
  instruction: { keywords: ['FROM'], signs: ['AS'], triggers: false },
  check({ instruction, report }) {
    const as = instruction.from?.as;
    if (!as || !instruction.from?.name) return;
    const keyword = instruction.rawKeyword;
    const wanted = isLower(keyword) ? as.text.toLowerCase() : isUpper(keyword) ? as.text.toUpperCase() : as.text;
    if (wanted === as.text) return;
    report({
      span: as.span,
      message: `“${keyword}” and its AS differ in case. Write “${wanted}”.`,
      fixes: [
        {
          title: `Change to “${wanted}”`,
          safety: 'safe',
          edits: [{ span: as.span, text: wanted }],
          effect: { arguments: true },
        },
      ],
    });
  },
});
