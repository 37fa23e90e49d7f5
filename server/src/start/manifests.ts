import { isRecord } from '../../../shared/src/record.js';

/** The command that `npm start`, `yarn serve` and the like run by package.json; undefined where they run none of its scripts. */
export function manifestScript(
  text: string,
  program: string,
  words: readonly (string | undefined)[],
): string | undefined {
  const operands = words.filter(word => word !== undefined && !word.startsWith('-'));
  const [verb, name] = operands;
  const wanted =
    verb === 'run' || verb === 'run-script'
      ? name
      : verb === 'start' || program !== 'npm'
        ? (verb ?? 'start')
        : undefined;
  if (wanted === undefined) return undefined;
  try {
    const manifest: unknown = JSON.parse(text);
    const scripts = isRecord(manifest) ? manifest['scripts'] : undefined;
    const command = isRecord(scripts) ? scripts[wanted] : undefined;
    return typeof command === 'string' ? command : undefined;
  } catch {
    return undefined;
  }
}

/** The commands of a Procfile. */
export const procfileLines = (text: string): readonly string[] =>
  text.split(/\r?\n/).flatMap(line => /^[\w-]+:\s*(.+)$/.exec(line)?.[1] ?? []);
