import type { Instruction } from '../../dockerfile/index.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import type { Span } from '../../text/span.js';
import type { InstructionFacts } from '../index.js';

/** The permissions that an instruction gives to files. */
export interface Mode {
  readonly text: string;
  readonly span: Span;
  /** Whether another mode may be put in its place as it is. */
  readonly editable: boolean;
  /** The command, for a RUN, and the files as written. */
  readonly command: ShellCommand | undefined;
  readonly files: readonly ShellWord[];
}

const isOption = (value: string): boolean => /^-(?:[fvcRhHLP]+|-.*)$/.test(value);

/** `chmod 755 file`. A reference file is not a mode, and what a variable holds is not known. */
function chmod(command: ShellCommand): Mode[] {
  if (command.args.some(({ value }) => value.startsWith('--reference'))) return [];
  const operands = command.args.filter(({ value }) => !isOption(value));
  const [word, ...files] = operands;
  if (!word?.literal) return [];
  return [{ text: word.value, span: word.span, editable: command.editable && !word.quoted, command, files }];
}

/** `mkdir -m 755`, `install -dm755`, `install --mode=755`. */
function created(command: ShellCommand): readonly Mode[] {
  // Most say nothing of a mode.
  if (!command.args.some(({ value }) => value.startsWith('-') && value.includes('m'))) return NONE;
  const files = command.args.filter(({ value }) => !value.startsWith('-'));
  return command.args.flatMap((word, index): Mode[] => {
    const joined = /^(?:--mode=|-[a-zA-Z]*m)(.+)$/.exec(word.value)?.[1];
    const previous = command.args[index - 1]?.value ?? '';
    if (!word.literal || word.value === '--mode') return [];
    if (joined !== undefined) {
      const span = { start: word.span.end - joined.length, end: word.span.end };
      return word.quoted ? [] : [{ text: joined, span, editable: command.editable, command, files }];
    }
    return previous === '--mode' || /^-[a-zA-Z]*m$/.test(previous)
      ? [{ text: word.value, span: word.span, editable: command.editable && !word.quoted, command, files }]
      : [];
  });
}

const NONE: readonly Mode[] = [];

/** The modes in a RUN, COPY or ADD. */
export function modesIn(instruction: Instruction, facts: InstructionFacts): readonly Mode[] {
  if (instruction.keyword !== 'RUN') {
    const flag = instruction.flag('chmod');
    return flag?.value === undefined
      ? []
      : [{ text: flag.value, span: flag.valueSpan, editable: true, command: undefined, files: [] }];
  }
  const found: Mode[] = [];
  for (const command of facts.commands) {
    if (command.base === 'chmod') found.push(...chmod(command));
    else if (command.base === 'mkdir' || command.base === 'install') found.push(...created(command));
  }
  return found;
}

/** Whether a later command of the RUN gives the files another mode, or takes them away. */
export function isTakenBack({ command, files }: Mode, commands: readonly ShellCommand[]): boolean {
  if (!command || files.length === 0) return false;
  const later = commands.filter(
    other => other.span.start > command.span.start && (other.base === 'chmod' || other.base === 'rm'),
  );
  return files.every(
    file => file.value !== '' && later.some(other => other.args.some(({ value }) => value === file.value)),
  );
}
