import { isKeyword } from '../dockerfile/index.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'instruction-before-from',
  codes: ['DL3061'],
  summary: 'An instruction other than `ARG` comes before the first `FROM`.',
  rationale:
    'Every instruction works on the stage it is in, and there is none before `FROM`; only `ARG` may come first, to be used in `FROM`. Docker refuses the file.',
  category: 'correctness',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [{ code: '«LABEL» a=b\nFROM alpine:3.22\n' }, { code: '«RUN» make\n', why: 'A file without FROM.' }],
    good: [{ code: '# syntax=docker/dockerfile:1\nARG V=3.22\nFROM alpine:$V\n', why: 'ARG may be before FROM.' }],
  },
  stage: {},
  check({ facts, report }) {
    if (facts.preambleContent.parts.length === 0) return;
    for (const placed of facts.preamble) {
      const { keyword } = placed.instruction;
      // A FROM without an image is a syntax error of its own: what follows it is in its place.
      if (keyword === 'FROM') return;
      // What is not an instruction is one too.
      if (keyword === 'ARG' || !isKeyword(keyword)) continue;
      report(placed, {
        span: placed.instruction.keywordSpan,
        message: `${placed.instruction.keyword} must come after FROM; only ARG may precede it.`,
      });
    }
  },
});
