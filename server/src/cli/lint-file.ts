import { sep } from 'node:path';
import { keepRepeatedOnly } from '../dockerfile/index.js';
import { analyse, lintAnalysis } from '../engine/lint.js';
import type { Finding, LintOptions, LintResult } from '../engine/types.js';
import { SEVERITIES, type Severity } from '../rules/rule.js';
import { kindsByName } from '../templates/index.js';
import { type ContextChoice, type ContextReader, contextReader } from './context.js';
import { type FixedText, type FixLevel, fixedBy, saveFixed } from './fix-file.js';
import { messageOf } from './io.js';
import { type GoodText, type ReadText, readTextFile } from './read-text.js';
import { type FileFormat, fileReport } from './reporters/index.js';
import { type Utf8Writer, utf8Writer } from './utf8-writer.js';

/** A file to lint; can be sent to another thread. */
export interface FileTask {
  /** As it is shown. */
  readonly path: string;
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
}

/** What is found in one text; can be sent to another thread. */
export interface LintedText {
  /** The text that the findings are about; empty where nobody asks for it. */
  readonly text: string;
  /** None where `report` says them. */
  readonly findings: readonly Finding[];
  /** The file's part of the report, as UTF-8, where its format is written file by file. */
  readonly report: Uint8Array | undefined;
  /** The severity of the most severe finding that the exit status depends on. */
  readonly worst: Severity | undefined;
  /** The text after fixing, when that was asked for. */
  readonly fixed: string | undefined;
  /** How many fixes were applied. */
  readonly applied: number;
  /** Lines for standard error. */
  readonly notes: readonly string[];
}

export type FileResult = LintedText | { readonly error: string };

/** How files are linted, apart from their options. */
export interface LintMode {
  readonly fix: FixLevel;
  /** Files are written, and the findings are those of the fixed text; else of the text as it is. */
  readonly write: boolean;
  /** The format of the report, where it is written file by file, each by the thread that lints the file. */
  readonly format: FileFormat | undefined;
  readonly place: ContextChoice;
}

/** What is known of a text that was linted, apart from its findings. */
export type Linted = Omit<LintedText, 'findings' | 'report' | 'worst'>;

/** Lints a text, or what fixing made of it. */
export function lintText(
  { text, isUtf8 }: GoodText,
  fixed: FixedText | undefined,
  path: string,
  options: LintOptions,
  write: boolean,
): { readonly linted: Linted; readonly result: LintResult } {
  const notes: string[] = [];
  if (fixed?.refusal !== undefined) notes.push(`dockwright: ${path} ${fixed.refusal}\n`);
  else if (!isUtf8) notes.push(`dockwright: ${path} is not valid UTF-8: what is not was read as “\uFFFD”.\n`);
  const shown = fixed && write ? fixed.text : text;
  const result = lintAnalysis(analyse(shown, options), options, (rule, error) =>
    notes.push(`dockwright: rule ${rule} failed on ${path} and was skipped: ${messageOf(error)}\n`),
  );
  const linted = { text: shown, fixed: fixed?.text, applied: fixed?.applied ?? 0, notes };
  return { linted, result };
}

/** What was linted with its findings: nothing in it holds on to what they were made of, which is the whole file taken apart. */
export function withFindings(
  linted: Linted,
  path: string,
  findings: readonly Finding[],
  format: FileFormat | undefined,
  reports: Utf8Writer,
  counting = findings,
): LintedText {
  const worst = SEVERITIES.find(severity => counting.some(finding => finding.severity === severity));
  const { text, fixed, applied, notes } = linted;
  // Not by `...linted`: V8 has no quick way to put another value in the place of one that was copied.
  return {
    text: format && fixed === undefined ? '' : text,
    fixed,
    applied,
    notes,
    worst,
    findings: format ? [] : findings.map(plain),
    report: format && reports.write(fileReport(format, path, text, findings)),
  };
}

const plain = ({ rule, codes, severity, message, span, at, fixes, tag }: Finding): Finding => ({
  rule,
  codes,
  severity,
  message,
  span,
  at,
  fixes,
  ...(tag ? { tag } : {}),
});

/** What a thread has for all of its files. */
export interface OfThread {
  readonly contexts: ContextReader;
  /** Its part of the report: the thread that puts reports together should not have to encode all of them. */
  readonly reports: Utf8Writer;
}

export const ofThread = ({ place }: LintMode): OfThread => ({ contexts: contextReader(place), reports: utf8Writer() });

/** Not by `join`, which looks at each character of a path that is in order already. */
export const readTask = ({ folder, name }: FileTask): ReadText => readTextFile(folder + sep + name);

/** Lints a file that was read. */
export async function lintFile(
  { path, folder, name }: FileTask,
  read: ReadText,
  options: LintOptions,
  { contexts, reports }: OfThread,
  { fix, write, format }: LintMode,
): Promise<FileResult> {
  if ('error' in read) return read;
  // A fix is checked by reading what it leaves as it was once more.
  if (!fix) keepRepeatedOnly();
  const inContext = withName(await withContext(options, contexts, folder, name, read.text), folder + sep + name);
  const fixed = fixedBy(name, read, inContext, fix);
  const unsaved = write && fixed ? saveFixed({ folder, name }, read.text, fixed.text) : undefined;
  if (unsaved !== undefined) return { error: unsaved };
  const { linted, result } = lintText(read, fixed, path, inContext, write);
  return withFindings(linted, path, result.findings, format, reports);
}

export async function withContext(
  options: LintOptions,
  contexts: ContextReader,
  folder: string,
  name: string,
  text: string,
): Promise<LintOptions> {
  const context = await contexts(folder, name, text);
  if (!context) return options;
  if (latest?.options !== options || latest.inContext.context !== context)
    latest = { options, inContext: { ...options, context } };
  return latest.inContext;
}

/** The files of a folder are linted one after the other: what follows from the options is worked out once for all. */
let latest: { readonly options: LintOptions; readonly inContext: LintOptions } | undefined;

/** The options, with the tags that the name of a template lets expect. */
export function withName(options: LintOptions, path: string): LintOptions {
  const tags = kindsByName(path);
  return tags ? { ...options, tags } : options;
}
