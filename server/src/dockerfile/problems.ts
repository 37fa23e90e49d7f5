import { closest } from '../text/closest.js';
import type { Span } from '../text/span.js';
import { flagProblems } from './flags/flag-problems.js';
import { alone, refusalsOf } from './flags/refusals.js';
import { type Instruction, KEYWORDS, type Word } from './instruction.js';
import { toSourceSpan } from './joined.js';
import { isPlainText, lex } from './lexer.js';
import { lengthProblems } from './line-length.js';
import type { Dockerfile } from './parse.js';
import { perInstruction } from './per-instruction.js';
import type { Placed } from './placed.js';
import type { Problem } from './problem.js';

/** Values that are wrong wherever the instruction is; another frontend may know more of them. */
const valueProblems = (instruction: Instruction): readonly Problem[] =>
  refusalsOf(instruction, alone(instruction)).map(refusal => ({ ...refusal, parse: false, unknown: true }));

const NONE: readonly Problem[] = [];

/** Not by `push(...more)`: a long line has more problems than a call takes arguments. */
function addAll(problems: Problem[], more: readonly Problem[]): void {
  for (const problem of more) problems.push(problem);
}

const whole = (instruction: Instruction): Span =>
  instruction.argumentsSpan.end > instruction.keywordSpan.end
    ? { start: instruction.keywordSpan.start, end: instruction.argumentsSpan.end }
    : instruction.keywordSpan;

/** Commands whose names are close to keywords: after a forgotten backslash they begin a line. */
const COMMANDS = new Set(
  'ar arch bun cabal cargo cd chmod cmp column comm dd deno dune export free helm jshell ldd msbuild ruby runc unset users xargs yarn'.split(
    ' ',
  ),
);

function unknownKeyword(instruction: Instruction): Problem {
  const span = instruction.keywordSpan;
  const typed = instruction.rawKeyword;
  const guess = COMMANDS.has(typed) ? undefined : closest(instruction.keyword, KEYWORDS);
  if (!guess) return { message: `“${typed}” is not a Dockerfile instruction.`, span, parse: false, unknown: true };
  const text = typed === typed.toLowerCase() ? guess.toLowerCase() : guess;
  return {
    message: `“${typed}” is not a Dockerfile instruction. Did you mean ${guess}?`,
    span,
    fix: { title: `Change to ${text}`, span, text },
    parse: false,
    unknown: true,
  };
}

function pairProblems(instruction: Instruction): readonly Problem[] {
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

function argProblems(instruction: Instruction): Problem[] {
  const nameless = instruction.pairs.filter(({ key }) => key === '');
  return nameless.map(({ span }) => ({ message: 'ARG needs a name.', span, parse: false }));
}

function fromProblems(instruction: Instruction): readonly Problem[] {
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

function healthProblems(instruction: Instruction): Problem[] {
  const type = instruction.words[0];
  const kind = type?.text.toUpperCase();
  if (!type) return [];
  if (kind === 'NONE') {
    return instruction.words.length > 1
      ? [{ message: 'HEALTHCHECK NONE takes no arguments.', span: whole(instruction), parse: false }]
      : [];
  }
  if (kind !== 'CMD') {
    // `--interval 5s`: the value of a flag stands where CMD should.
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

const NEEDS_ARGUMENTS = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

const KNOWN: ReadonlySet<string> = new Set(KEYWORDS);

const compute = (instruction: Instruction): readonly Problem[] => {
  const { keyword } = instruction;
  if (!KNOWN.has(keyword)) return [unknownKeyword(instruction)];
  const problems: Problem[] = [...lengthProblems(instruction)];
  addAll(problems, flagProblems(instruction));
  if (instruction.arguments.text === '' && instruction.heredocs.length === 0) {
    // BuildKit takes a RUN that has flags and no command.
    if (NEEDS_ARGUMENTS.has(keyword) && !(keyword === 'RUN' && instruction.flags.length > 0))
      problems.push({ message: `${keyword} needs an argument.`, span: instruction.keywordSpan, parse: false });
    addAll(problems, valueProblems(instruction));
    return problems;
  }
  for (const heredoc of instruction.heredocs) {
    if (heredoc.terminated) continue;
    problems.push({
      message: `Unterminated heredoc. Add a line with only “${heredoc.name}”.`,
      span: instruction.argumentsSpan,
      parse: true,
    });
  }
  if (instruction.hasMixedJson) {
    problems.push({
      message: 'In exec form, every item must be a string in double quotes.',
      span: instruction.argumentsSpan,
      parse: true,
    });
  }
  switch (keyword) {
    case 'ENV':
    case 'LABEL':
      addAll(problems, pairProblems(instruction));
      break;
    case 'ARG':
      addAll(problems, argProblems(instruction));
      break;
    case 'FROM':
      addAll(problems, fromProblems(instruction));
      break;
    case 'HEALTHCHECK':
      addAll(problems, healthProblems(instruction));
      break;
    case 'ADD':
    case 'COPY':
      if (instruction.words.length < 2) {
        problems.push({
          message: `${keyword} needs at least one source and a destination.`,
          span: whole(instruction),
          parse: false,
        });
      }
      break;
    case 'SHELL':
      if (instruction.json?.length === 0)
        problems.push({
          message: 'SHELL needs a program. Write it as in SHELL ["/bin/sh", "-c"].',
          span: instruction.argumentsSpan,
          parse: false,
        });
      else if (!instruction.json)
        problems.push({
          message: /\]\s*#/.test(instruction.arguments.text)
            ? 'This is not a comment but part of SHELL. Move it to its own line.'
            : 'SHELL takes the exec form only: SHELL ["/bin/sh", "-c"].',
          span: instruction.argumentsSpan,
          parse: false,
        });
      break;
    case 'VOLUME':
      if (instruction.json?.length === 0)
        problems.push({ message: 'VOLUME needs a path.', span: instruction.argumentsSpan, parse: false });
      break;
    case 'ONBUILD':
      addAll(problems, triggerProblems(instruction));
      break;
    default:
  }
  if (EXPANDED.has(keyword)) addAll(problems, expansionProblems(instruction));
  addAll(problems, valueProblems(instruction));
  return problems.length === 0 ? NONE : problems;
};

const EXPANDED = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'LABEL',
  'FROM',
  'USER',
  'WORKDIR',
  'VOLUME',
  'STOPSIGNAL',
  'EXPOSE',
]);

/** Nothing but plain variables and quotes that end, in which nothing is escaped: most of what is not plain text. */
const IN_ORDER =
  /^(?:[^$'"\\`]|\$[A-Za-z_]|\$\{[A-Za-z_]\w*\}|'[^']*'|"(?:[^$"\\`]|\$[A-Za-z_]|\$\{[A-Za-z_]\w*\})*")*$/;

/** A longer text could need more room for going back than a regular expression has. */
const MAX_MATCHED = 10_000;

/** What BuildKit expands one by one: a quote that is open in one of them is not closed in another. */
function expandedParts(instruction: Instruction): readonly Word[] {
  switch (instruction.keyword) {
    case 'ADD':
    case 'COPY':
    case 'EXPOSE':
    case 'VOLUME':
      return instruction.words;
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return instruction.pairs.flatMap(({ key, value, keySpan, valueSpan }) => [
        { text: key, span: keySpan },
        ...(value === undefined ? [] : [{ text: value, span: valueSpan }]),
      ]);
    default:
      return [{ text: instruction.arguments.text, span: instruction.argumentsSpan }];
  }
}

// An unterminated quote or a bad substitution stops the build when the words are expanded.
function expansionProblems(instruction: Instruction): readonly Problem[] {
  const { text } = instruction.arguments;
  if (isPlainText(text)) return NONE;
  return expandedParts(instruction).flatMap(({ text, span }): Problem[] => {
    if (isPlainText(text) || (text.length < MAX_MATCHED && IN_ORDER.test(text))) return [];
    const { error } = lex(text, { escape: instruction.escape, keepUnset: true });
    if (!error) return [];
    const message = error.includes('single-quote')
      ? "A ' is never closed."
      : error.includes('double-quote')
        ? 'A " is never closed.'
        : `Docker cannot expand this: ${error}.`;
    return [{ message, span, parse: false }];
  });
}

function triggerProblems(instruction: Instruction): Problem[] {
  const trigger = instruction.trigger;
  if (!trigger) return [];
  if (trigger.keyword === 'ONBUILD' || trigger.keyword === 'FROM' || trigger.keyword === 'MAINTAINER') return [];
  return problemsOf(trigger).flatMap(problem => {
    if (problem.message.startsWith('The heredoc')) return [];
    // What the parser refuses stops this build; the rest is read when another image is built on this one.
    return [problem.parse ? problem : { ...problem, inTrigger: true as const }];
  });
}

/** What BuildKit would refuse in one instruction. */
export const problemsOf = perInstruction(compute);

export interface PlacedProblem {
  readonly placed: Placed | undefined;
  readonly message: string;
  /** Absolute. */
  readonly span: Span;
  readonly fix?: { readonly title: string; readonly span: Span; readonly text: string };
  readonly parse: boolean;
}

/** Why there is nothing to build in a file, with the place to say it; undefined when something is in it that could be built. */
export function nothingToBuild({
  instructions,
}: Dockerfile): { readonly message: string; readonly span: Span } | undefined {
  const last = instructions.at(-1);
  if (!last)
    return {
      message: 'The file has no instructions. Start with FROM and an image.',
      span: { start: 0, end: 0 },
    };
  if (instructions.some(({ instruction }) => instruction.keyword !== 'ARG')) return undefined;
  const { start, end } = last.instruction.keywordSpan;
  return {
    message: 'The file has no FROM, so there is nothing to build. Add FROM and an image after the ARG.',
    span: { start: last.start + start, end: last.start + end },
  };
}

/** Everything BuildKit would refuse in the instructions of a file, in order. */
export function problemsIn(dockerfile: Dockerfile): PlacedProblem[] {
  const found: PlacedProblem[] = dockerfile.problems.map(problem => ({ ...problem, placed: undefined, parse: true }));
  for (const placed of dockerfile.instructions) {
    for (const problem of problemsOf(placed.instruction)) {
      const at = (span: Span): Span => ({ start: span.start + placed.start, end: span.end + placed.start });
      found.push({
        placed,
        message: problem.message,
        span: at(problem.span),
        parse: problem.parse,
        ...(problem.fix ? { fix: { ...problem.fix, span: at(problem.fix.span) } } : {}),
      });
    }
  }
  return found;
}
