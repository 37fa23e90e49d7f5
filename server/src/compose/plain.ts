import { commentsIn } from './comments.js';
import { documentsOf, readYaml } from './read-yaml.js';
import type { Value } from './value.js';

/** What a Compose file says, as far as it can be compared with another one: values with aliases and merge keys resolved. */
export interface Plain {
  readonly values: PlainValue;
  readonly comments: readonly string[];
  readonly problems: number;
  readonly documents: number;
}

export type PlainValue = string | readonly PlainValue[] | { readonly [key: string]: PlainValue };

export function plainOf(text: string): Plain {
  const { root, problems } = readYaml({ path: '', text }, NO_VARIABLES);
  return {
    values: root ? plain(root) : '',
    comments: commentsIn(text, root).map(comment => comment.text.trim()),
    problems: problems.length,
    documents: documentsOf(text).length,
  };
}

const NO_VARIABLES = new Map<string, string>();

/** Scalars with their type and their tag: `"1"` and `1` are two things. */
function plain(value: Value): PlainValue {
  const tag = value.tag ?? '';
  if (value.kind === 'scalar') return `${tag} ${value.type} ${value.raw}`;
  if (value.kind === 'sequence') return [tag, ...value.items.map(plain)];
  return Object.fromEntries([['', tag], ...[...value.entries].map(([key, entry]) => [key, plain(entry.value)])]);
}

/** The first path at which two values differ, other than below one of those that may; undefined when there is none. */
export function differenceOf(
  before: PlainValue | undefined,
  after: PlainValue | undefined,
  allowed: readonly (readonly string[])[],
  path: readonly string[] = [],
): readonly string[] | undefined {
  if (before === after || allowed.some(one => one.length <= path.length && one.every((key, at) => key === path[at])))
    return undefined;
  if (isMapping(before) && isMapping(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const found = differenceOf(before[key], after[key], allowed, [...path, key]);
      if (found) return found;
    }
    return undefined;
  }
  if (isList(before) && isList(after) && before.length === after.length) {
    for (const [index, item] of before.entries()) {
      const found = differenceOf(item, after[index], allowed, [...path, String(index)]);
      if (found) return found;
    }
    return undefined;
  }
  return path;
}

const isList = (value: PlainValue | undefined): value is readonly PlainValue[] => Array.isArray(value);
const isMapping = (value: PlainValue | undefined): value is { readonly [key: string]: PlainValue } =>
  typeof value === 'object' && !Array.isArray(value);
