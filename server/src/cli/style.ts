import type { Io } from './io.js';

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const satisfies Record<string, readonly [number, number]>;

export type Style = keyof typeof CODES;

// node:util's styleText came with Node 20.12, and this has to run on every 20.
export function style(name: Style, text: string): string {
  const [on, off] = CODES[name];
  return `\u001B[${on}m${text}\u001B[${off}m`;
}

/** Whether to colour what goes to standard output: https://no-color.org, and FORCE_COLOR for those who pipe into a pager. */
export function wantsColor(io: Pick<Io, 'env' | 'isTerminal'>): boolean {
  if (io.env['NO_COLOR'] !== undefined && io.env['NO_COLOR'] !== '') return false;
  const forced = io.env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return io.isTerminal && io.env['TERM'] !== 'dumb';
}
