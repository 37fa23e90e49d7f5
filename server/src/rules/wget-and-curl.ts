import type { Placed } from '../dockerfile/index.js';
import { type FileFacts, InstructionFacts } from '../facts/index.js';
import { hadolintCommands } from '../hadolint/commands.js';
import type { ShellCommand } from '../shell/index.js';
import { defineRule, type Reading } from './rule.js';

const TOOLS = ['wget', 'curl'] as const;
const isTool = (name: string): boolean => name === 'wget' || name === 'curl';

interface Use {
  readonly placed: Placed;
  readonly commands: readonly ShellCommand[];
}

/** The RUNs of a stage, or its ONBUILD triggers, that download something. */
function downloads(facts: FileFacts, instructions: readonly Placed[], reading: Reading, triggers: boolean): Use[] {
  const found: Use[] = [];
  for (const placed of instructions) {
    const run = triggers ? placed.instruction.trigger : placed.instruction;
    if (run?.keyword !== 'RUN') continue;
    const details = triggers
      ? new InstructionFacts(run, facts.stateBefore(placed), facts.roleOf(placed))
      : facts.at(placed);
    const commands =
      reading === 'hadolint'
        ? hadolintCommands(details, ...TOOLS)
        : details.commands.filter(
            command =>
              isTool(command.base) &&
              !command.args.some(({ value }) => /^(?:--version|--help|-V)$/.test(value)) &&
              !isAlternative(command, details),
          );
    if (commands.length > 0) found.push({ placed, commands });
  }
  return found;
}

/** Most stages that download do it with one of them, which is told without a look at the commands. */
function namesBoth(instructions: readonly Placed[]): boolean {
  let wget = false;
  let curl = false;
  for (let index = 0; index < instructions.length && !(wget && curl); index++) {
    const text = instructions[index]?.instruction.text ?? '';
    wget ||= text.includes('wget');
    curl ||= text.includes('curl');
  }
  return wget && curl;
}

/** `curl … || wget …`, or one of the two behind a look at what is there: no image needs both. */
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
  check({ facts, reading, report }) {
    const message = 'The stage uses both wget and curl. Use only one of them.';
    // What triggers do happens in another build than what the stage itself does.
    const all = facts.stages.map(stage => stage.instructions);
    if (reading === 'hadolint' || all.length === 0) all.unshift(facts.preamble);
    for (const instructions of all) {
      if (!namesBoth(instructions)) continue;
      for (const triggers of [false, true]) {
        const uses = downloads(facts, instructions, reading, triggers);
        if (uses.length === 0) continue;
        const used = new Set<string>();
        for (const { placed, commands } of uses) {
          for (const command of commands) used.add(command.base);
          if (used.size < 2) continue;
          // The tool that came second is the one to do without.
          const second = [...used][1];
          const span = (commands.find(command => command.base === second) ?? commands[0])?.name?.span;
          if (!span) continue;
          report(placed, { span, message });
          // The habit is told once a stage; hadolint repeats it at every RUN that follows.
          if (reading !== 'hadolint') break;
        }
      }
    }
  },
});
