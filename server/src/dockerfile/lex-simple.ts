import type { LexOptions, LexResult, VariableUse } from './lexer.js';

const NO_USES: readonly VariableUse[] = [];
const NO_WORDS: readonly string[] = [];

export const asItStands = (value: string, words: readonly string[]): LexResult => ({
  value,
  words,
  variables: NO_USES,
  gaveUp: false,
  error: undefined,
});

/** A regular expression may run out of its stack in what is longer by far. */
const MOST_AT_ONCE = 2000;
/** One pair of quotes, with nothing between them that has a meaning there. */
const SIMPLY_QUOTED = /^(?:"[^"$\\`]*"|'[^']*')$/;
/** `/opt/$NAME/${VERSION}.zip`: variables by their names, in text that stands for itself. */
const ONLY_NAMES = /^(?:[^$'"<\\`\u0080-\uffff]|\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*(?!\w)))*$/;
const NAME = /\$(?:\{(\w+)\}|(\w+))/g;

function lexNames(text: string, options: LexOptions, most: number): LexResult | undefined {
  const variables: VariableUse[] = [];
  let value = '';
  let from = 0;
  let expanded = 0;
  for (;;) {
    // Set anew each time: `lookup` may come here too.
    NAME.lastIndex = from;
    const match = NAME.exec(text);
    if (!match) break;
    const [written] = match;
    const name = match[1] ?? match[2] ?? '';
    const start = match.index;
    const end = start + written.length;
    variables.push({ name, start, end, modifier: '' });
    const known = options.lookup?.(name);
    expanded += known?.length ?? 0;
    if (expanded > most) return undefined;
    value += text.slice(from, start) + (known ?? (options.keepUnset ? written : ''));
    from = end;
  }
  value += text.slice(from);
  return { value, words: NO_WORDS, variables, gaveUp: false, error: undefined };
}

/**
 * What the lexer makes of a text that is simple enough to take none, as nearly all are that are not plain; undefined for any
 * other, and where the values of variables are longer than `most` characters together.
 */
export function lexSimple(text: string, options: LexOptions, most: number): LexResult | undefined {
  if (options.words || text.length > MOST_AT_ONCE) return undefined;
  if (!options.ignoreQuotes && SIMPLY_QUOTED.test(text))
    return asItStands(options.rawQuotes ? text : text.slice(1, -1), NO_WORDS);
  return ONLY_NAMES.test(text) ? lexNames(text, options, most) : undefined;
}
