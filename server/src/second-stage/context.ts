import type { FileFacts } from '../facts/index.js';

/** The texts of all files of the build context whose path looks so; `isWhole` where none is missing. */
export function contextTexts(
  { context }: FileFacts,
  path: RegExp,
): { readonly texts: readonly { readonly path: string; readonly text: string }[]; readonly isWhole: boolean } {
  const known = context?.isUnsure ? undefined : context;
  const entries = known?.entries.filter(entry => entry.kind === 'file' && path.test(entry.path)) ?? [];
  const texts = entries.flatMap(entry => (entry.text === undefined ? [] : [{ path: entry.path, text: entry.text }]));
  return { texts, isWhole: known !== undefined && texts.length === entries.length };
}
