import { PLATFORM_ARGUMENTS } from '../facts/index.js';
import { defineRule } from './rule.js';

const PLATFORM: ReadonlySet<string> = new Set(PLATFORM_ARGUMENTS);

export default defineRule({
  id: 'platform-argument-default',
  codes: [],
  summary: 'A default for a platform argument replaces the value that BuildKit sets.',
  rationale:
    'BuildKit gives `TARGETARCH`, `TARGETOS` and the other platform arguments their values by itself, but a default in the file wins over them. A build for arm64 then gets the files for amd64, without a word: https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM ubuntu:24.04\nARG TARGETARCH«=amd64»\nCOPY publish/cli-${TARGETARCH}/app /app\n',
        fixed: 'FROM ubuntu:24.04\nARG TARGETARCH\nCOPY publish/cli-${TARGETARCH}/app /app\n',
      },
      {
        code: 'ARG TARGETOS«=linux» TARGETARCH«="amd64"»\nFROM alpine:3.22\nARG TARGETOS TARGETARCH\nCOPY app-$TARGETOS-$TARGETARCH /app\n',
        fixed:
          'ARG TARGETOS TARGETARCH\nFROM alpine:3.22\nARG TARGETOS TARGETARCH\nCOPY app-$TARGETOS-$TARGETARCH /app\n',
        why: 'Before the first FROM as well.',
      },
    ],
    good: [
      { code: 'FROM ubuntu:24.04\nARG TARGETARCH\nCOPY app-$TARGETARCH /app\n', why: 'BuildKit sets it.' },
      { code: 'FROM ubuntu:24.04\nARG ARCH=amd64\nCOPY app-$ARCH /app\n', why: 'An argument of your own.' },
      {
        code: 'FROM ubuntu:24.04\nARG TARGETARCH\nRUN echo "${TARGETARCH:-amd64}"\n',
        why: 'A default where it is used leaves the argument alone.',
      },
    ],
  },
  reading: 'own',
  instruction: { keywords: ['ARG'] },
  check({ instruction, onbuild, report }) {
    if (onbuild) return;
    for (const { key, value, keySpan, span } of instruction.pairs) {
      if (value === undefined || !PLATFORM.has(key) || value.includes('$')) continue;
      const removed = { start: keySpan.end, end: span.end };
      report({
        span: removed,
        message: `This default replaces the ${key} that BuildKit sets, so ${key.startsWith('TARGET') ? 'builds for' : 'builds on'} other platforms get the wrong value. Remove the default.`,
        fixes: [
          {
            title: 'Remove the default',
            safety: 'review',
            edits: [{ span: removed, text: '' }],
            effect: { values: true },
          },
        ],
      });
    }
  },
});
