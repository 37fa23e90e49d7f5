import type { ShellDialect } from '../protocol.js';

/**
 * ShellCheck as a WebAssembly module: text in, JSON out. There are two such programs, port.ts and haskell.ts, which answer
 * alike: `{ comments: [{ code, level, message, line, column, endLine, endColumn, fix: { replacements } | null }] }`.
 */
export interface Program {
  /** The answer, or a promise of it. Fails when ShellCheck does; it must not be asked again then. */
  lint(script: string, shell: ShellDialect): unknown;
  /** Bytes, which are never given back. */
  memory(): number;
}

export const isFunction = (value: unknown): value is (...args: readonly unknown[]) => unknown =>
  typeof value === 'function';
