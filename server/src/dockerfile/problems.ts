import { closest } from '../text/closest.js';
import type { Span } from '../text/span.js';
import { argProblems, fromProblems, healthProblems, pairProblems, whole } from './argument-problems.js';
import { EXPANDED, expansionProblems } from './expansion-problems.js';
import { flagProblems } from './flags/flag-problems.js';
import { alone, refusalsOf } from './flags/refusals.js';
import type { Instruction } from './instruction.js';
import { KEYWORDS } from './keywords.js';
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

/** BuildKit builds them without any; the others need an argument. */
const MAY_BE_BARE = new Set(['CMD', 'ENTRYPOINT', 'RUN']);

const KNOWN: ReadonlySet<string> = new Set(KEYWORDS);

const compute = (instruction: Instruction): readonly Problem[] => {
  const { keyword } = instruction;
  if (!KNOWN.has(keyword)) return [unknownKeyword(instruction)];
  const problems: Problem[] = [...lengthProblems(instruction)];
  addAll(problems, flagProblems(instruction));
  if (instruction.arguments.text === '' && instruction.heredocs.length === 0) {
    if (!MAY_BE_BARE.has(keyword))
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
