import type { Placed } from '../dockerfile/index.js';
import { findStage } from '../facts/index.js';
import { stageReferences } from '../facts/stage-references.js';
import { defineRule, type FixEdit } from './rule.js';

const RESERVED = new Set(['scratch', 'context']);

export default defineRule({
  id: 'reserved-stage-name',
  codes: ['DL3063', 'ReservedStageName'],
  summary: 'A stage is named `scratch` or `context`, which are reserved names.',
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
      {
        code: 'FROM alpine:3.22 AS «scratch»\nFROM scratch\nCOPY --from=scratch /a /\nCOPY --from=0 /b /\n',
        fixed: 'FROM alpine:3.22 AS scratch-stage\nFROM scratch\nCOPY --from=scratch-stage /a /\nCOPY --from=0 /b /\n',
        why: 'Where it is copied from, it gets the new name.',
      },
    ],
    good: [{ code: 'FROM scratch AS base\n', why: 'scratch as a base is what it is for.' }],
  },
  file: { keywords: ['FROM'], signs: ['AS'] },
  check({ facts, report }) {
    for (const from of facts.select(withReservedName)) {
      const stage = facts.stageOf(from);
      const name = from.instruction.from?.name;
      if (!stage || !name) continue;
      const renamed = `${name.text.toLowerCase()}-stage`;
      const edits: FixEdit[] = [{ span: name.span, text: renamed }];
      for (const reference of stageReferences(facts)) {
        // `FROM scratch` is the empty image all the same.
        const isEmpty = reference.kind === 'FROM' && reference.text.toLowerCase() === 'scratch';
        if (isEmpty || /^\d+$/.test(reference.text)) continue;
        if (findStage(facts.stages, reference.text, reference.before) !== stage) continue;
        edits.push({ at: reference.placed, span: reference.span, text: renamed });
      }
      report(from, {
        span: name.span,
        message: `“${name.text}” is a reserved name. Rename the stage.`,
        codes: RESERVED.has(name.text) ? ['DL3063', 'ReservedStageName'] : ['ReservedStageName'],
        fixes: [
          {
            title: `Rename the stage to “${renamed}”`,
            safety: 'manual',
            edits,
            effect: { arguments: true, flags: true },
          },
        ],
      });
    }
  },
});

const withReservedName = ([from]: readonly Placed[]): readonly number[] =>
  RESERVED.has(from?.instruction.from?.name?.text.toLowerCase() ?? '') ? FIRST : NONE;

const FIRST: readonly number[] = [0];
const NONE: readonly number[] = [];
