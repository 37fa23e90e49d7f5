import type { Span } from '../text/span.js';
import { type Flag, type Instruction, KEYWORDS, type SyntaxProblem } from './instruction.js';
import { toSourceSpan } from './joined.js';
import { isPlainText, lex } from './lexer.js';
import type { Dockerfile } from './parse.js';
import { perInstruction } from './per-instruction.js';
import type { Placed } from './placed.js';

/** A refusal with a cure, where one is obvious. Spans are relative to the instruction. */
export interface Problem extends SyntaxProblem {
  readonly fix?: { readonly title: string; readonly span: Span; readonly text: string };
  /** Whether BuildKit's parser refuses the text itself; the others are found when instructions are built. */
  readonly parse: boolean;
  /** An instruction or flag that this frontend does not know; another one may. */
  readonly unknown?: true;
}

/** Flags that BuildKit accepts, by keyword (instructions/parse.go). */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  ADD: ['chmod', 'chown', 'link', 'checksum', 'keep-git-dir', 'exclude', 'unpack', 'parents'],
  COPY: ['chmod', 'chown', 'from', 'link', 'parents', 'exclude'],
  FROM: ['platform'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  RUN: ['mount', 'network', 'security', 'device'],
};

/** Flags that are on or off (instructions/bflag.go); every other one has a value. */
const SWITCHES = new Set(['link', 'parents', 'keep-git-dir', 'unpack']);
const REPEATABLE = new Set(['mount', 'device', 'exclude']);
/** BuildKit takes flags off these and never looks at them. */
const IGNORES_FLAGS = new Set(['ARG', 'STOPSIGNAL']);

/** What BuildKit refuses about a flag that it knows. */
function flagProblem(instruction: Instruction, flag: Flag): Problem | undefined {
  const { name, value, span } = flag;
  const again = !REPEATABLE.has(name) && instruction.flags.find(other => other.name === name) !== flag;
  if (again) return { message: `Give --${name} only once.`, span, parse: false };
  if (SWITCHES.has(name)) {
    return value === undefined || /^(?:true|false)$/i.test(value)
      ? undefined
      : { message: `--${name} is on or off: write --${name} or --${name}=false.`, span, parse: false };
  }
  if (value === undefined) {
    const gap = /^[ \t]+(?=[^\s-])/.exec(instruction.text.slice(span.end))?.[0];
    return {
      message: `--${name} needs its value behind a “=”, without a blank.`,
      span,
      ...(gap === undefined
        ? {}
        : { fix: { title: 'Insert =', span: { start: span.end, end: span.end + gap.length }, text: '=' } }),
      parse: false,
    };
  }
  return undefined;
}

const NONE: readonly Problem[] = [];

const whole = (instruction: Instruction): Span =>
  instruction.argumentsSpan.end > instruction.keywordSpan.end
    ? { start: instruction.keywordSpan.start, end: instruction.argumentsSpan.end }
    : instruction.keywordSpan;

/** Edit distance with transpositions; `limit` where it is that or more, which most words are told by early. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let second: number[] = [];
  let above: number[] = [];
  for (let j = 0; j <= b.length; j++) above.push(j);
  let leastAbove = 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let best = Math.min(
        (above[j] ?? 9) + 1,
        (row[j - 1] ?? 9) + 1,
        (above[j - 1] ?? 9) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (second[j - 2] ?? 9) + 1);
      row.push(best);
      if (best < least) least = best;
    }
    // A row is made of the two above it.
    if (least >= limit && leastAbove >= limit) return limit;
    leastAbove = least;
    second = above;
    above = row;
  }
  return above[b.length] ?? 9;
}

/** The closest of `candidates`, when it is close enough that a typing slip is likely. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = word.length <= 3 ? 2 : 3;
  for (const candidate of candidates) {
    const d = distance(word, candidate, bestDistance);
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  return best;
}

function unknownKeyword(instruction: Instruction): Problem {
  const guess = closest(instruction.keyword, KEYWORDS);
  const span = instruction.keywordSpan;
  const typed = instruction.rawKeyword;
  if (!guess) return { message: `“${typed}” is not a Dockerfile instruction.`, span, parse: false, unknown: true };
  const text = typed === typed.toLowerCase() ? guess.toLowerCase() : guess;
  return {
    message: `“${typed}” is not a Dockerfile instruction; did you mean ${guess}?`,
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
        message: `${keyword} needs a name and a value: write ${keyword} ${text}=value.`,
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
      return [{ message: `A comment needs a line of its own: here it becomes part of ${keyword}.`, span, parse: true }];
    }
    const span = toSourceSpan(instruction.arguments, word.start, word.end);
    if (!word.text.includes('=')) {
      return [
        {
          message: `“${word.text}” has no =: write every pair as name=value, and quote values with spaces.`,
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
  const nameless = instruction.pairs.filter(({ span }) => span.start === span.end);
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
        message: `“${name.text}” cannot name a stage: start with a letter and use only letters, digits, “-”, “_” and “.”.`,
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
        message: 'A comment needs a line of its own: here it becomes part of FROM.',
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
  return instruction.words.length === 1
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
  const problems: Problem[] = [];
  const flags = IGNORES_FLAGS.has(keyword) ? [] : instruction.flags;
  const allowed = flags.length > 0 ? (FLAGS[keyword] ?? []) : [];
  for (const flag of flags) {
    if (allowed.includes(flag.name)) {
      const problem = flagProblem(instruction, flag);
      if (problem) problems.push(problem);
      continue;
    }
    const guess = closest(flag.name, allowed);
    const nameSpan = { start: flag.span.start, end: Math.min(flag.span.end, flag.span.start + 2 + flag.name.length) };
    problems.push({
      message: `${keyword} has no flag --${flag.name}${guess ? `; did you mean --${guess}?` : '.'}`,
      span: nameSpan,
      ...(guess ? { fix: { title: `Change to --${guess}`, span: nameSpan, text: `--${guess}` } } : {}),
      parse: false,
      unknown: true,
    });
  }
  if (instruction.arguments.text === '' && instruction.heredocs.length === 0) {
    // BuildKit takes a RUN that has flags and no command.
    if (NEEDS_ARGUMENTS.has(keyword) && !(keyword === 'RUN' && instruction.flags.length > 0))
      problems.push({ message: `${keyword} needs an argument.`, span: instruction.keywordSpan, parse: false });
    return problems;
  }
  for (const heredoc of instruction.heredocs) {
    if (heredoc.terminated) continue;
    problems.push({
      message: `The heredoc is never closed: put “${heredoc.name}” on a line of its own.`,
      span: instruction.argumentsSpan,
      parse: true,
    });
  }
  if (instruction.hasMixedJson) {
    problems.push({
      message: 'In the exec form every item must be a string in double quotes.',
      span: instruction.argumentsSpan,
      parse: true,
    });
  }
  switch (keyword) {
    case 'ENV':
    case 'LABEL':
      problems.push(...pairProblems(instruction));
      break;
    case 'ARG':
      problems.push(...argProblems(instruction));
      break;
    case 'FROM':
      problems.push(...fromProblems(instruction));
      break;
    case 'HEALTHCHECK':
      problems.push(...healthProblems(instruction));
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
      if (!instruction.json)
        problems.push({
          message: /\]\s*#/.test(instruction.arguments.text)
            ? 'A comment needs a line of its own: here it becomes part of SHELL.'
            : 'SHELL takes the exec form only: SHELL ["/bin/sh", "-c"].',
          span: instruction.argumentsSpan,
          parse: false,
        });
      break;
    case 'ONBUILD':
      problems.push(...triggerProblems(instruction));
      break;
    default:
  }
  if (EXPANDED.has(keyword)) problems.push(...expansionProblems(instruction));
  return problems.length === 0 ? NONE : problems;
};

const EXPANDED = new Set(['ADD', 'COPY', 'ENV', 'LABEL', 'FROM', 'USER', 'WORKDIR', 'VOLUME', 'STOPSIGNAL', 'EXPOSE']);

/** Nothing but plain variables and quotes that end, in which nothing is escaped: most of what is not plain text. */
const IN_ORDER =
  /^(?:[^$'"\\`]|\$[A-Za-z_]|\$\{[A-Za-z_]\w*\}|'[^']*'|"(?:[^$"\\`]|\$[A-Za-z_]|\$\{[A-Za-z_]\w*\})*")*$/;

/** A longer text could need more room for going back than a regular expression has. */
const MAX_MATCHED = 10_000;

// An unterminated quote or a bad substitution stops the build when the words are expanded.
function expansionProblems(instruction: Instruction): readonly Problem[] {
  const { text } = instruction.arguments;
  if (isPlainText(text) || instruction.json || (text.length < MAX_MATCHED && IN_ORDER.test(text))) return NONE;
  const { error } = lex(text, { escape: instruction.escape, keepUnset: true });
  if (!error) return NONE;
  const message = error.includes('single-quote')
    ? "A ' is never closed."
    : error.includes('double-quote')
      ? 'A " is never closed.'
      : `Docker cannot expand this: ${error}.`;
  return [{ message, span: instruction.argumentsSpan, parse: false }];
}

function triggerProblems(instruction: Instruction): Problem[] {
  const trigger = instruction.trigger;
  if (!trigger) return [];
  if (trigger.keyword === 'ONBUILD' || trigger.keyword === 'FROM' || trigger.keyword === 'MAINTAINER') return [];
  return problemsOf(trigger).filter(problem => !problem.message.startsWith('The heredoc'));
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

/** Everything BuildKit would refuse in a file, in order. An empty file has no problem here: that is a new file in an editor. */
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
