import { isForeignCode, unknownName } from '../../profiles/rule-names.js';
import { isSelector } from '../../profiles/selectors.js';
import type { LabelType } from '../../profiles/types.js';
import type { Span } from '../../text/span.js';
import type { Node, Reader } from './yaml.js';

export const LABEL_TYPES: readonly LabelType[] = ['text', 'url', 'rfc3339', 'spdx', 'hash', 'semver', 'email'];

/** A list of ids, codes and groups, as they are written. */
export function ruleNames(node: Node, what: string, reader: Reader, use: 'on' | 'off'): string[] {
  return reader.texts(node, what).map(({ text, span }) => {
    checkName(text, span, reader, use);
    return text;
  });
}

/** Reports a name that no rule has. To turn `off` what only another program checks is odd, and harmless. */
export function checkName(name: string, span: Span, { unknownName: unknown, warn }: Reader, use: 'on' | 'off'): void {
  const message = unknownName(name, isSelector);
  if (message !== undefined) (use === 'off' && isForeignCode(name) ? warn : unknown)(span, message);
}

export function labelSchema(node: Node, reader: Reader): Record<string, LabelType> {
  const schema: Record<string, LabelType> = {};
  for (const { key, value } of reader.entries(node, 'label-schema')) {
    // hadolint reads an empty type as text.
    const empty = value.kind === 'scalar' && (value.value === null || value.value === '');
    const type = empty ? 'text' : reader.choice(value, 'A label', LABEL_TYPES);
    if (type) schema[key] = type;
  }
  return schema;
}

/** A label as hadolint's flag and variable take it, `name:type`; without a type it is any text. Undefined: there is no such type. */
export function labelRequirement(text: string): { readonly name: string; readonly type: LabelType | undefined } {
  const colon = text.indexOf(':');
  const [name, type] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return { name, type: type === '' ? 'text' : LABEL_TYPES.find(one => one === type) };
}
