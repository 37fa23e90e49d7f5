import { isKeyword, type Placed } from '../dockerfile/index.js';
import { attachedComments, removeInstruction } from '../edits/placing.js';
import { trailingComment } from '../facts/trailing-comment.js';
import { LAST_WINS } from './overridden-instruction/last-wins.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'overridden-instruction',
  codes: ['DL4003', 'DL4004', 'DL3012', 'MultipleInstructionsDisallowed', 'DS-0016', 'DS-0007', 'DS-0023'],
  summary: 'A `CMD`, `ENTRYPOINT` or `HEALTHCHECK` has no effect, because a later one in the same stage replaces it.',
  rationale:
    'An image has one command, one entrypoint and one health check: the last of each kind. An earlier one looks as if it ran, and often is a leftover or a second process that never starts.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.1.0',
  first: true,
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\n«CMD ["old"]»\nRUN make\nCMD ["new"]\n',
        fixed: 'FROM alpine:3.22\nRUN make\nCMD ["new"]\n',
      },
      {
        code: 'FROM alpine:3.22\n# the first\n«ENTRYPOINT ["a"]»\n# the second\nENTRYPOINT ["b"]',
        fixed: 'FROM alpine:3.22\n# the first\n# the second\nENTRYPOINT ["b"]',
        why: 'Comments stay.',
      },
      {
        code: '# syntax=example/frontend:1\nFROM alpine:3.22\nIF $A\n«CMD ["a"]»\nELSE\nCMD ["b"]\nENDIF\n',
        why: 'What another frontend makes of its own instructions is not known, so nothing is removed.',
      },
      {
        code: 'FROM alpine:3.22\n«HEALTHCHECK CMD \\\n  a»\n«HEALTHCHECK CMD b»\nHEALTHCHECK NONE\n',
        fixed: 'FROM alpine:3.22\nHEALTHCHECK NONE\n',
        why: 'All but the last.',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22 AS a\nCMD ["a"]\nFROM alpine:3.22\nCMD ["b"]\n', why: 'Each stage has its own.' },
      { code: 'FROM alpine:3.22 AS a\nCMD ["a"]\nFROM a\nCMD ["b"]\n', why: 'A stage may replace what it inherits.' },
      {
        code: 'FROM alpine:3.22\nCMD ["a"]\n# check=skip=MultipleInstructionsDisallowed\nCMD ["b"]\n',
        why: 'BuildKit looks for the comment there.',
      },
      {
        code: 'FROM alpine:3.22\nHEALTHCHECK CMD ["a"]\nCMD ["b"]\n',
        why: 'The CMD of a HEALTHCHECK is another thing.',
      },
    ],
  },
  file: { keywords: ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'] },
  check({ facts, report }) {
    const perStage = facts.perStage(repeatedIn);
    for (const [index, keywords] of perStage.entries()) {
      if (keywords.length === 0) continue;
      const instructions = index === 0 ? facts.preamble : (facts.stages[index - 1]?.instructions ?? []);
      const isKnown = instructions.every(({ instruction }) => isKeyword(instruction.keyword));
      for (const keyword of keywords) {
        const codes = LAST_WINS.get(keyword) ?? [];
        const same = instructions.filter(({ instruction }) => instruction.keyword === keyword);
        const line = lineOf(facts.dockerfile.text, same.at(-1));
        for (const [number, placed] of same.slice(0, -1).entries()) {
          const next = same[number + 1];
          if (next && isIgnoredAt(next, codes)) continue;
          report(placed, {
            span: { start: 0, end: placed.instruction.text.length },
            message: `This ${keyword} has no effect because the one in line ${line} replaces it. Remove it.`,
            codes,
            tag: 'unnecessary',
            fixes: isKnown ? removal(placed, facts) : [],
          });
        }
      }
    }
  },
});

/** The keywords of which only the last instruction counts, and that have more of them. */
const repeatedIn = (instructions: readonly Placed[]): readonly string[] =>
  [...LAST_WINS.keys()].filter(
    keyword => instructions.filter(({ instruction }) => instruction.keyword === keyword).length > 1,
  );

/** The others' ignore comments are above the instruction that replaces this one: there they report it, or look for them. */
function isIgnoredAt({ leading }: Placed, names: readonly string[]): boolean {
  return leading.some(({ text }) => {
    const list = /^(?:hadolint\s+ignore\s*=|check\s*=\s*skip\s*=)\s*([\w, -]+)/.exec(text)?.[1];
    return list?.split(/[\s,]+/).some(name => name === 'all' || names.includes(name)) ?? false;
  });
}

const lineOf = (text: string, placed: Placed | undefined): number =>
  text.slice(0, placed?.start ?? 0).split('\n').length;

function removal(placed: Placed, facts: Parameters<typeof removeInstruction>[0]): RuleFix[] {
  const { keyword, comments } = placed.instruction;
  // A comment about this instruction would stay and speak about the next one.
  const careful =
    comments.length > 0 ||
    trailingComment(placed.instruction) !== undefined ||
    attachedComments(facts.dockerfile.text, placed).length > 0;
  const edit = removeInstruction(facts, placed);
  if (!edit) return [];
  return [
    {
      title: `Remove the ${keyword} that has no effect`,
      safety: careful ? 'manual' : 'safe',
      edits: [edit],
      effect: { removes: [keyword], ...(comments.length > 0 ? { comments: 'remove' as const } : {}) },
    },
  ];
}
