import type { Instruction } from '../dockerfile/index.js';
import { find } from '../facts/index.js';
import { usesIn } from '../facts/variables.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'env-self-reference',
  codes: ['DL3044'],
  summary: 'An `ENV` uses a variable that it sets itself.',
  rationale:
    'All values of one `ENV` are expanded with what was set before it, so the variable is still empty there. It needs an `ENV` of its own above (Dockerfile reference, environment replacement).',
  category: 'correctness',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nENV HOME_DIR=/srv BIN="«$HOME_DIR»/bin"\n',
        fixed: 'FROM alpine:3.22\nENV HOME_DIR=/srv\nENV BIN="$HOME_DIR/bin"\n',
      },
      {
        code: 'FROM alpine:3.22\nENV A=1 \\\n    B=2 \\\n    C=«${A}»x D=4\n',
        fixed: 'FROM alpine:3.22\nENV A=1 \\\n    B=2\nENV C=${A}x D=4\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nENV A=1\nENV B=$A C=2\n', why: 'Set by an earlier ENV.' },
      { code: 'FROM alpine:3.22\nENV B=2 PATH=/b:$PATH\n', why: 'PATH refers to its own old value.' },
      { code: 'FROM golang:1.25\nENV GOPATH=/x PATH=$GOPATH/bin:$PATH\n', why: 'The base image sets it.' },
      { code: 'FROM alpine:3.22\nENV A=rw B="\\${A}_x"\n', why: 'An escaped dollar is a dollar.' },
      { code: 'FROM alpine:3.22\nENV A=1 B="$A_VERSION"\n', why: 'Another name that only begins alike.' },
    ],
  },
  stage: { keywords: ['ENV'], signs: ['$'] },
  check({ facts, report }) {
    for (const placed of facts.instructions) {
      const { instruction } = placed;
      const { pairs } = instruction;
      if (instruction.keyword !== 'ENV' || pairs.length < 2) continue;
      const { scope, image } = facts.stateBefore(placed);
      for (const [index, pair] of pairs.entries()) {
        if (pair.value === undefined) continue;
        for (const use of usesIn(instruction, pair.value, pair.valueSpan)) {
          const setter = pairs.findIndex((other, at) => at !== index && other.key === use.name);
          if (
            setter < 0 ||
            pair.key === use.name ||
            use.name === 'PATH' ||
            find(scope, use.name) ||
            image.env.has(use.name)
          )
            continue;
          report(placed, {
            span: use.span,
            message: `Within one ENV, “${use.name}” does not have its new value yet. Set it in an earlier ENV.`,
            codes: ['DL3044', 'UndefinedVar'],
            fixes: setter < index ? split(instruction, index) : [],
          });
        }
      }
    }
  },
});

/** Cuts the ENV in two before a pair. Comments between the pairs would have no place, so then there is no fix. */
function split(instruction: Instruction, index: number): readonly RuleFix[] {
  const before = instruction.pairs[index - 1];
  const pair = instruction.pairs[index];
  // What is not a pair would go along into the new ENV.
  if (!before || !pair || instruction.quotedWords.length !== instruction.pairs.length) return [];
  const gap = { start: before.span.end, end: pair.span.start };
  const between = instruction.text.slice(gap.start, gap.end);
  if (between.trim().replace(instruction.escape, '').trim() !== '') return [];
  return [
    {
      title: `Begin another ENV with “${pair.key}”`,
      safety: 'review',
      edits: [{ span: gap, text: `\n${instruction.rawKeyword} ` }],
      effect: { inserts: ['ENV'], values: true },
    },
  ];
}
