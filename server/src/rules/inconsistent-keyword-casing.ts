import { type Instruction, isKeyword, type Placed } from '../dockerfile/index.js';
import { defineRule } from './rule.js';

function casing(keyword: string): 'lower' | 'upper' | 'mixed' {
  if (keyword === keyword.toLowerCase()) return 'lower';
  return keyword === keyword.toUpperCase() ? 'upper' : 'mixed';
}

export default defineRule({
  id: 'inconsistent-keyword-casing',
  codes: ['ConsistentInstructionCasing'],
  summary: 'Some keywords differ in case from the rest of the file.',
  rationale:
    'Keywords may be written in either case. Mixing both makes it look as if there were a difference, and makes instructions hard to find by eye. Upper case is the custom and wins a tie.',
  category: 'style',
  practice: 'clarity',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\n«run» make\nCMD ["app"]\n', fixed: 'FROM alpine:3.22\nRUN make\nCMD ["app"]\n' },
      { code: 'from alpine:3.22\nrun make\n«CMD» ["app"]\n', fixed: 'from alpine:3.22\nrun make\ncmd ["app"]\n' },
      {
        code: 'FROM alpine:3.22\n«run» make \\\n  all\n  make install\n  make clean\nCOPY a /a\n',
        why: 'Only instructions count. What is none may be a part of one, so nothing is changed yet.',
      },
      { code: '«From» alpine:3.22\nRUN make\n', fixed: 'FROM alpine:3.22\nRUN make\n', why: 'Mixed case is neither.' },
    ],
    good: [
      { code: 'from alpine:3.22\nrun make\n', why: 'All of it is in lower case.' },
      {
        code: 'arg V=1\nFROM alpine:3.22\nRUN make\n',
        why: 'BuildKit does not look at what is before the first FROM.',
      },
      { code: 'FROM alpine:3.22\n{{ end }}\nrun make\n', why: 'In a template nobody knows how much of each there is.' },
      {
        code: 'FROM alpine:3.22\nRUN apk update && \\\n    apk add curl\n    curl -o /x https://example.com/x\n',
        why: 'A command after a forgotten backslash is not a keyword.',
      },
      { code: 'FROM alpine:3.22\nONBUILD run make\n', why: 'The trigger of an ONBUILD is not compared.' },
    ],
  },
  file: { signs: ['other case'] },
  check({ facts, report }) {
    // The first entry is what is above the first FROM.
    const counts = facts.perStage(casings).slice(1);
    let lower = 0;
    let upper = 0;
    let all = 0;
    let unknown = 0;
    for (const count of counts) {
      lower += count.lower;
      upper += count.upper;
      all += count.all;
      unknown += count.unknown;
    }
    const majority = lower > upper ? 'lower' : 'upper';
    if (Math.max(lower, upper) === all) return;
    for (const placed of facts.stages.flatMap(stage => [stage.from, ...stage.instructions])) {
      const { keyword, rawKeyword, keywordSpan } = placed.instruction;
      if (!isKeyword(keyword) || casing(rawKeyword) === majority) continue;
      const wanted = majority === 'lower' ? keyword.toLowerCase() : keyword;
      report(placed, {
        span: keywordSpan,
        message: `This keyword differs in case from the rest of the file. Write “${wanted}”.`,
        // With a word that is not an instruction, some of these may be parts of others.
        fixes:
          unknown > 0
            ? []
            : [{ title: `Change to “${wanted}”`, safety: 'safe', edits: [{ span: keywordSpan, text: wanted }] }],
      });
    }
  },
});

/** Nearly all keywords are, and this takes no copy of their text. */
const isPlainUpper = ({ keyword, keywordSpan: { start, end }, text }: Instruction): boolean =>
  end - start === keyword.length && keyword >= 'A' && keyword < '[' && text.startsWith(keyword, start);

interface Casings {
  readonly lower: number;
  readonly upper: number;
  readonly all: number;
  /** Words that are not instructions count in none of the others. */
  readonly unknown: number;
}

function casings(instructions: readonly Placed[]): Casings {
  let lower = 0;
  let upper = 0;
  let unknown = 0;
  for (const { instruction } of instructions) {
    if (!isKeyword(instruction.keyword)) {
      unknown++;
      continue;
    }
    const found = isPlainUpper(instruction) ? 'upper' : casing(instruction.rawKeyword);
    if (found === 'lower') lower++;
    else if (found === 'upper') upper++;
  }
  return { lower, upper, all: instructions.length - unknown, unknown };
}
