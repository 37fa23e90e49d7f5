// Go's unicode.IsSpace, which BuildKit uses, is not JavaScript's \s: U+0085 counts, U+FEFF does not.
export function isSpace(code: number): boolean {
  if (code <= 0x20) return (code >= 9 && code <= 13) || code === 0x20;
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The class `[\t\v\f\r ]` that separates a keyword from its arguments and words from words (parser.go, reWhitespace). */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 9 || code === 11 || code === 12 || code === 13;
}

export function skipSpaces(text: string, from: number, to = text.length): number {
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    // Nearly all are spaces and letters.
    if (code === 0x20) continue;
    if ((code > 0x20 && code < 0x85) || !isSpace(code)) break;
  }
  return at;
}

export function trimEndSpaces(text: string, from: number, to = text.length): number {
  let end = to;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}
