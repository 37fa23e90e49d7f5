import { lex } from '../dockerfile/index.js';
import { remove } from '../edits/words.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'redundant-target-platform',
  codes: ['DL3065', 'RedundantTargetPlatform'],
  summary: '`--platform=$TARGETPLATFORM` is the default of `FROM`.',
  rationale:
    'A stage is built for the target platform unless the flag says otherwise, so the flag only adds words, and makes old builders without BuildKit fail.',
  category: 'style',
  practice: 'clarity',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM «--platform=$TARGETPLATFORM» alpine:3.22\n', fixed: 'FROM alpine:3.22\n' },
      {
        code: 'FROM «--platform=${TARGETPLATFORM}» \\\n  alpine:3.22 AS base\n',
        fixed: 'FROM \\\n  alpine:3.22 AS base\n',
      },
      {
        code: 'FROM «--platform=${TARGETPLATFORM:-linux/amd64}» alpine:3.22\n',
        fixed: 'FROM alpine:3.22\n',
        why: 'The default is never used.',
      },
    ],
    good: [
      { code: 'FROM --platform=$BUILDPLATFORM alpine:3.22\n', why: 'The platform of the builder is something else.' },
      { code: 'FROM --platform=linux/$TARGETARCH alpine:3.22\n', why: 'More than the variable.' },
    ],
  },
  instruction: { keywords: ['FROM'], signs: ['flag'], triggers: false },
  check({ instruction, reading, report }) {
    const flag = instruction.from?.platform;
    if (!flag?.value?.includes('TARGETPLATFORM')) return;
    const raw = instruction.text.slice(flag.valueSpan.start, flag.valueSpan.end);
    const plain = raw === '$TARGETPLATFORM' || raw === '${TARGETPLATFORM}';
    if (reading === 'hadolint' ? !plain : !isTarget(flag.value, instruction.escape)) return;
    report({
      span: flag.span,
      message: 'The target platform is the default. Remove `--platform`.',
      codes: plain ? ['DL3065', 'RedundantTargetPlatform'] : ['RedundantTargetPlatform'],
      tag: 'unnecessary',
      fixes: [
        { title: 'Remove --platform', safety: 'safe', edits: [remove(instruction, flag)], effect: { flags: true } },
      ],
    });
  },
});

// BuildKit's test: one variable, TARGETPLATFORM, whose value is all there is.
function isTarget(value: string, escape: string): boolean {
  const result = lex(value, { escape, lookup: name => (name === 'TARGETPLATFORM' ? '\u0000' : undefined) });
  const [only, ...more] = result.variables;
  return (
    result.error === undefined && only?.name === 'TARGETPLATFORM' && more.length === 0 && result.value === '\u0000'
  );
}
