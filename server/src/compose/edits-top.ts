import type { Change } from './edits.js';
import type { Project } from './project.js';
import type { Entry } from './value.js';
import { inBlock, type Yaml } from './write-yaml.js';

/** Adds a key with a mapping at the end of the file, which must not have it. */
export function addTopLevel(project: Project, key: string, value: { readonly [key: string]: Yaml }): Change {
  const { source, root } = project.own;
  if (root?.kind !== 'mapping' || root.style !== 'block' || root.entries.has(key)) return undefined;
  const { text } = source;
  // A document that is ended by hand, or followed by another one, has its end elsewhere.
  if (/^(?:\.\.\.|---)\s*$/m.test(text.slice(root.span.end))) return undefined;
  const lines = inBlock({ [key]: value }, '', { list: '  ', mapping: '  ' });
  const at = text.length;
  const gap = text.endsWith('\n') ? '' : '\n';
  return { edits: [{ span: { start: at, end: at }, text: `${gap}${lines.join('\n')}\n` }], effect: { paths: [[key]] } };
}

/** Deletes a key of the file itself, with its line. */
export function removeTop(project: Project, { key, span, value }: Entry): Change {
  const { text } = project.own.source;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  if (value.kind !== 'scalar' || text.slice(start, span.start).replace(/^\uFEFF/, '') !== '') return undefined;
  const newline = text.indexOf('\n', span.end);
  let end = newline < 0 ? text.length : newline + 1;
  const comments = text.slice(span.end, end).includes('#') ? { comments: 'remove' as const } : {};
  // A blank line after it separates nothing any longer where it is the first one.
  const isFirst = text.slice(0, start).trim() === '';
  if (isFirst) end += /^(?:[ \t]*\r?\n)*/.exec(text.slice(end))?.[0].length ?? 0;
  return { edits: [{ span: { start: span.start, end }, text: '' }], effect: { paths: [[key]], ...comments } };
}
