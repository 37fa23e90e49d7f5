import type { Instruction } from './instruction.js';

/** Whether the file ends before the instruction does: what is put below it would become a part of it. */
export function isOpen({ text, escape, heredocs }: Instruction): boolean {
  if (heredocs.some(heredoc => !heredoc.terminated)) return true;
  // Comments and empty lines do not end a continuation.
  const last = text.split('\n').findLast(line => !/^\s*(?:#|$)/.test(line)) ?? '';
  return last.trimEnd().endsWith(escape);
}
