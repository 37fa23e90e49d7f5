import { type Change, replaceScalar } from './edits.js';
import type { Mount } from './mounts.js';
import type { Project, Service } from './project.js';
import type { Mapping } from './value.js';
import { inFlow } from './write-yaml.js';

/** Makes a mount read-only. */
export function readOnly(project: Project, service: Service, { item, options }: Mount): Change {
  const path = ['services', service.name, 'volumes'];
  if (item.kind === 'scalar') {
    const text = options.length > 0 ? `${item.raw.replace(/\brw\b,?/, '').replace(/[,:]$/, '')}` : item.raw;
    const has = /:[^/:]*$/.test(text) && options.some(option => option !== 'rw');
    return replaceScalar(project, item, `${text}${has ? ',' : ':'}ro`, path);
  }
  return item.kind === 'mapping' ? withKey(project, item, 'read_only', true, path) : undefined;
}

/** Takes an option away from a mount in the short form. */
export function withoutOption(project: Project, service: Service, { item, options }: Mount, option: string): Change {
  if (item.kind !== 'scalar') return undefined;
  const left = options.filter(one => one !== option);
  const at = item.raw.lastIndexOf(':');
  const text = item.raw.slice(0, at) + (left.length > 0 ? `:${left.join(',')}` : '');
  return replaceScalar(project, item, text, ['services', service.name, 'volumes']);
}

/** Adds a key to an item of a list that is a mapping. */
export function withKey(
  project: Project,
  item: Mapping,
  key: string,
  value: string | boolean,
  path: readonly string[],
): Change {
  const last = [...item.entries.values()].filter(entry => !entry.isMerged).at(-1);
  if (!last || item.isAlias || item.source !== project.own.source) return undefined;
  const at = last.span.end;
  const effect = { paths: [path] };
  if (item.style === 'flow')
    return { edits: [{ span: { start: at, end: at }, text: `, ${key}: ${inFlow(value)}` }], effect };
  const { text } = project.own.source;
  const column = last.keySpan.start - (text.lastIndexOf('\n', last.keySpan.start - 1) + 1);
  const end = /\r?\n|$/.exec(text.slice(at));
  const lineEnd = at + (end?.index ?? 0);
  return {
    edits: [{ span: { start: lineEnd, end: lineEnd }, text: `\n${' '.repeat(column)}${key}: ${inFlow(value)}` }],
    effect,
  };
}
