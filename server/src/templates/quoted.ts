const CLOSING: ReadonlyMap<string, string> = new Map([
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
  ['<%', '%>'],
]);

/** A text with all that is quoted left out. A quote within a tag begins nothing: `{{ join(' ') }}`. */
export function withoutQuoted(text: string): string {
  let outside = '';
  const endless = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    const close = CLOSING.get(text.slice(at, at + 2));
    if (close !== undefined && !endless.has(close)) {
      const end = text.indexOf(close, at + 2);
      if (end >= 0) {
        outside += text.slice(at, end + 2);
        at = end + 1;
        continue;
      }
      // Searched in vain once, it is not searched again.
      endless.add(close);
    }
    if (character === '\\') at++;
    else if (character === '"' || character === "'") {
      const closing = closingQuote(text, at);
      if (closing < 0) return outside;
      outside += ' ';
      at = closing;
    } else outside += character;
  }
  return outside;
}

function closingQuote(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}
