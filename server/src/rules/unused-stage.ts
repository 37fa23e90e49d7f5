import type { Flag, Placed } from '../dockerfile/index.js';
import { offsetsWhere } from '../facts/index.js';
import { defineRule } from './rule.js';

/** It takes something from what a variable names. */
function isChoosing({ instruction }: Placed): boolean {
  if (!instruction.text.includes('$')) return false;
  const { flags } = instruction.trigger ?? instruction;
  return flags.length > 0 && flags.some(takesFromVariable);
}

const choosing = (instructions: readonly Placed[]): readonly number[] => offsetsWhere(instructions, isChoosing);

const takesFromVariable = ({ name, value = '' }: Flag): boolean =>
  name === 'from' ? value.includes('$') : name === 'mount' && /(?:^|,)from=[^,]*\$/.test(value);

export default defineRule({
  id: 'unused-stage',
  codes: [],
  summary: 'A stage is unused and has no name to build it by.',
  rationale:
    'Only the last stage becomes the image, with what it takes from others by `FROM`, `COPY --from` or `RUN --mount=from`. A second `FROM` does not add to the first: it starts over. Named stages are not reported, since `docker build --target` can build them.',
  category: 'correctness',
  practice: 'multi-stage',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [{ code: '«FROM» debian:13\nRUN make\nFROM nginx:1.28\nCOPY . /srv\n' }],
    good: [
      { code: 'FROM debian:13\nRUN make\nFROM nginx:1.28\nCOPY --from=0 /out /srv\n', why: 'Used by its number.' },
      {
        code: 'FROM debian:13 AS test\nRUN make test\nFROM debian:13\nRUN make\n',
        why: 'It can be built with --target test.',
      },
      {
        code: 'FROM debian:13\nRUN make\nFROM nginx:1.28\nARG FROM=0\nCOPY --from=$FROM /out /srv\n',
        why: 'The variable may name it.',
      },
      { code: 'FROM debian:13\nONBUILD RUN make\n', why: 'The last stage is the image.' },
    ],
  },
  file: {},
  check({ facts, report }) {
    if (facts.stages.length < 2) return;
    // A variable may name any stage by its number.
    if (facts.select(choosing).length > 0) return;
    for (const stage of facts.stages) {
      if (stage.isUsed || stage.name !== undefined) continue;
      report(stage.from, {
        span: stage.from.instruction.keywordSpan,
        message: 'This stage is unused because nothing is copied from it. Use it or remove it.',
        tag: 'unnecessary',
      });
    }
  },
});
