import type { Span } from '../text/span.js';
import type { Instruction } from './instruction.js';
import { toSourceSpan } from './joined.js';
import type { Problem } from './problem.js';

/** From the keyword to the end of the arguments. */
export const whole = (instruction: Instruction): Span =>
  instruction.argumentsSpan.end > instruction.keywordSpan.end
    ? { start: instruction.keywordSpan.start, end: instruction.argumentsSpan.end }
    : instruction.keywordSpan;

const NONE: readonly Problem[] = [];

export function pairProblems(instruction: Instruction): readonly Problem[] {
  const { keyword } = instruction;
  const { text } = instruction.arguments;
  if (text === '') return NONE;
  if (instruction.isLegacyPair) {
    if (/[\t\v\f\r ]/.test(text)) return NONE;
    return [
      {
        message: `${keyword} needs a name and a value. Write ${keyword} ${text}=value.`,
        span: whole(instruction),
        parse: true,
      },
    ];
  }
  const words = instruction.quotedWords;
  if (words.every(word => word.text.indexOf('=') > 0)) return NONE;
  // `#c=d` is a name like any other.
  const comment = words.findIndex(word => word.text.startsWith('#') && !word.text.includes('='));
  return words.slice(0, comment < 0 ? undefined : comment + 1).flatMap((word, index): Problem[] => {
    if (index === comment) {
      const span = toSourceSpan(instruction.arguments, word.start, text.length);
      return [{ message: `This is not a comment but part of ${keyword}. Move it to its own line.`, span, parse: true }];
    }
    const span = toSourceSpan(instruction.arguments, word.start, word.end);
    if (!word.text.includes('=')) {
      return [
        {
          message: `“${word.text}” has no \`=\`. Write each pair as name=value, and quote values that contain spaces.`,
          span,
          parse: true,
        },
      ];
    }
    if (word.text.startsWith('=')) return [{ message: `${keyword} needs a name before the =.`, span, parse: false }];
    return [];
  });
}

export function argProblems(instruction: Instruction): Problem[] {
  const nameless = instruction.pairs.filter(({ key }) => key === '');
  return nameless.map(({ span }) => ({ message: 'ARG needs a name.', span, parse: false }));
}

export function fromProblems(instruction: Instruction): readonly Problem[] {
  const { words } = instruction;
  if (words.length === 1) return NONE;
  const [, as, name] = words;
  if (words.length === 3 && as?.text.toUpperCase() === 'AS' && name) {
    if (/^[a-z][a-z0-9_.-]*$/.test(name.text.toLowerCase())) return [];
    return [
      {
        message: `“${name.text}” is not a valid stage name. Start with a letter and use only letters, digits, “-”, “_” and “.”.`,
        span: name.span,
        parse: false,
      },
    ];
  }
  const span = as ? { start: as.span.start, end: words.at(-1)?.span.end ?? as.span.end } : instruction.argumentsSpan;
  const comment = words.find(word => word.text.startsWith('#'));
  if (comment) {
    return [
      {
        message: 'This is not a comment but part of FROM. Move it to its own line.',
        span: { start: comment.span.start, end: span.end },
        parse: false,
      },
    ];
  }
  return [{ message: 'FROM takes one image, or an image, AS and a name.', span, parse: false }];
}

export function healthProblems(instruction: Instruction): Problem[] {
  const type = instruction.words[0];
  const kind = type?.text.toUpperCase();
  if (!type) return [];
  if (kind === 'NONE') {
    return instruction.words.length > 1
      ? [{ message: 'HEALTHCHECK NONE takes no arguments.', span: whole(instruction), parse: false }]
      : [];
  }
  if (kind !== 'CMD') {
    // `--interval 5s`: the value of a flag is where CMD should.
    if (instruction.flags.some(({ value }) => value === undefined)) return [];
    return [
      {
        message: `HEALTHCHECK takes CMD or NONE, not “${type.text}”.`,
        span: type.span,
        fix: { title: 'Insert CMD', span: { start: type.span.start, end: type.span.start }, text: 'CMD ' },
        parse: false,
      },
    ];
  }
  return instruction.words.length === 1 || instruction.json?.length === 0
    ? [{ message: 'HEALTHCHECK CMD needs a command.', span: whole(instruction), parse: false }]
    : [];
}
