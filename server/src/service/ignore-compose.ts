import type { Service } from '../compose/index.js';
import type { ComposeResult } from '../engine/lint-compose.js';
import type { Finding, Fix } from '../profiles/types.js';
import { lineEnding } from '../text/line-ending.js';

type Ignore = Pick<Fix, 'title' | 'edits' | 'effect'>;

const ADDED: Fix['effect'] = { comments: 'add' };
/** Compose refuses the file all the same. */
const NEVER_IGNORED = new Set(['compose-syntax-error']);

/** Edits that silence a finding of a Compose file by a comment: where it is, for its service, or for the file. */
export function composeIgnoreEdits({ project }: ComposeResult, { rule, span }: Finding): Ignore[] {
  const { text } = project.own.source;
  if (NEVER_IGNORED.has(rule)) return [];
  const eol = lineEnding(text);
  const service = [...project.services.values()].find(one => holds(one, span.start));
  const found: Ignore[] = [];
  const here = above(text, span.start, `# dockwright ignore=${rule}`, eol);
  if (here) found.push({ title: `Ignore “${rule}” here`, edits: [here], effect: ADDED });
  const start = service?.own?.span.start;
  // At the name of the service it is the same.
  if (start !== undefined && start !== span.start) {
    const all = above(text, start, `# dockwright ignore=${rule}`, eol);
    if (all) found.push({ title: `Ignore “${rule}” in this service`, edits: [all], effect: ADDED });
  }
  const top = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const line = `# dockwright file-ignore=${rule}${eol}`;
  found.push({
    title: `Ignore “${rule}” in this file`,
    edits: [{ span: { start: top, end: top }, text: line }],
    effect: ADDED,
  });
  return found;
}

const holds = ({ own }: Service, offset: number): boolean =>
  own !== undefined && own.span.start <= offset && offset <= own.span.end;

/** A comment in a line of its own; undefined where one would be a part of a text, or would be about more. */
function above(text: string, offset: number, comment: string, eol: string): Ignore['edits'][number] | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [indent = ''] = /^[ \t]*/.exec(text.slice(start)) ?? [];
  return { span: { start, end: start }, text: `${indent}${comment}${eol}` };
}
