import { join } from 'node:path';
import { lint } from '../engine/lint.js';
import type { Finding, LintOptions, LintResult } from '../engine/types.js';
import { fixText } from '../fixes/index.js';
import type { ContextReader } from './context.js';
import { messageOf } from './io.js';
import { type ReadText, readTextFile } from './read-text.js';

/** A file to lint; can be sent to another thread. */
export interface FileTask {
  /** As it is shown. */
  readonly path: string;
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
}

export type FixLevel = 'safe' | 'review' | undefined;

/** What is found in one text; can be sent to another thread. */
export interface LintedText {
  /** The text that the findings are about. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The text after fixing, when that was asked for. */
  readonly fixed: string | undefined;
  /** Fixing changed something. */
  readonly changed: boolean;
  /** How many fixes were applied. */
  readonly applied: number;
  /** Lines for standard error. */
  readonly notes: readonly string[];
}

export type FileResult = LintedText | { readonly error: string };

/** How files are linted, apart from their options. */
export interface LintMode {
  readonly fix: FixLevel;
  /** The findings are those of the fixed text; else of the text as it is. */
  readonly write: boolean;
}

/** A text after fixing, and how many fixes were applied. */
export interface FixedText {
  readonly text: string;
  readonly applied: number;
}

export function fixedBy(text: string, options: LintOptions, fix: FixLevel): FixedText | undefined {
  if (!fix) return undefined;
  const batch = fixText(text, options, fix);
  return { text: batch.text, applied: batch.applied.length };
}

/** Lints a text, or what fixing made of it. */
export function lintText(
  text: string,
  fixed: FixedText | undefined,
  path: string,
  options: LintOptions,
  write: boolean,
): { readonly linted: LintedText; readonly result: LintResult } {
  const notes: string[] = [];
  const shown = fixed && write ? fixed.text : text;
  const result = lint(shown, options, (rule, error) =>
    notes.push(`dockwright: rule ${rule} failed on ${path} and was skipped: ${messageOf(error)}\n`),
  );
  const { findings } = result;
  const changed = fixed !== undefined && fixed.text !== text;
  const linted = { text: shown, findings, fixed: fixed?.text, changed, applied: fixed?.applied ?? 0, notes };
  return { linted, result };
}

/** Reads and lints a file. */
export async function lintFile(
  { path, folder, name }: FileTask,
  options: LintOptions,
  contexts: ContextReader,
  { fix, write }: LintMode,
): Promise<FileResult> {
  const read: ReadText = readTextFile(join(folder, name));
  if ('error' in read) return read;
  const inContext = await withContext(options, contexts, folder, name);
  return lintText(read.text, fixedBy(read.text, inContext, fix), path, inContext, write).linted;
}

export async function withContext(
  options: LintOptions,
  contexts: ContextReader,
  folder: string,
  name: string,
): Promise<LintOptions> {
  const context = await contexts(folder, name);
  return context ? { ...options, context } : options;
}
