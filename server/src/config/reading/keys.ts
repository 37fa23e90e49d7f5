import type { Config } from './config.js';
import type { Schema } from './schema.js';
import { type ConfigProblem, type Node, type Reader, reader } from './yaml.js';

/** What a file says. */
export type Said = Omit<Config, 'problems'>;

/** One key of a configuration file. */
export interface Key {
  /** What it is for, and its values: for the docs, and for completion in editors. */
  readonly schema: Schema;
  /** How others write it. */
  readonly also?: readonly string[];
  /** What its value says; problems go to the reader. */
  read(value: Node, name: string, reader: Reader): Partial<Said>;
}

export type Keys = Readonly<Record<string, Key>>;

export const NOTHING_SAID: Said = { options: {}, output: {}, shellcheck: {} };

/** Reads a file by the table of its keys. Of two keys that say the same, the later of the table has the last word. */
export function readKeys(root: Node, what: string, keys: Keys, problems: ConfigProblem[]): Said {
  const read = reader(problems);
  const entries = read.entries(root, what);
  const names = Object.entries(keys).map(([name, key]) => ({ key, spellings: [name, ...(key.also ?? [])] }));
  let said = NOTHING_SAID;
  for (const { key, spellings } of names)
    for (const entry of entries)
      if (spellings.includes(entry.key)) said = together(said, key.read(entry.value, entry.key, read));
  const known = new Set(names.flatMap(({ spellings }) => spellings));
  for (const entry of entries) if (!known.has(entry.key)) read.unknownKey(entry, toChoose(keys));
  problems.sort((a, b) => a.span.start - b.span.start);
  return said;
}

/** The names for people to choose from; `$schema` is for editors. */
const toChoose = (keys: Keys): string[] => Object.keys(keys).filter(name => !name.startsWith('$'));

const together = (before: Said, { options, output, shellcheck, ...rest }: Partial<Said>): Said => ({
  ...before,
  ...rest,
  options: { ...before.options, ...options },
  output: {
    ...before.output,
    ...output,
    ...(output?.formats ? { formats: [...(before.output.formats ?? []), ...output.formats] } : {}),
  },
  shellcheck: { ...before.shellcheck, ...shellcheck },
});

export const flagKey = (schema: Schema, said: (on: boolean) => Partial<Said>, also?: readonly string[]): Key => ({
  schema,
  ...(also ? { also } : {}),
  read: (value, name, read) => said(read.flag(value, name) ?? false),
});
