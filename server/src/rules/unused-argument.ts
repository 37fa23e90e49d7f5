import { type Instruction, isKeyword, type Placed } from '../dockerfile/index.js';
import { attachedComments, removeInstruction } from '../edits/placing.js';
import { type FileFacts, PLATFORM_ARGUMENTS, PROXY_ARGUMENTS, perFile, type Stage } from '../facts/index.js';
import { trailingComment } from '../facts/trailing-comment.js';
import { isVariableName } from '../shell/index.js';
import { defineRule, type RuleFix } from './rule.js';
import { mayReadArguments } from './unused-argument/reads-arguments.js';

/** Names that the builder itself reads. */
const BUILDER = new Set<string>([...PLATFORM_ARGUMENTS, ...PROXY_ARGUMENTS, 'SOURCE_DATE_EPOCH']);

export default defineRule({
  id: 'unused-argument',
  codes: [],
  summary: 'An `ARG` is never used.',
  rationale:
    'An `ARG` before the first `FROM` counts in `FROM` lines only, until a stage declares it again; one inside a stage counts for the instructions below it. Where nothing reads it, `--build-arg` has no effect and nobody is told.',
  category: 'maintainability',
  practice: 'clarity',
  severity: 'hint',
  since: '0.1.0',
  first: true,
  examples: {
    bad: [
      { code: 'ARG «UNUSED»=1\nFROM alpine:3.22\nRUN make\n', fixed: 'FROM alpine:3.22\nRUN make\n' },
      {
        code: 'FROM alpine:3.22\nRUN make\nARG «VERSION»\nCMD ["app"]\n',
        fixed: 'FROM alpine:3.22\nRUN make\nCMD ["app"]\n',
      },
      {
        code: 'FROM debian:13\nARG «VERSION»\nRUN groupadd app && useradd -g app app\nUSER app\n',
        fixed: 'FROM debian:13\nRUN groupadd app && useradd -g app app\nUSER app\n',
        why: 'Creating a user reads no arguments.',
      },
      {
        code: 'ARG «VERSION»=1\nFROM alpine:3.22\nRUN echo "${VERSION:-2}" > /version\n',
        why: 'There it is always 2, whatever --build-arg says.',
      },
      { code: 'ARG «VERSION»=1\nFROM alpine:3.22\nCMD echo $VERSION\n', why: 'Nothing sets it in the container.' },
    ],
    good: [
      {
        code: 'ARG VERSION=1\nFROM alpine:3.22\nRUN echo $VERSION\n',
        why: 'That is said where it is used: see undefined-variable.',
      },
      { code: 'ARG V=3.22 # version\nFROM alpine:$V\n', why: 'The words of a comment are no arguments.' },
      { code: 'ARG V=3.22\nFROM alpine:$V\n', why: 'FROM uses it.' },
      {
        code: 'ARG V=1\nFROM alpine:3.22\nARG V\nRUN make\n',
        why: 'A stage declares it again, and a RUN may read its environment.',
      },
      { code: 'FROM alpine:3.22 AS base\nARG V=1\nFROM base\nLABEL v=$V\n', why: 'A stage hands its arguments on.' },
      { code: 'FROM alpine:3.22\nARG V=1\nRNU make\n', why: 'What that was meant to be may read it.' },
      { code: 'FROM alpine:3.22\nARG BUILDKIT_SBOM_SCAN_STAGE=true\n', why: 'The builder reads it.' },
    ],
  },
  file: { keywords: ['ARG'] },
  check({ facts, report }) {
    if (facts.stages.length === 0) return;
    for (const placed of facts.select(withoutRun)) {
      const { pairs } = placed.instruction;
      const stage = facts.stageOf(placed);
      if (stage && runsAfter(facts, stage)) continue;
      // Words of a comment that is none have a rule of their own.
      const comment = trailingComment(placed.instruction);
      let inValues: ReadonlyMap<string, number> | undefined;
      for (const pair of pairs) {
        const name = pair.key;
        if (comment && pair.span.start >= comment.start) continue;
        if (!isVariableName(name) || BUILDER.has(name) || name.startsWith('BUILDKIT_')) continue;
        if (lastReading(facts, name, pairs.length, stage !== undefined) > placed.index) continue;
        // It is too far down for a FROM: that is undefined-arg-in-from’s.
        if (stage && isMissedByFrom(facts, name)) continue;
        // Another value of the same ARG may use it.
        inValues ??= countsInValues(pairs);
        if ((inValues.get(name) ?? 0) > (wordsIn(pair.value ?? '').includes(name) ? 1 : 0)) continue;
        if (!stage && isMeantForStage(facts, name)) {
          report(placed, {
            span: pair.keySpan,
            message: `An ARG before the first FROM has no effect in a stage. Repeat \`ARG ${name}\` in the stage that uses it.`,
            severity: 'warning',
          });
          continue;
        }
        report(placed, {
          span: pair.keySpan,
          message: `Nothing reads “${name}”. Use it, or remove the ARG.`,
          tag: 'unnecessary',
          fixes: pairs.length === 1 ? removal(facts, placed) : [],
        });
      }
    }
  },
});

const isMissedByFrom = (facts: FileFacts, name: string): boolean =>
  !facts.preamble.some(({ instruction }) => instruction.pairs.some(pair => pair.key === name)) &&
  facts.stages.some(({ from }) => from.instruction.text.includes('$') && wordsIn(from.instruction.text).includes(name));

/** Whether a stage uses the name as a variable, which this argument does not set there. */
const isMeantForStage = (facts: FileFacts, name: string): boolean =>
  facts.stages.some(({ instructions }) =>
    instructions.some(({ instruction: { text } }) => new RegExp(`\\$\\{?${name}\\b`).test(text)),
  );

const wordsIn = (text: string): readonly string[] => text.match(/[A-Za-z_]\w*/g) ?? [];

/** Each word with the number of values that it is in. */
function countsInValues(pairs: Instruction['pairs']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { value } of pairs)
    for (const word of new Set(wordsIn(value ?? ''))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** So many instructions are looked through for each argument by itself; more, or a list of names, would take too long. */
const SMALL = 100;

/** The last instruction of the file that reads a name, one of `names` of the same ARG; -1 for none. */
function lastReading(facts: FileFacts, name: string, names: number, inStage: boolean): number {
  const { instructions } = facts.dockerfile;
  if (instructions.length * names > SMALL) return lastReadings(facts)[inStage ? 'inStage' : 'above'].get(name) ?? -1;
  return instructions.findLastIndex(
    one => one.instruction.text.includes(name) && wordsRead(facts, one, inStage).includes(name),
  );
}

/** Each word of the file with the last instruction that reads it, for arguments of a stage and for those above all stages. */
const lastReadings = perFile((facts): Readonly<Record<'inStage' | 'above', ReadonlyMap<string, number>>> => {
  const last = { inStage: new Map<string, number>(), above: new Map<string, number>() };
  for (const placed of facts.dockerfile.instructions) {
    for (const word of wordsRead(facts, placed, true)) last.inStage.set(word, placed.index);
    for (const word of wordsRead(facts, placed, false)) last.above.set(word, placed.index);
  }
  return last;
});

/** What a shell expands when the container starts, in words that Docker leaves as they are. */
const AT_START = /^(?:CMD|ENTRYPOINT|HEALTHCHECK|SHELL)$/;

/**
 * The words of an instruction that may read an argument declared above it. An ARG declares its own names anew: it reads
 * them only where the argument is one from above all stages and it belongs to a stage.
 */
function wordsRead(facts: FileFacts, { instruction, index }: Placed, inStage: boolean): readonly string[] {
  const { keyword, text } = instruction;
  if (keyword === 'ARG' && (inStage || index < facts.preamble.length))
    return instruction.pairs.flatMap(({ value }) => wordsIn(value ?? ''));
  if (inStage || keyword === 'ARG' || keyword === 'FROM' || keyword === 'ONBUILD' || !isKeyword(keyword))
    return wordsIn(text);
  // What is above all stages does not reach into one; undefined-variable says so where it is used plainly.
  return AT_START.test(keyword) || !text.includes('$') ? [] : plainUses(text);
}

const plainUses = (text: string): readonly string[] =>
  [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([, braced, bare]) => braced ?? bare ?? '');

const NONE: readonly number[] = [];

/** The ARGs that no RUN of their stage follows; of those in the preamble all. */
const withoutRun = (instructions: readonly Placed[]): readonly number[] => {
  if (!instructions.some(({ instruction }) => instruction.keyword === 'ARG')) return NONE;
  const isStage = instructions[0]?.instruction.keyword === 'FROM';
  const found: number[] = [];
  for (let offset = instructions.length - 1; offset >= 0; offset--) {
    const placed = instructions[offset];
    if (!placed || (isStage && mayReadArguments(placed))) break;
    if (placed.instruction.keyword === 'ARG') found.push(offset);
  }
  return found.reverse();
};

/** Whether a RUN, whose environment holds the argument, comes after it in a stage built on its own; in that one none does. */
function runsAfter(facts: FileFacts, stage: Stage): boolean {
  const runs = facts.perStage(hasRun);
  return facts.descendants(stage).some(descendant => runs[descendant.index + 1]);
}

const hasRun = (instructions: readonly Placed[]): boolean => instructions.some(mayReadArguments);

function removal(facts: FileFacts, placed: Placed): RuleFix[] {
  const edit = removeInstruction(facts, placed);
  if (!edit) return [];
  return [
    {
      title: 'Remove the ARG',
      // A comment about it would stay and speak about the next instruction.
      safety: attachedComments(facts.dockerfile.text, placed).length > 0 ? 'manual' : 'review',
      edits: [edit],
      effect: { removes: ['ARG'] },
    },
  ];
}
