import type { InstructionFacts } from '../facts/index.js';
import { type RunPlace, runsOf } from '../facts/runs.js';
import type { ShellCommand } from '../shell/index.js';
import { defineRule } from './rule.js';
import { usesBoth } from './wget-and-curl/complaint.js';

const isTool = (name: string): boolean => name === 'wget' || name === 'curl';

/** The commands of a RUN that download something. */
const downloads = ({ facts }: RunPlace): readonly ShellCommand[] =>
  facts.commands.filter(
    command =>
      isTool(command.base) &&
      !command.args.some(({ value }) => /^(?:--version|--help|-V)$/.test(value)) &&
      !isAlternative(command, facts),
  );

/** `curl … || wget …`, or one of the two after a look at what is there: no image needs both. */
function isAlternative(command: ShellCommand, { script, commands }: InstructionFacts): boolean {
  const { item } = command;
  if (item?.operator === '||') return true;
  const list = script?.list.items ?? [];
  const next = item ? list[list.indexOf(item) + 1] : undefined;
  if (item && list.includes(item) && next?.operator === '||') return true;
  return (
    !command.top &&
    commands.some(
      ({ base, args }) => /^(?:command|which|type|hash)$/.test(base) && args.some(({ value }) => isTool(value)),
    )
  );
}

export default defineRule({
  id: 'wget-and-curl',
  codes: ['DL4001'],
  summary: 'A stage downloads with both wget and curl.',
  rationale:
    'Both programs do the same work, so one of them is a package, with its libraries and its security updates, that the image could do without.',
  category: 'size',
  practice: 'small-images',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM debian:12\nRUN wget https://example.com/a\nRUN «curl» -O https://example.com/b\n' },
      { code: 'FROM debian:12\nRUN wget https://example.com/a && «curl» -O https://example.com/b\n' },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN wget https://example.com/a || curl -O https://example.com/a\n',
        why: 'Whichever of the two is there.',
      },
      {
        code: 'FROM debian:12\nRUN wget https://example.com/a\nRUN wget https://example.com/b\n',
        why: 'One tool does it all.',
      },
      {
        code: 'FROM debian:12 AS fetch\nRUN wget https://example.com/a\nFROM debian:12\nRUN curl -O https://example.com/b\n',
        why: 'The stages have nothing in common.',
      },
    ],
  },
  stage: { words: ['wget', 'curl'] },
  check({ facts, report }) {
    const runs = runsOf(facts);
    for (const stage of facts.stages.length > 0 ? facts.stages : [undefined]) {
      // What triggers do happens in another build than what the stage itself does.
      for (const onbuild of [false, true]) {
        const used = new Set<string>();
        for (const run of runs) {
          if (run.stage !== stage || run.onbuild !== onbuild) continue;
          const commands = downloads(run);
          for (const command of commands) used.add(command.base);
          const found = used.size > 1 ? usesBoth(commands, used) : undefined;
          if (!found) continue;
          report(run.placed, found);
          break;
        }
      }
    }
  },
});
