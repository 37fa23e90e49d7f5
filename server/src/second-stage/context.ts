import { contextEntry } from '../context/index.js';
import type { FileFacts } from '../facts/index.js';

/** The text of a file of the build context, where it was read. */
export const contextText = ({ context }: FileFacts, path: string): string | undefined =>
  context && context.isUnsure !== true ? contextEntry(context, path)?.text : undefined;

/** The texts of all files of the build context whose path looks so; `isWhole` where none is missing. */
export function contextTexts(
  { context }: FileFacts,
  path: RegExp,
): { readonly texts: readonly { readonly path: string; readonly text: string }[]; readonly isWhole: boolean } {
  const entries = context?.entries.filter(entry => entry.kind === 'file' && path.test(entry.path)) ?? [];
  const texts = entries.flatMap(entry => (entry.text === undefined ? [] : [{ path: entry.path, text: entry.text }]));
  return { texts, isWhole: context !== undefined && texts.length === entries.length };
}
