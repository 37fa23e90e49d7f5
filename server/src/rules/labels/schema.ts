import deprecated from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import licences from 'spdx-license-ids/index.json' with { type: 'json' };
import { type Instruction, lex, type Pair, type Placed, perInstruction } from '../../dockerfile/index.js';
import type { RuleContext } from '../rule.js';

/** A label with quotes resolved; variables stay as they are written. */
export interface Label {
  readonly pair: Pair;
  readonly key: string;
  readonly value: string;
  /** Holds variables, so the value is not known here. */
  readonly open: boolean;
}

export const labelsOf = perInstruction((instruction): readonly Label[] =>
  instruction.keyword !== 'LABEL' ? [] : instruction.pairs.map(pair => read(instruction, pair)),
);

export const hasLabel = (instructions: readonly Placed[], key: string): boolean =>
  instructions.some(({ instruction }) => labelsOf(instruction).some(label => label.key === key));

function read({ escape }: Instruction, pair: Pair): Label {
  const key = lex(pair.key, { escape, keepUnset: true });
  const value = lex(pair.value ?? '', { escape, keepUnset: true });
  return { pair, key: key.value, value: value.value, open: key.variables.length + value.variables.length > 0 };
}

/** The labels that configuration asks for, with the types of their values. */
export function schemaOf({ options }: RuleContext): ReadonlyMap<string, string> {
  const { labelSchema } = options;
  if (typeof labelSchema !== 'object' || labelSchema === null) return new Map();
  return new Map(Object.entries(labelSchema).map(([key, type]) => [key, String(type).toLowerCase()]));
}

interface LabelType {
  readonly code: string;
  readonly wanted: string;
  readonly accepts: (value: string) => boolean;
}

const identifiers = new Set([...licences, ...deprecated]);

const NUMBER = '(?:0|[1-9]\\d*)';
const PRE = `(?:${NUMBER}|\\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const SEMVER = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-${PRE}(?:\\.${PRE})*)?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$`,
);
const RFC3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const ATOM = "[\\w!#$%&'*+/=?^`{|}~-]+";
const EMAIL = new RegExp(
  `^(?:${ATOM}(?:\\.${ATOM})*|"[^"\\r\\n]+")@(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[^\\]]+\\])$`,
);
const URI = /^[a-zA-Z][a-zA-Z0-9+.-]*:(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-fA-F]{2})+$/;

/** What the types of a label schema ask of a value. `text` takes anything. */
export const LABEL_TYPES: ReadonlyMap<string, LabelType> = new Map([
  ['url', { code: 'DL3052', wanted: 'a URL', accepts: (value: string) => URI.test(value) }],
  [
    'rfc3339',
    {
      code: 'DL3053',
      wanted: 'a time as in RFC 3339, such as 2026-01-31T12:00:00Z',
      accepts: (value: string) => RFC3339.test(value),
    },
  ],
  [
    'spdx',
    {
      code: 'DL3054',
      wanted: 'an SPDX licence identifier, such as MIT',
      accepts: (value: string) => identifiers.has(value),
    },
  ],
  [
    'hash',
    {
      code: 'DL3055',
      wanted: 'a Git commit of 7 or 40 hexadecimal digits',
      accepts: (value: string) => /^(?:[0-9a-f]{7}|[0-9a-f]{40})$/.test(value),
    },
  ],
  [
    'semver',
    { code: 'DL3056', wanted: 'a semantic version, such as 1.2.3', accepts: (value: string) => SEMVER.test(value) },
  ],
  ['email', { code: 'DL3058', wanted: 'an e-mail address', accepts: (value: string) => EMAIL.test(value) }],
]);
