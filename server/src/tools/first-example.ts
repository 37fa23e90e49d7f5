import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const EXAMPLES = /^ {2}examples: (\{\n[\s\S]*?\n {2}\}),\n/gm;

/** Rules as bundles have them. */
export const firstExamples: Plugin = {
  name: 'first-examples',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]server[\\/]src[\\/](?:compose[\\/])?rules[\\/][a-z-]+\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return /\bdefine(?:Compose)?Rule\(\{/.test(text)
        ? { contents: withFirstExample(text, path), loader: 'ts' }
        : undefined;
    });
  },
};

/**
 * Bundles keep one example of each rule, which hover and `explain` show: the others are the tests and the docs, and a third
 * of all that would be shipped and read at each start.
 *
 * @throws Error when the text does not have exactly one `examples` of literals, as the formatter writes it.
 */
export function withFirstExample(text: string, path: string): string {
  const [match, ...more] = text.matchAll(EXAMPLES);
  const literal = match?.[1];
  if (!match || literal === undefined || more.length > 0) throw new Error(`${path}: expected one property “examples”`);
  let bad: readonly unknown[];
  try {
    bad = new Function(`return ${literal}`)().bad;
  } catch (error) {
    throw new Error(`${path}: the examples have to be literals`, { cause: error });
  }
  const first = JSON.stringify({ bad: bad.slice(0, 1), good: [] });
  return `${text.slice(0, match.index)}  examples: ${first},\n${text.slice(match.index + match[0].length)}`;
}
