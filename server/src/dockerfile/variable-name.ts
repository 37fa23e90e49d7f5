const SPECIAL_PARAMETERS = '@*#?-$!0';
const isDigit = (ch: string): boolean => ch >= '0' && ch <= '9';
const ASCII_NAME = /[A-Za-z0-9_]*/y;
const isNameCharacter = (ch: string): boolean => /^[\p{L}\p{Nd}]$/u.test(ch);

/** Where the name of a variable ends that BuildKit reads from `start`, after the dollar: `start` itself for none. */
export function nameEnd(text: string, start: number): number {
  const first = text[start] ?? '';
  let end = start;
  if (isDigit(first)) {
    while (end < text.length && isDigit(text[end] ?? '')) end++;
    return end;
  }
  if (first !== '' && SPECIAL_PARAMETERS.includes(first)) return start + 1;
  for (;;) {
    ASCII_NAME.lastIndex = end;
    end += ASCII_NAME.exec(text)?.[0].length ?? 0;
    // Letters of other scripts are seldom in a name, and looked at one by one.
    if (end >= text.length || text.charCodeAt(end) < 128) return end;
    const ch = String.fromCodePoint(text.codePointAt(end) ?? 0);
    if (!isNameCharacter(ch)) return end;
    end += ch.length;
  }
}
