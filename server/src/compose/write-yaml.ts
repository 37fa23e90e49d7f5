/** What a fix writes. */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };

interface Layout {
  /** How far a list is indented below its key. */
  readonly list: string;
  readonly mapping: string;
}

/** Lines of a block mapping. */
export function inBlock(value: { readonly [key: string]: Yaml }, indent: string, layout: Layout): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const head = `${indent}${key}:`;
    if (isList(inner)) {
      if (inner.length === 0) return [`${head} []`];
      return [head, ...inner.map(item => `${indent}${layout.list}- ${inFlow(item)}`)];
    }
    if (!isMapping(inner) || Object.keys(inner).length === 0) return [`${head} ${inFlow(inner)}`];
    return [head, ...inBlock(inner, indent + layout.mapping, layout)];
  });
}

const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value);
const isMapping = (value: Yaml): value is { readonly [key: string]: Yaml } =>
  typeof value === 'object' && !Array.isArray(value);

/** In one line. */
export function inFlow(value: Yaml): string {
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value);
  if (isList(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (!isMapping(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${inFlow(inner)}`)
    .join(', ')}}`;
}

/** Whether a text needs no quotes, in a list of flow style either, and is read as text. */
const isPlain = (text: string): boolean => /^\d+(?:[kmg]b?|s)$|^\d+(?:\.\d+){3}$/.test(text) || isPlainWord(text);

const isPlainWord = (text: string): boolean =>
  /^[A-Za-z/.$][\w./:$=@+-]*(?: [\w./:$=@+-]+)*$/.test(text) &&
  !/^(?:true|false|yes|no|on|off|null|y|n|~|\.inf|\.nan)$/i.test(text) &&
  !/:(?:\s|$)|\s#/.test(text) &&
  !/^\.?\d/.test(text);
