import type { Instruction, Pair, Placed } from '../dockerfile/index.js';
import { likeCased } from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'debian-frontend-in-env',
  codes: [],
  summary: 'DEBIAN_FRONTEND is set in the final image.',
  rationale:
    'ENV holds at run time too, and in every image that builds on this one, so an apt-get typed in a container silently takes default answers. Set it for the build only: on the command (`DEBIAN_FRONTEND=noninteractive apt-get install …`) or with ARG.',
  category: 'maintainability',
  practice: 'clarity',
  severity: 'info',
  profile: 'all',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nENV «DEBIAN_FRONTEND»=noninteractive\n',
        fixed: 'FROM debian:12\nARG DEBIAN_FRONTEND=noninteractive\n',
      },
      {
        code: 'FROM debian:12\nENV «DEBIAN_FRONTEND» noninteractive\n',
        fixed: 'FROM debian:12\nARG DEBIAN_FRONTEND=noninteractive\n',
      },
      {
        code: 'from debian:12\nenv «DEBIAN_FRONTEND»=noninteractive\n',
        fixed: 'from debian:12\narg DEBIAN_FRONTEND=noninteractive\n',
      },
      { code: 'FROM debian:12\nENV LANG=C.UTF-8 «DEBIAN_FRONTEND»=noninteractive\n' },
    ],
    good: [
      { code: 'FROM debian:12\nARG DEBIAN_FRONTEND=noninteractive\n', why: 'ARG ends with the build.' },
      {
        code: 'FROM debian:12\nRUN DEBIAN_FRONTEND=noninteractive apt-get install -y tzdata\n',
        why: 'It holds for one command.',
      },
      {
        code: 'FROM debian:12\nENV DEBIAN_FRONTEND=noninteractive\nRUN apt-get update\nENV DEBIAN_FRONTEND=\n',
        why: 'It is taken back at the end.',
      },
    ],
  },
  stage: { words: ['debian_frontend'] },
  check({ facts, report }) {
    for (const placed of facts.instructions) {
      const onbuild = placed.instruction.trigger !== undefined;
      const instruction = placed.instruction.trigger ?? placed.instruction;
      const pair = frontendIn(instruction);
      if (!pair || (!onbuild && (!facts.roleOf(placed).inFinalImage || isTakenBack(facts, placed)))) continue;
      const plain =
        instruction.pairs.length === 1 && instruction.comments.length === 0 && /^["']?\w+["']?$/.test(pair.value ?? '');
      const fixes: RuleFix[] = plain
        ? [
            {
              title: 'Set it with ARG, for the build only',
              // A stage that is FROM this one would have to say it again.
              safety: facts.stageOf(placed)?.isBase === true ? 'manual' : 'review',
              effect: { renames: { ENV: 'ARG' }, values: true },
              edits: [
                {
                  span: { start: instruction.keywordSpan.start, end: instruction.argumentsSpan.end },
                  text: `${likeCased(instruction.rawKeyword, 'ARG')} ${pair.key}=${pair.value ?? ''}`,
                },
              ],
            },
          ]
        : [];
      report(placed, {
        span: pair.keySpan,
        message: 'DEBIAN_FRONTEND stays set when the container runs. Set it with ARG, or on the command that needs it.',
        fixes,
      });
    }
  },
});

const setter = (instruction: Instruction): Pair | undefined =>
  instruction.keyword === 'ENV' ? instruction.pairs.find(({ key }) => key === 'DEBIAN_FRONTEND') : undefined;

/** Where it is set to something that holds back questions: `dialog` and nothing are how it is without. */
function frontendIn(instruction: Instruction): Pair | undefined {
  const pair = setter(instruction);
  return pair && !/^["']?(?:dialog|newt|readline|teletype)?["']?$/.test(pair.value ?? '') ? pair : undefined;
}

/** The last ENV of the stage that sets it is what the image keeps: a later one takes it back, or is reported as well. */
function isTakenBack(facts: FileFacts, placed: Placed): boolean {
  const last = facts.stageOf(placed)?.instructions.findLast(({ instruction }) => setter(instruction));
  return last !== undefined && last.index > placed.index && frontendIn(last.instruction) === undefined;
}
