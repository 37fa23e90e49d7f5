import { closest } from '../../text/closest.js';
import type { ValueProblem } from './value-problem.js';

/** One of a few words, in lower case. Variables are not replaced. */
export function choiceProblem(value: string, what: string, allowed: readonly string[]): ValueProblem | undefined {
  if (allowed.includes(value)) return undefined;
  const near = allowed.includes(value.toLowerCase()) ? value.toLowerCase() : closest(value, allowed);
  return {
    message: `“${value}” is not a ${what}. Use ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}.`,
    ...(near ? { replacement: near } : {}),
  };
}
