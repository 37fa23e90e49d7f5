import type { Instruction } from '../../dockerfile/index.js';
import { likeCased } from '../../facts/files/transfer.js';
import type { InstructionFacts } from '../../facts/index.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import type { Report, RuleFix } from '../rule.js';

export const isSh = ({ value }: ShellWord): boolean => /^(?:\/usr)?\/bin\/sh$/.test(value);

/** What `ln -s TARGET /bin/sh` names; undefined for other commands. */
export function linkTarget({ base, args }: ShellCommand): string | undefined {
  const [target, link, ...more] = args.filter(({ value }) => !value.startsWith('-'));
  return base === 'ln' && target && link && isSh(link) && more.length === 0 ? target.value : undefined;
}

export function replacesSh(command: ShellCommand, instruction: Instruction, facts: InstructionFacts): Report {
  const target = linkTarget(command);
  const fix = target === undefined ? undefined : setShell(command, target, instruction, facts);
  return {
    span: command.span,
    message:
      'Programs that rely on /bin/sh may break. Choose the shell with the SHELL instruction instead of replacing it.',
    fixes: fix ? [fix] : [],
  };
}

/** SHELL in place of a RUN that does nothing else. */
function setShell(
  command: ShellCommand,
  target: string,
  instruction: Instruction,
  { script, image }: InstructionFacts,
): RuleFix | undefined {
  const isAlone =
    script?.form === 'shell' &&
    script.commands.length === 1 &&
    instruction.flags.length === 0 &&
    instruction.comments.length === 0 &&
    // A comment of the shell after it would go with it.
    command.span.end === instruction.argumentsSpan.end;
  const program = /^(?:\/usr)?\/bin\/(bash|zsh|ksh)$/.exec(target)?.[1];
  if (!isAlone || program === undefined || image.lacksCommand(program)) return undefined;
  return {
    title: `Use SHELL ["${target}", "-c"]`,
    safety: 'review',
    effect: { renames: { RUN: 'SHELL' }, commands: true, arguments: true },
    edits: [
      {
        span: { start: instruction.keywordSpan.start, end: instruction.argumentsSpan.end },
        text: `${likeCased(instruction.rawKeyword, 'SHELL')} ["${target}", "-c"]`,
      },
    ],
  };
}
