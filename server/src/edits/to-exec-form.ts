import type { Instruction } from '../dockerfile/index.js';
import { toSourceSpan } from '../dockerfile/index.js';
import type { ShellCommand, ShellScript, ShellWord } from '../shell/index.js';
import { commandText } from './exec-form.js';
import type { FixEdit, RuleFix } from './fix.js';

/** Commands that only a shell has. */
const BUILTINS = new Set(
  (
    '. : alias bind break builtin cd command continue declare eval exit export getopts hash jobs let local popd pushd ' +
    'read readonly return set shift shopt source times trap type typeset ulimit umask unalias unset wait'
  ).split(' '),
);

/** The command of a shell form, when it is a single program with arguments that a shell adds nothing to. */
export function plainCommand(instruction: Instruction, script: ShellScript | undefined): ShellCommand | undefined {
  if (!script || script.errors.length > 0) return undefined;
  // What a wrapper such as exec or sudo runs is listed as well.
  const outer = script.commands.filter(one => one.via === undefined);
  const [command] = outer;
  return command && outer.length === 1 && isPlain(command, instruction) ? command : undefined;
}

function isPlain(command: ShellCommand, { argumentsSpan, text }: Instruction): boolean {
  const { assignments, redirects, item } = command;
  const words = programWords(command);
  const [name] = words;
  if (!name || !item || item.background || item.negated || item.nodes.length !== 1) return false;
  if (assignments.length > 0 || redirects.length > 0) return false;
  // Something that is not a word, such as a comment of the shell or a `;` at the end.
  if (command.span.start !== argumentsSpan.start || command.span.end !== argumentsSpan.end) return false;
  if (BUILTINS.has(name.value) || /^\[/.test(name.value) || (command.base === 'exec' && /^-/.test(name.value)))
    return false;
  return words.every(
    word =>
      word.literal &&
      !/^~/.test(word.text) &&
      !text.slice(word.span.start, word.span.end).includes('\n') &&
      (word.quoted || !/[{}*?[\]]/.test(word.text)),
  );
}

/** The program and its arguments, without the `exec` that replaces the shell by it. */
function programWords({ name, base, args }: ShellCommand): readonly ShellWord[] {
  return base === 'exec' ? args : name ? [name, ...args] : [];
}

/** Replaces word by word, so that continuation lines and the comments between them stay. */
export function toExecForm(command: ShellCommand): RuleFix {
  const words = programWords(command);
  const edits: FixEdit[] = words.map((word, index) => {
    const start = index === 0 ? command.span.start : word.span.start;
    const text = `${index === 0 ? '[' : ''}${JSON.stringify(word.value)}${index === words.length - 1 ? ']' : ','}`;
    return { span: { start, end: word.span.end }, text };
  });
  return {
    title: 'Use the exec form',
    safety: 'review',
    edits,
    effect: { arguments: true },
  };
}

/** For images without a shell, where nothing is known of quotes: only words without any sign are certain. */
export function toExecFormUnread(instruction: Instruction): RuleFix | undefined {
  const source = commandText(instruction);
  if (!source || instruction.comments.length > 0 || !/^[\w./:=@%+, -]+$/.test(source.text)) return undefined;
  const words = source.text.trim().split(/ +/);
  if (BUILTINS.has(words[0] ?? '') || words[0] === 'exec') return undefined;
  return {
    title: 'Use the exec form',
    safety: 'safe',
    edits: [
      {
        span: toSourceSpan(source, 0, source.text.length),
        text: `[${words.map(word => JSON.stringify(word)).join(', ')}]`,
      },
    ],
    effect: { arguments: true },
  };
}
