import type { Span } from '../text/span.js';
import type { Node, Reader } from './config-yaml.js';
import { isKnownName, suggestName } from './rule-names.js';
import type { LabelType } from './types.js';

export const LABEL_TYPES: readonly LabelType[] = ['text', 'url', 'rfc3339', 'spdx', 'hash', 'semver', 'email'];

/** A list of ids and codes. Unknown ones are reported, and kept: another version may know them. */
export function ruleNames(node: Node, what: string, reader: Reader): string[] {
  return reader.texts(node, what).map(({ text, span }) => {
    checkName(text, span, reader);
    return text;
  });
}

export function checkName(name: string, span: Span, { report }: Reader): void {
  if (isKnownName(name)) return;
  const meant = suggestName(name);
  report(span, `There is no rule “${name}”${meant ? `; did you mean ${meant}?` : '.'}`);
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
