import { type Dockerfile, type Instruction, lex } from '../../server/src/dockerfile/index.js';
import { lint } from '../../server/src/engine/lint.js';
import { scriptOf } from '../../server/src/shell/index.js';

const read = (text: string, instruction: Instruction): string =>
  lex(text, { escape: instruction.escape, keepUnset: true }).value;

const inner = (instruction: Instruction): Instruction => instruction.trigger ?? instruction;

/** What ENV, LABEL and ARG say, as BuildKit stores it, in file order. */
export function valuesOf(text: string): readonly string[] {
  return instructionsOf(lint(text).dockerfile)
    .filter(({ keyword }) => keyword === 'ENV' || keyword === 'LABEL' || keyword === 'ARG')
    .flatMap(instruction =>
      instruction.pairs.map(
        ({ key, value }) => `${read(key, instruction)}=${value === undefined ? '' : read(value, instruction)}`,
      ),
    );
}

/** What safe fixes may take out: an index that is no longer kept, sudo of root, cd where WORKDIR is better, apt. */
const DROPPED = /^(?:apk update|rm|cd .*)$/;

/** The commands of all RUNs with the words that are no options, in file order, but for what safe fixes may take out. */
export function commandsOf(text: string): readonly string[] {
  return instructionsOf(lint(text).dockerfile)
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap(instruction => scriptOf(instruction)?.commands ?? [])
    .filter(command => command.via === undefined || command.via === 'exec form')
    .map(({ name, args }) =>
      [name, ...args]
        .map(word => word?.text ?? '')
        .filter(word => !word.startsWith('-'))
        .join(' ')
        .replace(/ \/var\/cache\/apk\/\*$/, '')
        .replace(/^sudo /, '')
        .replace(/^apt /, 'apt-get '),
    )
    .filter(command => !DROPPED.test(command));
}

export function commentsOf(text: string): readonly string[] {
  const file = lint(text).dockerfile;
  return [
    ...file.instructions.flatMap(placed => [...placed.leading, ...placed.instruction.comments]),
    ...file.trailing,
  ].map(comment => comment.text);
}

const instructionsOf = (file: Dockerfile): readonly Instruction[] =>
  file.instructions.map(({ instruction }) => inner(instruction));

/** Whether all of `small` are in `large`, in the same order. */
export function isSubsequence(small: readonly string[], large: readonly string[]): boolean {
  let at = 0;
  for (const item of large) if (item === small[at]) at++;
  return at === small.length;
}
