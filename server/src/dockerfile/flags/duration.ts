import type { ValueProblem } from './value-problem.js';

/** Go's units, in nanoseconds (time.ParseDuration). `µs` is left out: BuildKit reads flags byte by byte and breaks it. */
const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

const SHAPE = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)[^\d.]+)+$/;
const PART = /(\d+\.?\d*|\.\d+)([^\d.]+)/g;
const LONGEST = 2 ** 63;
const SHORTEST = 1e6;

/** Other ways to write a unit, and what Go calls it. */
const SPELLINGS: readonly (readonly [RegExp, (amount: string) => string])[] = [
  [/^(?:s|secs?|seconds?)?$/i, amount => `${amount}s`],
  [/^(?:m|mins?|minutes?)$/i, amount => `${amount}m`],
  [/^(?:h|hrs?|hours?)$/i, amount => `${amount}h`],
  [/^(?:ms|msecs?|milliseconds?)$/i, amount => `${amount}ms`],
  [/^(?:d|days?)$/i, amount => `${Number(amount) * 24}h`],
];

function respelled(value: string): string | undefined {
  const [, amount = '', unit = ''] = /^(\d+)\s*([a-z]*)$/i.exec(value) ?? [];
  if (amount === '') return undefined;
  return SPELLINGS.find(([spelling]) => spelling.test(unit))?.[1](amount);
}

/** A time of HEALTHCHECK: Go's duration syntax, 0 or at least 1 ms (instructions/parse.go, parseOptInterval). */
export function durationProblem(value: string): ValueProblem | undefined {
  if (value === '' || /^[-+]?0$/.test(value)) return undefined;
  const replacement = respelled(value);
  const suggestion = replacement === undefined ? {} : { replacement };
  if (/^[-+]?[\d.]+$/.test(value) && /\d/.test(value))
    return { message: `“${value}” has no unit. Write a time such as ${replacement ?? '30s'}.`, ...suggestion };
  if (!SHAPE.test(value))
    return { message: `“${value}” is not a time. Write one such as 30s or 1m30s.`, ...suggestion };
  let total = 0;
  for (const [, amount = '', unit = ''] of value.matchAll(PART)) {
    const size = UNITS[unit];
    if (size === undefined)
      return { message: `“${unit}” is not a unit of time. Use h, m, s or ms, as in 1m30s.`, ...suggestion };
    total += Number(amount) * size;
  }
  if (total >= LONGEST) return { message: `“${value}” is too long for a time.` };
  if (total !== 0 && (value.startsWith('-') || total < SHORTEST))
    return { message: `“${value}” is less than 1 ms. Use a longer time, or 0 for the default.` };
  return undefined;
}

/** HEALTHCHECK --retries: a whole number that is not negative (strconv.ParseInt, 32 bits). */
export function retriesProblem(value: string): ValueProblem | undefined {
  if (value === '') return undefined;
  const valid = /^[-+]?\d+$/.test(value) && Number(value) >= 0 && Number(value) < 2 ** 31;
  return valid ? undefined : { message: `“${value}” is not a number of retries. Use a whole number such as 3.` };
}
