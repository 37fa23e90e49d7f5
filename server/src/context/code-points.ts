/** Code points from the first to the last of each pair. */
export type Ranges = readonly (readonly [first: number, last: number])[];

const LAST = 0x10ffff;

export function complement(ranges: Ranges): Ranges {
  const out: [number, number][] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    if (first > next) out.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  return next > LAST ? out : [...out, [next, LAST]];
}

const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
const span = (first: number, last: number): string => (first > last ? '' : `[${unit(first)}-${unit(last)}]`);
const highOf = (code: number): number => 0xd800 + ((code - 0x10000) >> 10);
const lowOf = (code: number): number => 0xdc00 + (code & 0x3ff);

/**
 * A regular expression for one of these characters, for a RegExp that sees UTF-16 units: a surrogate pair is matched
 * whole or not at all. It holds none of `* ? . $ /`.
 */
export function oneOf(ranges: Ranges): string {
  const parts = ranges.flatMap(([first, last]) => [
    span(first, Math.min(last, 0xd7ff)),
    span(Math.max(first, 0xe000), Math.min(last, 0xffff)),
    ...(last > 0xffff ? pairs(Math.max(first, 0x10000), last) : []),
  ]);
  return `(${parts.filter(part => part !== '').join('|') || '[]'})`;
}

function pairs(first: number, last: number): readonly string[] {
  const [from, to] = [highOf(first), highOf(last)];
  if (from === to) return [unit(from) + span(lowOf(first), lowOf(last))];
  const between = span(from + 1, to - 1);
  return [
    unit(from) + span(lowOf(first), 0xdfff),
    ...(between === '' ? [] : [between + span(0xdc00, 0xdfff)]),
    unit(to) + span(0xdc00, lowOf(last)),
  ];
}
