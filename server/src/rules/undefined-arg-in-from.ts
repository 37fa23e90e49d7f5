import type { Placed } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import { defineRule, type RuleFix } from './rule.js';
import { insertAbove, insertBelow } from './support/placing.js';
import { fromArguments, similarName, type Use, usesIn } from './support/variables.js';

export default defineRule({
  id: 'undefined-arg-in-from',
  codes: ['UndefinedArgInFrom'],
  summary: '`FROM` uses a variable that no `ARG` before the first `FROM` declares.',
  rationale:
    'The variable is empty, even when it is passed with `--build-arg` or declared inside a stage: in `FROM` only the `ARG`s at the top of the file and the platform arguments such as `BUILDPLATFORM` count.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  first: true,
  examples: {
    bad: [
      { code: 'ARG VERSION=3.22\nFROM alpine:«$VERSOIN»\n', fixed: 'ARG VERSION=3.22\nFROM alpine:$VERSION\n' },
      {
        code: 'FROM alpine:3.22 AS base\nARG VARIANT=slim\nFROM debian:13-«${VARIANT}»\n',
        fixed: 'ARG VARIANT=slim\nFROM alpine:3.22 AS base\nARG VARIANT=slim\nFROM debian:13-${VARIANT}\n',
      },
      { code: 'FROM --platform=«$BUILDPLATFROM» alpine:3.22\n', fixed: 'FROM --platform=$BUILDPLATFORM alpine:3.22\n' },
      {
        code: '# syntax=docker/dockerfile:1\n\n# The base.\nFROM «${IMAGE:-alpine:3.22}»\n',
        fixed: '# syntax=docker/dockerfile:1\n\nARG IMAGE\n# The base.\nFROM ${IMAGE:-alpine:3.22}\n',
        why: 'A default does not declare it.',
      },
    ],
    good: [
      { code: 'ARG VERSION\nFROM alpine:$VERSION\n', why: 'Declared, though without a default.' },
      { code: 'FROM --platform=$BUILDPLATFORM alpine:3.22\n', why: 'Platform arguments need no declaration here.' },
    ],
  },
  on: ['FROM'],
  signs: ['$'],
  checkFile({ facts, report }) {
    const froms = facts.select(withVariable);
    if (froms.length === 0) return;
    const known = fromArguments(facts);
    for (const placed of froms) {
      const parts = placed.instruction.from;
      if (!parts) continue;
      const uses = [
        ...usesIn(placed.instruction, parts.image.text, parts.image.span),
        ...(parts.platform?.value === undefined
          ? []
          : usesIn(placed.instruction, parts.platform.value, parts.platform.valueSpan)),
      ];
      for (const use of uses) {
        if (known.has(use.name)) continue;
        const similar = similarName(use.name, known.keys());
        report(placed, {
          span: use.span,
          message: similar
            ? `Did you mean “${similar}”? No ARG before the first FROM declares “${use.name}”, so it is empty.`
            : `Declare “${use.name}” with ARG before the first FROM: here it is empty.`,
          fixes: similar ? [rename(placed, use, similar), ...declare(facts, use)] : declare(facts, use),
        });
      }
    }
  },
});

/** A FROM that may use a variable. */
const withVariable = ([from]: readonly Placed[]): readonly number[] =>
  from?.instruction.text.includes('$') && from.instruction.from ? FIRST : NONE;

const FIRST: readonly number[] = [0];
const NONE: readonly number[] = [];

function rename(placed: Placed, use: Use, name: string): RuleFix {
  const text = placed.instruction.text.slice(use.span.start, use.span.end);
  return {
    title: `Change to “${name}”`,
    safety: 'manual',
    edits: [{ at: placed, span: use.span, text: text.replace(use.name, name) }],
    effect: { arguments: true, flags: true },
  };
}

/** Declares the argument at the top, with the default that an ARG inside a stage gives it. */
function declare(facts: FileFacts, use: Use): readonly RuleFix[] {
  if (!/^[A-Za-z_]\w*$/.test(use.name)) return [];
  const inStage = facts
    .all('ARG')
    .flatMap(placed => placed.instruction.pairs)
    .find(pair => pair.key === use.name && pair.value !== undefined && !pair.value.includes('$'));
  const text = inStage ? `ARG ${use.name}=${inStage.value}` : `ARG ${use.name}`;
  const first = facts.dockerfile.placements.at(0);
  const last = facts.preamble.filter(({ instruction }) => instruction.keyword === 'ARG').at(-1);
  if (!first) return [];
  return [
    {
      title: `Insert “${text}” before the first FROM`,
      safety: inStage ? 'review' : 'manual',
      edits: [last ? insertBelow(facts, last, text) : insertAbove(facts, first, text)],
      effect: { inserts: ['ARG'] },
    },
  ];
}
