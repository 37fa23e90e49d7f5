import type { Placed } from '../dockerfile/index.js';
import { type FileFacts, findStage, isStageName, offsetsWhere, type StageContent } from '../facts/index.js';
import { defineRule, type Report } from './rule.js';
import { copiesFrom, type StageReference, stageReferences } from './support/stage-references.js';
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
      {
        code: 'FROM golang:1.25\nRUN --mount=type=bind,from=«tools»,target=/tools /tools/gen\nFROM alpine:3.22 AS tools\n',
        why: 'So for a mount.',
      },
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
  on: ['COPY', 'ADD', 'RUN'],
  mentions: ['from'],
  signs: ['flag'],
  checkFile({ facts, reading, report }) {
    const copies = copiesFrom(facts);
    if (reading === 'hadolint') {
      for (const placed of copies) {
        const flag = placed.instruction.flag('from');
        const value = flag?.value;
        if (!flag || value === undefined || value === '') continue;
        // hadolint takes any `:`, any alias so far, and any number below the count of FROMs so far.
        const own = facts.stageOf(placed)?.index ?? -1;
        const number = /^\d+/.exec(value);
        if (value.includes(':') || (number && Number(number[0]) <= own)) continue;
        if (facts.stages.slice(0, own + 1).some(stage => stage.from.instruction.from?.name?.text === value)) continue;
        report(placed, { span: flag.valueSpan, message: plain(value) });
      }
      return;
    }
    if (copies.length === 0 && facts.select(withMounts).length === 0) return;
    for (const reference of stageReferences(facts)) {
      if (reference.kind === 'FROM') continue;
      const found = judge(facts, reference);
      if (found) report(reference.placed, found);
    }
  },
});

const NONE: readonly number[] = [];

const withMounts = (instructions: readonly Placed[], content: StageContent | undefined): readonly number[] =>
  content?.references.length === 0
    ? NONE
    : offsetsWhere(
        instructions,
        ({ instruction }) =>
          instruction.keyword === 'RUN' && instruction.flags.some(flag => flag.value?.includes('from=') === true),
      );

/** So many stages above are looked through for a name like the one that is missing. */
const NEAR = 200;

function judge(facts: FileFacts, { text, span, before, kind }: StageReference): Report | undefined {
  if (/[$:/@.]/.test(text) || findStage(facts.stages, text, before)) return undefined;
  if (facts.stages[before]?.name === text.toLowerCase()) return undefined;
  const later = isStageName(facts.stages, text);
  const isNumber = /^\d+$/.test(text);
  const above = facts.stages.slice(Math.max(before - NEAR, 0), Math.max(before, 0)).flatMap(stage => stage.name ?? []);
  const guess = later || isNumber ? undefined : similarName(text, above);
  // A bare name may be an image or a context given to the build: `COPY --from=busybox`, `--build-context name=…`.
  const certain = later || isNumber || guess !== undefined;
  if (kind === 'RUN' && !certain) return undefined;
  return {
    span,
    message: later
      ? `Move the stage “${text}” above this one: only earlier stages can be ${kind === 'RUN' ? 'mounted' : 'copied from'}.`
      : isNumber
        ? `Name an earlier stage: there is no stage ${text} above this one.`
        : plain(text, guess),
    ...(certain ? {} : { severity: 'hint' as const }),
    ...(kind === 'RUN' ? { codes: [] } : {}),
    fixes: guess
      ? [
          {
            title: `Change to ${guess}`,
            safety: 'review',
            edits: [{ span, text: guess }],
            effect: { flags: true },
          },
        ]
      : [],
  };
}

const plain = (name: string, guess?: string): string =>
  guess
    ? `Correct “${name}”: no stage above has this name; “${guess}” is close.`
    : `Give “${name}” a tag if it is an image, since no stage above has this name.`;
