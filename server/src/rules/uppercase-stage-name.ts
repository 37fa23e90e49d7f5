import type { Placed } from '../dockerfile/index.js';
import { findStage } from '../facts/index.js';
import { stageReferences } from '../facts/stage-references.js';
import { defineRule, type FixEdit } from './rule.js';

export default defineRule({
  id: 'uppercase-stage-name',
  codes: ['StageNameCasing'],
  summary: 'A stage name has upper-case letters.',
  rationale:
    'Docker compares stage names without regard to case and shows them in lower case, other tools compare them letter by letter. A lower-case name is the same name everywhere, and is easy to tell from the keywords around it.',
  category: 'style',
  practice: 'clarity',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM golang:1.25 AS «Build»\nRUN go build\nFROM alpine:3.22\nCOPY --from=Build /app /app\n',
        fixed: 'FROM golang:1.25 AS build\nRUN go build\nFROM alpine:3.22\nCOPY --from=build /app /app\n',
      },
      {
        code: 'FROM alpine:3.22 AS «BASE»\nFROM BASE AS final\nRUN --mount=type=bind,from=BASE,target=/b ls /b\n',
        fixed: 'FROM alpine:3.22 AS base\nFROM base AS final\nRUN --mount=type=bind,from=base,target=/b ls /b\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.22 AS base-1.2_x\n', why: 'The name is in lower case.' }],
  },
  file: { keywords: ['FROM'], signs: ['AS'] },
  check({ facts, report }) {
    for (const from of facts.select(withUpperCase)) {
      const stage = facts.stageOf(from);
      const name = from.instruction.from?.name;
      if (!stage || !name) continue;
      const edits: FixEdit[] = [{ span: name.span, text: name.text.toLowerCase() }];
      for (const reference of stageReferences(facts)) {
        if (reference.text === reference.text.toLowerCase()) continue;
        if (findStage(facts.stages, reference.text, reference.before) !== stage) continue;
        edits.push({ at: reference.placed, span: reference.span, text: reference.text.toLowerCase() });
      }
      report(from, {
        span: name.span,
        message: `The stage name “${name.text}” has upper-case letters. Write it in lower case.`,
        fixes: [
          {
            title: `Rename the stage to “${name.text.toLowerCase()}”`,
            safety: 'safe',
            edits,
            effect: { arguments: true, flags: true },
          },
        ],
      });
    }
  },
});

const withUpperCase = ([from]: readonly Placed[]): readonly number[] => {
  const name = from?.instruction.from?.name?.text;
  return name !== undefined && name !== name.toLowerCase() ? [0] : NONE;
};

const NONE: readonly number[] = [];
