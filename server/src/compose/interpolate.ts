/** What variables are set to: of `.env`, as far as it is known. */
export type Variables = ReadonlyMap<string, string>;

/** A variable in a text. */
export interface VariableUse {
  readonly name: string;
  /** `-`, `:-`, `?`, `:?`, `+`, `:+`; empty for none. */
  readonly operator: string;
  /** After the operator, as written. */
  readonly argument: string;
  /** Offsets in the text that was filled in. */
  readonly start: number;
  readonly end: number;
}

export interface Interpolated {
  readonly text: string;
  /** False when a variable that nobody sets, and that has no default, decides what the text is. */
  readonly isKnown: boolean;
}

const NAME = /[_a-z][_a-z0-9]*/iy;
const OPERATOR = /:?[-?+]/y;

/** The variables of a text, outermost only; `$$` is a dollar sign. */
export function variablesIn(text: string): readonly VariableUse[] {
  const found: VariableUse[] = [];
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at)) {
    if (text[at + 1] === '$') {
      at += 2;
      continue;
    }
    const use = variableAt(text, at);
    if (use) found.push(use);
    at = use ? use.end : at + 1;
  }
  return found;
}

/** Dollar signs that begin no variable and are not doubled: Compose refuses them. */
export function strayDollars(text: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at)) {
    const use = text[at + 1] === '$' ? undefined : variableAt(text, at);
    if (!use && text[at + 1] !== '$') found.push(at);
    at = use ? use.end : at + (text[at + 1] === '$' ? 2 : 1);
  }
  return found;
}

function variableAt(text: string, start: number): VariableUse | undefined {
  const isBraced = text[start + 1] === '{';
  NAME.lastIndex = start + (isBraced ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  let at = start + (isBraced ? 2 : 1) + name.length;
  if (!isBraced) return { name, operator: '', argument: '', start, end: at };
  OPERATOR.lastIndex = at;
  const operator = OPERATOR.exec(text)?.[0] ?? '';
  at += operator.length;
  const end = closingBrace(text, at);
  if (end === undefined || (operator === '' && end !== at)) return undefined;
  return { name, operator, argument: text.slice(at, end), start, end: end + 1 };
}

/** The brace that ends a variable whose default may hold others. */
function closingBrace(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '{') depth++;
    if (text[at] !== '}') continue;
    if (depth === 0) return at;
    depth--;
  }
  return undefined;
}

/** Fills variables in, as Compose does. */
export function interpolate(text: string, variables: Variables): Interpolated {
  if (!text.includes('$')) return { text, isKnown: true };
  let result = '';
  let isKnown = true;
  let at = 0;
  const plain = (piece: string): string => piece.replaceAll('$$', '$');
  for (const use of variablesIn(text)) {
    const value = valueOf(use, variables);
    result += plain(text.slice(at, use.start)) + value.text;
    isKnown &&= value.isKnown;
    at = use.end;
  }
  return { text: result + plain(text.slice(at)), isKnown };
}

function valueOf({ name, operator, argument }: VariableUse, variables: Variables): Interpolated {
  const value = variables.get(name);
  const isThere = value !== undefined && !(operator.startsWith(':') && value === '');
  switch (operator.at(-1)) {
    case '-':
      return isThere ? { text: value, isKnown: true } : interpolate(argument, variables);
    case '+':
      return isThere ? interpolate(argument, variables) : { text: '', isKnown: value !== undefined };
    default:
      return { text: value ?? '', isKnown: value !== undefined };
  }
}
