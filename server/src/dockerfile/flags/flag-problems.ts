import { closest } from '../../text/closest.js';
import type { Instruction } from '../instruction.js';
import type { Flag } from '../instruction-parts.js';
import type { Problem } from '../problem.js';
import { FLAGS } from './table.js';

/** BuildKit takes flags off these and never looks at them. */
const IGNORES_FLAGS = new Set(['ARG', 'STOPSIGNAL']);

/** What BuildKit refuses about a flag that it knows. */
function flagProblem(instruction: Instruction, flag: Flag): Problem | undefined {
  const { name, value, span } = flag;
  const spec = FLAGS[instruction.keyword]?.[name];
  const again = !spec?.repeats && instruction.flags.find(other => other.name === name) !== flag;
  if (again) return { message: `Give --${name} only once.`, span, parse: false };
  if (spec?.isSwitch) {
    return value === undefined || /^(?:true|false)$/i.test(value)
      ? undefined
      : { message: `--${name} is on or off: write --${name} or --${name}=false.`, span, parse: false };
  }
  if (value === undefined) {
    const gap = /^[ \t]+(?=[^\s-])/.exec(instruction.text.slice(span.end))?.[0];
    return {
      message: `--${name} needs its value after “=”, without a space.`,
      span,
      ...(gap === undefined
        ? {}
        : { fix: { title: 'Insert =', span: { start: span.end, end: span.end + gap.length }, text: '=' } }),
      parse: false,
    };
  }
  return undefined;
}

/** Flags that BuildKit does not know, and flags that lack a value, have one too many, or are given twice. */
export function flagProblems(instruction: Instruction): readonly Problem[] {
  const { keyword, flags } = instruction;
  if (flags.length === 0 || IGNORES_FLAGS.has(keyword) || turnsHealthcheckOff(instruction)) return [];
  const problems: Problem[] = [];
  const allowed = Object.keys(FLAGS[keyword] ?? {});
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
  return problems;
}

/** BuildKit does not look at the flags of HEALTHCHECK NONE. */
export const turnsHealthcheckOff = ({ keyword, words }: Instruction): boolean =>
  keyword === 'HEALTHCHECK' && words[0]?.text.toUpperCase() === 'NONE';
