import { closest } from '../../text/closest.js';
import { BOOLEAN } from './boolean.js';
import { type Field, fieldsOf } from './fields.js';
import type { ValueProblem } from './value-problem.js';

export const MOUNT_TYPES = ['bind', 'cache', 'secret', 'ssh', 'tmpfs'];
export const MOUNT_SHARING = ['shared', 'private', 'locked'];
/** Other names of keys (instructions/commands_runmount.go, parseMount). */
const SAME: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
  rw: 'readwrite',
};
const KEYS =
  'type from source target readonly readwrite required size id sharing mode uid gid env src dst destination ro rw'.split(
    ' ',
  );
/** Keys that may be without a value. */
const SWITCHES = new Set(['readonly', 'readwrite', 'required']);
/** What Docker's users write for keys of the same meaning elsewhere. */
const MEANT: Readonly<Record<string, string>> = { dest: 'dst', shared: 'sharing', path: 'target' };
/** Types of mount that a key belongs to, where it is not for all. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  required: ['secret', 'ssh'],
  size: ['tmpfs'],
  mode: ['secret', 'ssh', 'cache'],
  uid: ['secret', 'ssh', 'cache'],
  gid: ['secret', 'ssh', 'cache'],
  sharing: ['cache'],
};

/** Keys that a type of mount has a use for, in the order in which they are mostly written. */
const USEFUL: Readonly<Record<string, readonly string[]>> = {
  bind: ['source', 'target', 'from', 'readwrite'],
  cache: ['target', 'sharing', 'id', 'from', 'source', 'uid', 'gid', 'mode', 'readonly'],
  secret: ['id', 'target', 'env', 'required', 'uid', 'gid', 'mode'],
  ssh: ['id', 'target', 'required', 'uid', 'gid', 'mode'],
  tmpfs: ['target', 'size'],
};

/** The keys to offer for a mount of this type; of any type where none is given. */
export const mountKeys = (type: string | undefined): readonly string[] =>
  type === undefined ? ['type', ...(USEFUL['bind'] ?? [])] : (USEFUL[type] ?? []);

/** Whether a key may stand without a value. */
export const isMountSwitch = (key: string): boolean => SWITCHES.has(key);

/** Go's units.RAMInBytes. */
const SIZE = /^\+?(?:\d+\.?\d*|\.\d+) ?(?:[kmgtp]i?b?|b)?$/i;
const below32Bits = (digits: RegExp, radix: number) => (value: string) =>
  digits.test(value) && Number.parseInt(value, radix) < 2 ** 32;
const isMode = below32Bits(/^[0-7]+$/, 8);
const isId = below32Bits(/^\d+$/, 10);

/** What a value stands for when the build reads it; undefined when the file does not say. */
export type Expander = (text: string) => string | undefined;

interface Read {
  readonly field: Field;
  readonly key: string;
  /** Undefined for a key without a value, and for a value that is not known. */
  readonly value: string | undefined;
  readonly isKnown: boolean;
  readonly valueAt: { readonly start: number; readonly end: number };
}

function read(field: Field, expand: Expander): Read {
  const equals = field.text.indexOf('=');
  const typed = (equals < 0 ? field.text : field.text.slice(0, equals)).toLowerCase();
  const value = equals < 0 ? undefined : expand(field.text.slice(equals + 1));
  const isPlain = field.end - field.start === field.text.length;
  const start = isPlain && equals >= 0 ? field.start + equals + 1 : field.start;
  return {
    field,
    key: SAME[typed] ?? typed,
    value,
    isKnown: equals < 0 || value !== undefined,
    valueAt: { start, end: field.end },
  };
}

/**
 * What BuildKit refuses about one RUN --mount (instructions/commands_runmount.go, dockerfile2llb/convert_runmount.go).
 * `workdir` is the folder that a relative target is in; undefined when it is not known.
 */
export function mountProblem(value: string, expand: Expander, workdir: string | undefined): ValueProblem | undefined {
  const fields = fieldsOf(value);
  if (!fields)
    return { message: 'The fields of --mount are separated by commas, as in type=cache,target=/root/.cache.' };
  const all = fields.map(field => read(field, expand));
  for (const one of all) {
    const problem = fieldProblem(one);
    if (problem) return problem;
  }
  const last = (key: string): Read | undefined => all.findLast(one => one.key === key);
  const typeOf = (fields: readonly Read[]): string | undefined => {
    const found = fields.findLast(one => one.key === 'type');
    return found ? found.value?.toLowerCase() : 'bind';
  };
  const type = typeOf(all);
  if (type === undefined) return undefined;
  for (const [index, one] of all.entries()) {
    // BuildKit reads these two at once: the type has to come before them.
    const isReadAtOnce = one.key === 'required' || one.key === 'size';
    const typeHere = isReadAtOnce ? typeOf(all.slice(0, index)) : type;
    const types = ONLY[one.key];
    if (!types || typeHere === undefined || types.includes(typeHere)) continue;
    return {
      message: types.includes(type)
        ? `Write type=${type} before ${one.key}: BuildKit reads the fields in order.`
        : `A ${type} mount takes no ${one.key}. Remove it, or use type=${types[0]}.`,
      at: one.field,
    };
  }
  const given = (key: string): Read | undefined => {
    const one = last(key);
    return one && one.value !== '' ? one : undefined;
  };
  const source = given('source');
  if (type === 'secret') {
    const from = given('from');
    if (from) return { message: 'A secret mount takes no from. Remove it.', at: from.field };
    const id = given('id');
    if (!source && !id && !given('target'))
      return { message: 'A secret mount needs an id. Write type=secret,id=NAME.' };
    if (source && id && source.isKnown && id.isKnown)
      return { message: 'A secret mount takes either id or source. Remove one of them.', at: source.field };
    return undefined;
  }
  if (type === 'ssh') {
    return source?.isKnown
      ? { message: 'An ssh mount takes no source. Use id to name the key.', at: source.field }
      : undefined;
  }
  return targetProblem(last('target'), workdir);
}

function fieldProblem({ field, key, value, isKnown, valueAt }: Read): ValueProblem | undefined {
  if (!KEYS.includes(key)) {
    const near = MEANT[key] ?? closest(key, KEYS);
    const at = { start: field.start, end: field.start + key.length };
    return {
      message: near ? `--mount has no key “${key}”. Did you mean ${near}?` : `--mount has no key “${key}”. Remove it.`,
      at,
      ...(near && field.end - field.start === field.text.length ? { replacement: near } : {}),
    };
  }
  if (!field.text.includes('=')) {
    return SWITCHES.has(key)
      ? undefined
      : { message: `“${field.text}” needs a value. Write ${field.text}=….`, at: field };
  }
  if (key === 'from') {
    const from = field.text.slice(field.text.indexOf('=') + 1);
    const dollar = from.indexOf('$');
    return dollar >= 0 && dollar !== from.length - 1
      ? {
          message: 'from takes no variables. Define a stage with FROM and name that stage here.',
          at: valueAt,
        }
      : undefined;
  }
  if (!isKnown || value === undefined) return undefined;
  const choice = (allowed: readonly string[], what: string): ValueProblem | undefined => {
    if (allowed.includes(value.toLowerCase())) return undefined;
    const near = closest(value.toLowerCase(), allowed);
    return {
      message: `“${value}” is not a ${what}. Use ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}.`,
      at: valueAt,
      ...(near ? { replacement: near } : {}),
    };
  };
  const refuse = (isValid: boolean, right: string): ValueProblem | undefined =>
    isValid ? undefined : { message: `“${value}” is not a value for ${key}. Use ${right}.`, at: valueAt };
  switch (key) {
    case 'type':
      return choice(MOUNT_TYPES, 'type of mount');
    case 'sharing':
      return choice(MOUNT_SHARING, 'way of sharing');
    case 'readonly':
    case 'readwrite':
    case 'required':
      return refuse(BOOLEAN.test(value), 'true or false');
    case 'size':
      return refuse(SIZE.test(value), 'a size such as 64m');
    case 'mode':
      return refuse(isMode(value), 'octal digits such as 0755');
    case 'uid':
    case 'gid':
      return refuse(isId(value), 'a numeric id: names are not looked up here');
    default:
      return undefined;
  }
}

function targetProblem(target: Read | undefined, workdir: string | undefined): ValueProblem | undefined {
  if (target && !target.isKnown) return undefined;
  const path = target?.value ?? '';
  // Only a relative path is cleaned.
  if (path.startsWith('/') ? path !== '/' : workdir === undefined || !isRoot(`${workdir}/${path}`)) return undefined;
  return target
    ? { message: 'A mount cannot have “/” as its target. Name a folder below it.', at: target.field }
    : { message: 'This mount has no target. Add target= with the folder to mount on.' };
}

/** Whether a path leads to `/` once `.` and `..` are resolved (path.Clean). */
function isRoot(path: string): boolean {
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth = Math.max(depth - 1, 0);
    else if (part !== '' && part !== '.') depth++;
  }
  return depth === 0;
}
