import type { Placed } from '../dockerfile/index.js';
import { insertAbove, insertBelow } from '../edits/placing.js';
import type { FileFacts } from '../facts/index.js';
import { fromArguments, type Use, usesIn } from '../facts/variables.js';
import { isVariableName } from '../shell/index.js';
import { similarName } from '../text/closest.js';
import { listed } from '../text/listed.js';
import { defineRule, type RuleFix } from './rule.js';

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
  file: { keywords: ['FROM'], signs: ['$'] },
  check({ facts, report }) {
    const froms = facts.select(withVariable);
    if (froms.length === 0) return;
    const known = fromArguments(facts);
    const undefinedIn = (placed: Placed): readonly Use[] => usesOf(placed).filter(use => !known.has(use.name));
    const missing = new Set(
      froms
        .flatMap(placed => undefinedIn(placed).filter(use => !similarName(use.name, known.keys())))
        .map(use => use.name),
    );
    const together = declarations(facts, [...missing]);
    for (const placed of froms) {
      for (const use of undefinedIn(placed)) {
        const similar = similarName(use.name, known.keys());
        report(placed, {
          span: use.span,
          message: similar
            ? `No ARG before the first FROM declares “${use.name}”, so it is empty. Did you mean “${similar}”?`
            : `“${use.name}” is empty here. Declare it with ARG before the first FROM.`,
          fixes: similar
            ? [rename(placed, use, similar), ...declare(facts, declarations(facts, [use.name]))]
            : declare(facts, sameSafety(together, use.name)),
        });
      }
    }
  },
});

function usesOf({ instruction }: Placed): readonly Use[] {
  const { from } = instruction;
  if (!from) return [];
  const { image, platform } = from;
  return [
    ...usesIn(instruction, image.text, image.span),
    ...(platform?.value === undefined ? [] : usesIn(instruction, platform.value, platform.valueSpan)),
  ];
}

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

interface Declaration {
  readonly name: string;
  readonly text: string;
  /** Where an ARG inside a stage gives it a default. */
  readonly hasDefault: boolean;
}

function declarations(facts: FileFacts, names: readonly string[]): readonly Declaration[] {
  const inStages = names.length === 0 ? [] : facts.all('ARG').flatMap(placed => placed.instruction.pairs);
  return names.filter(isVariableName).map(name => {
    const inStage = inStages.find(pair => pair.key === name && pair.value !== undefined && !pair.value.includes('$'));
    return {
      name,
      text: inStage ? `ARG ${name}=${inStage.value}` : `ARG ${name}`,
      hasDefault: inStage !== undefined,
    };
  });
}

/** All that are declared in the same way as one: they would be at one place, in an order that depends on the first click. */
function sameSafety(all: readonly Declaration[], name: string): readonly Declaration[] {
  const own = all.find(one => one.name === name);
  return all.filter(one => one.hasDefault === own?.hasDefault);
}

/** Declares arguments at the top, with the default that an ARG inside a stage gives them. */
function declare(facts: FileFacts, all: readonly Declaration[]): readonly RuleFix[] {
  const first = facts.dockerfile.placements.at(0);
  const last = facts.preamble.filter(({ instruction }) => instruction.keyword === 'ARG').at(-1);
  if (!first || all.length === 0) return [];
  const text = all.map(one => one.text).join('\n');
  return [
    {
      title: `Insert ${listed(all.map(one => `“${one.text}”`))} before the first FROM`,
      safety: all.every(one => one.hasDefault) ? 'review' : 'manual',
      edits: [last ? insertBelow(facts, last, text) : insertAbove(facts, first, text)],
      effect: { inserts: all.map(() => 'ARG') },
    },
  ];
}
