/** The patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`, as BuildKit reads them. */

const MAX_STEPS = 1_000_000;

/** Matching takes steps by the power of the stars in a pattern. */
export function isHard(value: string, pattern: string): boolean {
  const stars = pattern.split('*').length - 1;
  return value.length ** (stars + 1) > MAX_STEPS;
}

/** `*` and `?` of a shell; `greedy` takes as much as there is. */
export function patternToRegExp(pattern: string, greedy: boolean, anchored: boolean, flags: string): RegExp {
  let source = anchored ? '^' : '';
  for (let at = 0; at < pattern.length; at++) {
    const ch = pattern[at] ?? '';
    if (ch === '*') source += greedy ? '[\\s\\S]*' : '[\\s\\S]*?';
    else if (ch === '?') source += '[\\s\\S]';
    else if (ch === '\\') source += (pattern[++at] ?? '\\').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    else source += ch.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return new RegExp(source, flags);
}

/** The value without what the pattern matches at its beginning (`#`) or its end (`%`); the operand begins with a second one for the longest. */
export function trimPattern(value: string, operand: string, operator: string): string {
  const greedy = operand.startsWith(operator);
  const pattern = greedy ? operand.slice(1) : operand;
  if (operator === '#') return value.replace(patternToRegExp(pattern, greedy, true, ''), '');
  const match = new RegExp(`^(?:${patternToRegExp(pattern, true, false, '').source})$`);
  const starts = Array.from({ length: value.length + 1 }, (_, at) => (greedy ? at : value.length - at));
  const cut = starts.find(at => match.test(value.slice(at)));
  return cut === undefined ? value : value.slice(0, cut);
}
