import { isKeyword, type Placed } from '../dockerfile/index.js';
import { attachedComments, removeInstruction } from '../edits/placing.js';
import { trailingComment } from '../facts/trailing-comment.js';
import { defineRule, type RuleFix } from './rule.js';

/** Of these only the last one in a stage counts; with the names that others have for it. */
const LAST_WINS: ReadonlyMap<string, readonly string[]> = new Map([
  ['CMD', ['DL4003', 'DS-0016']],
  ['ENTRYPOINT', ['DL4004', 'DS-0007']],
  ['HEALTHCHECK', ['DL3012', 'DS-0023']],
]);

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
  check({ facts, reading, report }) {
    const perStage = facts.perStage(hasRepeats);
    for (let index = 0; index < perStage.length; index++) {
      if (!perStage[index]) continue;
      const instructions = index === 0 ? facts.preamble : (facts.stages[index - 1]?.instructions ?? []);
      const isKnown = instructions.every(({ instruction }) => isKeyword(instruction.keyword));
      for (const [keyword, codes] of LAST_WINS) {
        const same = instructions.filter(({ instruction }) => instruction.keyword === keyword);
        // hadolint names the later ones, BuildKit the ones that are lost.
        const reported = reading === 'hadolint' ? same.slice(1) : same.slice(0, -1);
        for (const placed of reported) {
          const { instruction } = placed;
          const next = same[same.indexOf(placed) + 1];
          if (reading !== 'hadolint' && next && isIgnoredAt(next, [...codes, 'MultipleInstructionsDisallowed']))
            continue;
          const line = reading === 'hadolint' ? undefined : lineOf(facts.dockerfile.text, same.at(-1));
          report(placed, {
            span: reading === 'hadolint' ? instruction.keywordSpan : { start: 0, end: instruction.text.length },
            message: line
              ? `This ${keyword} has no effect: the one in line ${line} replaces it. Remove it.`
              : `This ${keyword} replaces the one above. Remove one of them.`,
            codes: [codes[0] ?? '', 'MultipleInstructionsDisallowed', ...codes.slice(1)],
            ...(line ? { tag: 'unnecessary' as const, fixes: isKnown ? removal(placed, facts) : [] } : {}),
          });
        }
      }
    }
  },
});

function hasRepeats(instructions: readonly Placed[]): boolean {
  let commands = 0;
  let entrypoints = 0;
  let checks = 0;
  for (let index = 0; index < instructions.length; index++) {
    switch (instructions[index]?.instruction.keyword) {
      case 'CMD':
        commands++;
        break;
      case 'ENTRYPOINT':
        entrypoints++;
        break;
      case 'HEALTHCHECK':
        checks++;
        break;
      default:
        break;
    }
  }
  return commands > 1 || entrypoints > 1 || checks > 1;
}

/** The others' ignore comments stand above the instruction that replaces this one: there they report it, or look for them. */
function isIgnoredAt({ leading }: Placed, names: readonly string[]): boolean {
  return leading.some(({ text }) => {
    const list = /^(?:hadolint\s+ignore\s*=|check\s*=\s*skip\s*=)\s*([\w, -]+)/.exec(text)?.[1];
    return list?.split(/[\s,]+/).some(name => name === 'all' || names.includes(name)) ?? false;
  });
}

const lineOf = (text: string, placed: Placed | undefined): number | undefined =>
  placed && text.slice(0, placed.start).split('\n').length;

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
