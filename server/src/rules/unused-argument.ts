import type { Instruction, Placed } from '../dockerfile/index.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { PLATFORM_ARGUMENTS, PROXY_ARGUMENTS } from '../facts/index.js';
import { defineRule, type RuleFix } from './rule.js';
import { isPragma, removeInstruction } from './support/placing.js';

/** Names that the builder itself reads. */
const BUILDER = new Set<string>([...PLATFORM_ARGUMENTS, ...PROXY_ARGUMENTS, 'SOURCE_DATE_EPOCH']);

export default defineRule({
  id: 'unused-argument',
  codes: [],
  summary: 'An `ARG` is declared where nothing can use it.',
  rationale:
    'An `ARG` before the first `FROM` counts in `FROM` lines only, until a stage declares it again; one inside a stage counts for the instructions below it. Where nothing reads it, `--build-arg` has no effect and nobody is told.',
  category: 'maintainability',
  practice: 'clarity',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'ARG «UNUSED»=1\nFROM alpine:3.22\nRUN make\n', fixed: 'FROM alpine:3.22\nRUN make\n' },
      {
        code: 'FROM alpine:3.22\nRUN make\nARG «VERSION»\nCMD ["app"]\n',
        fixed: 'FROM alpine:3.22\nRUN make\nCMD ["app"]\n',
      },
    ],
    good: [
      { code: 'ARG V=3.22\nFROM alpine:$V\n', why: 'FROM uses it.' },
      {
        code: 'ARG V=1\nFROM alpine:3.22\nARG V\nRUN make\n',
        why: 'A stage declares it again, and a RUN may read its environment.',
      },
      { code: 'FROM alpine:3.22 AS base\nARG V=1\nFROM base\nLABEL v=$V\n', why: 'A stage hands its arguments on.' },
      { code: 'FROM alpine:3.22\nARG BUILDKIT_SBOM_SCAN_STAGE=true\n', why: 'The builder reads it.' },
    ],
  },
  checkFile({ facts, report }) {
    if (facts.stages.length === 0) return;
    let uses: ReadonlyMap<string, number> | undefined;
    for (const placed of facts.select(withoutRun)) {
      const { pairs } = placed.instruction;
      const stage = facts.stageOf(placed);
      if (stage && runsAfter(facts, stage)) continue;
      let inValues: ReadonlyMap<string, number> | undefined;
      for (const pair of pairs) {
        const name = pair.key;
        if (!/^[A-Za-z_]\w*$/.test(name) || BUILDER.has(name) || name.startsWith('BUILDKIT_')) continue;
        uses ??= lastMentions(facts);
        if ((uses.get(name) ?? -1) > placed.index) continue;
        // Another value of the same ARG may use it.
        inValues ??= countsInValues(pairs);
        if ((inValues.get(name) ?? 0) > (wordsIn(pair.value ?? '').includes(name) ? 1 : 0)) continue;
        report(placed, {
          span: pair.keySpan,
          message: `Use “${name}” or remove it: nothing below reads it.`,
          tag: 'unnecessary',
          fixes: pairs.length === 1 ? [removal(facts, placed)] : [],
        });
      }
    }
  },
});

const wordsIn = (text: string): readonly string[] => text.match(/[A-Za-z_]\w*/g) ?? [];

/** Each word with the number of values that it stands in. */
function countsInValues(pairs: Instruction['pairs']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { value } of pairs)
    for (const word of new Set(wordsIn(value ?? ''))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Each word of the file with the last instruction that it stands in. */
function lastMentions(facts: FileFacts): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { instruction, index } of facts.dockerfile.instructions) {
    for (const word of wordsIn(instruction.text)) last.set(word, index);
  }
  return last;
}

/** The ARGs that no RUN of their stage follows; of those in the preamble all. */
const withoutRun = (instructions: readonly Placed[]): readonly number[] => {
  const isStage = instructions[0]?.instruction.keyword === 'FROM';
  const last = isStage ? instructions.findLastIndex(({ instruction }) => isRun(instruction.keyword)) : -1;
  return instructions.flatMap(({ instruction }, offset) =>
    instruction.keyword === 'ARG' && offset > last ? offset : [],
  );
};

const isRun = (keyword: string): boolean => keyword === 'RUN' || keyword === 'ONBUILD';

/** Whether a RUN, whose environment holds the argument, comes after it in a stage built on its own; in that one none does. */
function runsAfter(facts: FileFacts, stage: Stage): boolean {
  const runs = facts.perStage(hasRun);
  return facts.heirs(stage).some(heir => runs[heir.index + 1]);
}

const hasRun = (instructions: readonly Placed[]): boolean =>
  instructions.some(({ instruction }) => isRun(instruction.keyword));

function removal(facts: FileFacts, placed: Placed): RuleFix {
  return {
    title: 'Remove the ARG',
    safety: placed.leading.some(isPragma) ? 'manual' : 'review',
    edits: [removeInstruction(facts, placed)],
    effect: { removes: ['ARG'] },
  };
}
