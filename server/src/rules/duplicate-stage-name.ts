import { defineRule } from './rule.js';

export default defineRule({
  id: 'duplicate-stage-name',
  codes: ['DL3024', 'DuplicateStageName'],
  summary: 'Two stages have the same name.',
  rationale:
    'A later `FROM` or `COPY --from` of that name means the nearest stage above it, so adding or moving a stage silently changes what is copied, and `--target` cannot reach the other one. Names are compared without regard to case.',
  category: 'correctness',
  practice: 'multi-stage',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM golang:1.25 AS build\nRUN make\nFROM node:22 AS «build»\nRUN make\n' },
      {
        code: 'FROM golang:1.25 AS build\nFROM node:22 AS «BUILD»\n',
        why: 'Names are compared without regard to case.',
      },
    ],
    good: [{ code: 'FROM golang:1.25 AS build\nFROM node:22 AS assets\n', why: 'The names differ.' }],
  },
  file: { keywords: ['FROM'], signs: ['AS'] },
  check({ facts, reading, report }) {
    if (facts.repeatedNames.length === 0) return;
    const seen = new Map<string, string[]>();
    for (const stage of facts.stages) {
      const name = stage.from.instruction.from?.name;
      if (!name || stage.name === undefined) continue;
      const earlier = seen.get(stage.name);
      if (!earlier) {
        seen.set(stage.name, [name.text]);
        continue;
      }
      // hadolint compares letter by letter.
      const exact = earlier.includes(name.text);
      earlier.push(name.text);
      if (reading === 'hadolint' && !exact) continue;
      report(stage.from, {
        span: name.span,
        message: `An earlier stage is already named “${name.text}”. Rename this one.`,
        codes: exact ? ['DL3024', 'DuplicateStageName'] : ['DuplicateStageName'],
      });
    }
  },
});
