/** The simple command around an offset of a script, as far as quotes and separators tell. */
export interface CommandAround {
  /** From its first word to the offset. */
  readonly before: string;
  /** What follows the command: `| tee x`, `> file`, up to the next separator of commands. */
  readonly after: string;
  /** Its program, without `sudo`, assignments and keywords. */
  readonly name: string;
}

const SEPARATORS = new Set([';', '&', '|', '\n', '(', ')', '`']);
const IN_FRONT =
  /^(?:\s|(?:if|then|else|elif|do|while|until|time|!|\{|sudo|exec|command|env|xargs)\s|[A-Za-z_]\w*=(?:'[^']*'|"[^"]*"|[^\s'"])*\s)*/;

export function commandAround(script: string, at: number): CommandAround {
  const start = lastSeparator(script, at);
  const before = script.slice(start, at).replace(IN_FRONT, '');
  const name = /^[^\s;&|<>]*/.exec(before)?.[0] ?? '';
  return { before, after: script.slice(at), name: name.slice(name.lastIndexOf('/') + 1) };
}

/** Where the command begins: after the last separator that no quote hides. */
function lastSeparator(script: string, at: number): number {
  let start = 0;
  let quote = '';
  for (let index = 0; index < at; index++) {
    const char = script[index] ?? '';
    if (char === '\\' && quote !== "'") index++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (SEPARATORS.has(char)) start = index + 1;
  }
  return start;
}

/** Whether what a command prints goes into a file: its own, that of the group around it, or that of `tee`. */
export function goesIntoFile(after: string): boolean {
  const rest = after.replace(/'[^']*'|"(?:[^"\\]|\\.)*"/g, '""');
  const command = /^[^;&|\n]*(?:\|\s*[^;&|\n]*)*/.exec(rest)?.[0] ?? '';
  if (/(?<![\d&])>>?\s*[^&\s]/.test(command) || /\|\s*(?:sudo\s+)?tee\s/.test(command)) return true;
  // `{ echo a; echo b; } >file`
  return /^(?:[^{}]*;)?\s*\}\s*(?:>|\|\s*(?:sudo\s+)?tee\s)/.test(rest);
}
