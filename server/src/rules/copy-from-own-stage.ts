import { findStage } from '../facts/index.js';
import { copiesFrom, stageReferences } from '../facts/stage-references.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'copy-from-own-stage',
  codes: ['DL3023', 'DS-0006'],
  summary: '`COPY --from` or a mount names its own stage.',
  rationale:
    'A stage cannot be copied from before it is finished: the build fails with a circular dependency. Within one stage, `RUN cp` copies; otherwise another stage was meant.',
  category: 'correctness',
  practice: 'multi-stage',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM node:24 AS build\nCOPY --from=«build» /a /b\n' },
      { code: 'FROM node:24 AS build\nRUN --mount=from=«build»,target=/b make\n', why: 'A mount as well.' },
    ],
    good: [
      { code: 'FROM node:24 AS build\nFROM node:24-slim AS app\nCOPY --from=build /a /b\n', why: 'Another stage.' },
      {
        code: 'FROM node:24 AS build\nFROM build\nCOPY --from=build /a /b\n',
        why: 'A stage may be built on and copied from.',
      },
    ],
  },
  file: { keywords: ['COPY', 'ADD', 'RUN'], words: ['from'], signs: ['flag'] },
  check({ facts, reading, report }) {
    for (const placed of copiesFrom(facts)) {
      const flag = placed.instruction.flag('from');
      if (!flag?.value) continue;
      const stage = facts.stageOf(placed);
      const alias = stage?.from.instruction.from?.name?.text;
      if (!stage || alias === undefined) continue;
      const same = reading === 'hadolint' ? flag.value === alias : flag.value.toLowerCase() === stage.name;
      // The name may also be an earlier stage's: the one above is then meant.
      const earlier = same && reading !== 'hadolint' && findStage(facts.stages, flag.value, stage.index) !== undefined;
      if (!same || earlier) continue;
      report(placed, {
        span: flag.valueSpan,
        message: `“${flag.value}” is this stage itself. Copy from an earlier stage.`,
      });
    }
    if (reading !== 'own') return;
    for (const { placed, text, span, kind } of stageReferences(facts)) {
      const stage = kind === 'RUN' ? facts.stageOf(placed) : undefined;
      if (!stage || stage.name !== text.toLowerCase() || findStage(facts.stages, text, stage.index)) continue;
      report(placed, { span, message: `“${text}” is this stage itself. Mount an earlier stage.`, codes: [] });
    }
  },
});
