/** Blank lines and comments at the top: a shebang must stay the first line, and directives there hold for the whole script. */
const PREAMBLE = /^(?:[ \t]*(?:#[^\n]*)?\n|[ \t]*\r\n)*/;

/** A script with one line added: what is before `at` is where it was, the rest is `length` further on. */
export interface AssignedScript {
  readonly script: string;
  readonly at: number;
  readonly length: number;
}

/**
 * Marks variables as set, for ENV and ARG reach a RUN through its environment. Like hadolint it assigns them a plain word,
 * so that ShellCheck neither misses the assignment nor fears that the value holds spaces. `names` are of the kind that a
 * shell can assign; see `relevantNames`.
 */
export function withAssigned(script: string, names: readonly string[]): AssignedScript {
  const at = PREAMBLE.exec(script)?.[0].length ?? 0;
  if (names.length === 0 || at === script.length) return { script, at, length: 0 };
  const line = `export ${names.map(name => `${name}=1`).join(' ')}\n`;
  return { script: script.slice(0, at) + line + script.slice(at), at, length: line.length };
}

/** The offset before the line was added; undefined within that line. */
export function originalOffset({ at, length }: AssignedScript, offset: number): number | undefined {
  if (offset < at) return offset;
  return offset >= at + length ? offset - length : undefined;
}
