import { interpolate, type Variables } from './interpolate.js';

const LINE = /^\s*(?:export\s+)?([\w.-]+)\s*[=:](.*)$/;

/** The variables of a `.env` file. A line that cannot be read is passed over. */
export function readDotEnv(text: string): Variables {
  const variables = new Map<string, string>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const match = LINE.exec(lines[at] ?? '');
    if (!match || /^\s*#/.test(lines[at] ?? '')) continue;
    const name = match[1] ?? '';
    let rest = (match[2] ?? '').trim();
    const quote = rest[0];
    if (quote !== '"' && quote !== "'") {
      variables.set(name, interpolate(rest.replace(/(?:^|\s)#.*$/, '').trimEnd(), variables).text);
      continue;
    }
    // A value in quotes may go on in the lines below.
    while (closingQuote(rest, quote) === undefined && at + 1 < lines.length) rest += `\n${lines[++at]}`;
    const inside = rest.slice(1, closingQuote(rest, quote));
    variables.set(name, quote === "'" ? inside : interpolate(unescaped(inside), variables).text);
  }
  return variables;
}

function closingQuote(text: string, quote: string): number | undefined {
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
