import { defineRule } from './rule.js';

const RESERVED = new Set(['scratch', 'context']);

export default defineRule({
  id: 'reserved-stage-name',
  codes: ['DL3063', 'ReservedStageName'],
  summary: 'A stage is named `scratch` or `context`, which mean something else to Docker.',
  rationale:
    '`FROM scratch` always means the empty image and `context` the build context, so a stage of that name cannot be referred to reliably.',
  category: 'correctness',
  practice: 'multi-stage',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22 AS «scratch»\n', fixed: 'FROM alpine:3.22 AS scratch-stage\n', fix: 0 },
      { code: 'FROM alpine:3.22 AS «Context»\n', fixed: 'FROM alpine:3.22 AS context-stage\n' },
    ],
    good: [{ code: 'FROM scratch AS base\n', why: 'scratch as a base is what it is for.' }],
  },
  on: ['FROM'],
  onbuild: false,
  check({ instruction, report }) {
    const name = instruction.from?.name;
    if (!name || !RESERVED.has(name.text.toLowerCase())) return;
    const renamed = `${name.text.toLowerCase()}-stage`;
    report({
      span: name.span,
      message: `Name the stage otherwise: “${name.text}” is reserved.`,
      codes: RESERVED.has(name.text) ? ['DL3063', 'ReservedStageName'] : ['ReservedStageName'],
      fixes: [
        {
          title: `Rename the stage to “${renamed}”`,
          safety: 'manual',
          edits: [{ span: name.span, text: renamed }],
          effect: { arguments: true },
        },
      ],
    });
  },
});
