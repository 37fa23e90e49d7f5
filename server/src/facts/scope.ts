import { type Instruction, lex } from '../dockerfile/index.js';

/** A variable in force. `value` is undefined for `ARG name` without a default: only the build decides it. */
export interface Variable {
  readonly name: string;
  readonly value: string | undefined;
  /** `argument`: `--build-arg` may replace the value. */
  readonly kind: 'env' | 'argument' | 'predefined';
}

/** ENV and ARG in force at one point. Immutable; each step adds to the one before. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly own: ReadonlyMap<string, Variable>;
}

export const EMPTY_SCOPE: Scope = { parent: undefined, own: new Map() };

export function find(scope: Scope, name: string): Variable | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.own.get(name);
    if (found) return found;
  }
  return undefined;
}

export function* variablesOf(scope: Scope): Generator<Variable> {
  const seen = new Set<string>();
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    for (const variable of at.own.values()) {
      if (seen.has(variable.name)) continue;
      seen.add(variable.name);
      yield variable;
    }
  }
}

export function extend(parent: Scope, variables: readonly Variable[]): Scope {
  const own = new Map<string, Variable>();
  for (const variable of variables) own.set(variable.name, variable);
  // Each scope is larger than all that was added to it, as the digits of a number are: there are few of them to look
  // through, and a variable is copied few times, however many there are.
  let below: Scope | undefined = parent;
  while (below && below.own.size <= own.size) {
    for (const [name, variable] of below.own) if (!own.has(name)) own.set(name, variable);
    below = below.parent;
  }
  return { parent: below, own };
}

/** What a text is after expansion: known, known unless the build passes other arguments, or not to be known from the file. */
export interface Expanded {
  readonly text: string;
  readonly certainty: 'known' | 'default' | 'unknown';
}

/** Expands `text` as BuildKit would with the variables in `scope`. */
export function expand(text: string, scope: Scope, escape: string): Expanded {
  if (!/[$'"\\`]/.test(text)) return { text, certainty: 'known' };
  const { value, certainty } = expandWith(text, scope, escape, false);
  return { text: value, certainty };
}

/** The words that a text falls into after expansion: a value outside quotes is split at its spaces. Only EXPOSE does so. */
export function expandWords(
  text: string,
  scope: Scope,
  escape: string,
): { readonly words: readonly string[]; readonly certainty: Expanded['certainty'] } {
  if (!/[$'"\\`]/.test(text)) return { words: text === '' ? [] : [text], certainty: 'known' };
  return expandWith(text, scope, escape, true);
}

function expandWith(text: string, scope: Scope, escape: string, splits: boolean) {
  let certainty: Expanded['certainty'] = 'known';
  const result = lex(text, {
    escape,
    keepUnset: true,
    words: splits,
    lookup: name => {
      const variable = find(scope, name);
      if (variable?.value === undefined) return undefined;
      if (variable.kind !== 'env' && certainty === 'known') certainty = 'default';
      return variable.value;
    },
  });
  if (result.error !== undefined || result.gaveUp) return { value: text, words: [text], certainty: 'unknown' as const };
  for (const use of result.variables) {
    if (find(scope, use.name)?.value !== undefined) continue;
    // `${x:-default}` is the default as far as the file can tell.
    if (use.modifier === ':-' || use.modifier === '-') certainty = certainty === 'unknown' ? certainty : 'default';
    else certainty = 'unknown';
  }
  if (certainty !== 'default' || !result.value.includes('$'))
    return { value: result.value, words: result.words, certainty };
  // Defaults of unset variables were kept as written: expand them with the variables set to nothing.
  const filled = lex(text, { escape, words: splits, lookup: name => find(scope, name)?.value });
  return { value: filled.value, words: filled.words, certainty };
}

/** ARG names that BuildKit sets without being asked, once declared (Dockerfile reference, "Automatic platform ARGs"). */
export const PLATFORM_ARGUMENTS = [
  'TARGETPLATFORM',
  'TARGETOS',
  'TARGETARCH',
  'TARGETVARIANT',
  'TARGETOSVERSION',
  'TARGETSTAGE',
  'BUILDPLATFORM',
  'BUILDOS',
  'BUILDARCH',
  'BUILDVARIANT',
  'BUILDOSVERSION',
] as const;

/** ARG names that need no declaration (Dockerfile reference, "Predefined ARGs"). */
export const PROXY_ARGUMENTS = [
  'HTTP_PROXY',
  'http_proxy',
  'HTTPS_PROXY',
  'https_proxy',
  'FTP_PROXY',
  'ftp_proxy',
  'NO_PROXY',
  'no_proxy',
  'ALL_PROXY',
  'all_proxy',
] as const;

/** The variables that one ENV or ARG adds. */
export function declared(instruction: Instruction, scope: Scope, globals: Scope | undefined): Variable[] {
  const { escape } = instruction;
  if (instruction.keyword === 'ENV') {
    // All values are expanded with what was in force before the instruction.
    return instruction.pairs.map(pair => {
      const value = expand(pair.value ?? '', scope, escape);
      return {
        name: expand(pair.key, scope, escape).text,
        value: value.certainty === 'unknown' ? undefined : value.text,
        kind: value.certainty === 'default' ? 'argument' : 'env',
      };
    });
  }
  const variables: Variable[] = [];
  let inner = scope;
  for (const pair of instruction.pairs) {
    const name = pair.key;
    const inherited = globals ? find(globals, name) : undefined;
    const before = find(scope, name);
    const value = pair.value === undefined ? inherited?.value : expand(pair.value, inner, escape);
    const text =
      typeof value === 'string' || value === undefined ? value : value.certainty === 'unknown' ? undefined : value.text;
    // ENV wins over a later ARG of the same name.
    const variable: Variable = before?.kind === 'env' ? before : { name, value: text, kind: 'argument' };
    variables.push(variable);
    if (instruction.pairs.length > 1) inner = extend(inner, [variable]);
  }
  return variables;
}
