/** A character of a class, escaped or not; none starts with `-` or `]`. */
const MEMBER = String.raw`\\[\s\S]|[^\]\\-]`;
const RANGE = `(${MEMBER})(?:-(${MEMBER}))?`;
const CLASS = String.raw`\[(?:\^|(?!\^))(?:${RANGE})+\]`;
const SOUND = new RegExp(String.raw`^(?:[^[\\]|\\[\s\S]|${CLASS})*$`, 'u');
const ONE_CLASS = new RegExp(`^${CLASS}$`, 'u');

/** What is between stars outside of classes. */
const CHUNK = /\**((?:\\[\s\S]?|\[(?:\\[\s\S]?|[^\]\\])*\]?|[^*[\\])*)/y;

/**
 * Whether Docker refuses the ignore file for a pattern: moby/patternmatcher asks Go's filepath.Match whether it matches
 * `.`, which reports an unclosed or empty class and a backslash at the end, but reads no further than it must.
 */
export function isBadPattern(pattern: string): boolean {
  CHUNK.lastIndex = 0;
  const first = CHUNK.exec(pattern)?.[1] ?? '';
  if (!SOUND.test(first)) return true;
  return matchesDot(first) && !SOUND.test(CHUNK.exec(pattern)?.[1] ?? '');
}

function matchesDot(chunk: string): boolean {
  if (chunk === '.' || chunk === '\\.' || chunk === '?') return true;
  if (!ONE_CLASS.test(chunk)) return false;
  const isNegated = chunk.startsWith('[^');
  const ranges = [...chunk.slice(isNegated ? 2 : 1, -1).matchAll(new RegExp(RANGE, 'gu'))];
  const isIn = ranges.some(
    ([, first = '', last = first]) => first.replace(/^\\/, '') <= '.' && '.' <= last.replace(/^\\/, ''),
  );
  return isIn !== isNegated;
}
