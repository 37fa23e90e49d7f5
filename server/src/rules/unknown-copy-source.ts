import { findStage } from '../facts/index.js';
import { defineRule } from './rule.js';
import { copiesFrom } from './support/stage-references.js';
import { similarName } from './support/variables.js';

export default defineRule({
  id: 'unknown-copy-source',
  codes: ['DL3022'],
  summary: '`COPY --from` names neither an earlier stage nor an image with a tag.',
  rationale:
    'What is no stage above is looked up as an image: a mistyped or not yet built stage makes Docker pull whatever has that name on Docker Hub, or fail. A named build context is fine too, but only the build command knows it.',
  category: 'correctness',
  practice: 'multi-stage',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=«biuld» /app /app\n',
        fixed: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=build /app /app\n',
        why: 'A mistyped stage.',
      },
      {
        code: 'FROM scratch\nCOPY --from=«build» /app /app\nFROM golang:1.25 AS build\n',
        why: 'The stage comes later.',
      },
      { code: 'FROM scratch\nCOPY --from=«0» /app /app\n', why: 'A stage has no copy of itself.' },
    ],
    good: [
      { code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=build /app /app\n', why: 'An earlier stage.' },
      { code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=0 /app /app\n', why: 'By number.' },
      { code: 'FROM scratch\nCOPY --from=docker:27.0 /usr/local/bin/docker /\n', why: 'An image with a tag.' },
      { code: 'FROM scratch\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\n', why: 'An image of a registry.' },
      { code: 'FROM scratch\nARG SRC\nCOPY --from=$SRC /a /b\n', why: 'Only the build knows.' },
      {
        code: 'FROM alpine:3.22\nFROM alpine:3.22 AS app\nCOPY --from=app /a /b\n',
        why: 'Copying from itself is another problem.',
      },
    ],
  },
  checkFile({ facts, reading, report }) {
    const copies = copiesFrom(facts);
    if (copies.length === 0) return;
    const names = new Set(facts.stages.flatMap(stage => stage.name ?? []));
    for (const placed of copies) {
      const flag = placed.instruction.flag('from');
      const value = flag?.value;
      if (!flag || value === undefined || value === '') continue;
      const own = facts.stageOf(placed)?.index ?? -1;
      if (reading === 'hadolint') {
        // hadolint takes any `:`, any alias so far, and any number below the count of FROMs so far.
        const seen = facts.stages.slice(0, own + 1);
        const number = /^\d+/.exec(value);
        if (value.includes(':') || (number && Number(number[0]) <= own)) continue;
        if (seen.some(stage => stage.from.instruction.from?.name?.text === value)) continue;
        report(placed, { span: flag.valueSpan, message: message(value) });
        continue;
      }
      if (/[$:/@.]/.test(value) || findStage(facts.stages, value, own)) continue;
      if (facts.stages[own]?.name === value.toLowerCase()) continue;
      const later = names.has(value.toLowerCase());
      const guess = later
        ? undefined
        : similarName(
            value,
            facts.stages.slice(0, Math.max(own, 0)).flatMap(stage => stage.name ?? []),
          );
      const certain = later || guess !== undefined || /^\d+$/.test(value);
      // A bare name may be an image or a context given to the build: `COPY --from=busybox`, `--build-context name=…`.
      report(placed, {
        span: flag.valueSpan,
        message: later
          ? `Move the stage “${value}” above this one: only earlier stages can be copied from.`
          : /^\d+$/.test(value)
            ? `Copy from an earlier stage: there is no stage ${value} above this one.`
            : message(value, guess),
        ...(certain ? {} : { severity: 'hint' as const }),
        fixes: guess
          ? [
              {
                title: `Change to ${guess}`,
                safety: 'review',
                edits: [{ span: flag.valueSpan, text: guess }],
                effect: { flags: true },
              },
            ]
          : [],
      });
    }
  },
});

const message = (name: string, guess?: string): string =>
  guess
    ? `Correct “${name}”: no stage above has this name; “${guess}” is close.`
    : `Give “${name}” a tag if it is an image, since no stage above has this name.`;
