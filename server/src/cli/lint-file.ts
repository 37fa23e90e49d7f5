import { join, sep } from 'node:path';
import { isComposeFile } from '../compose/index.js';
import { analyse, lintAnalysis } from '../engine/lint.js';
import { withFixes } from '../engine/template-rules.js';
import { fixable, fixTextWith } from '../fixes/index.js';
import { optionsByName } from '../profiles/by-name.js';
import type { Finding, LintOptions } from '../profiles/types.js';
import type { Severity } from '../rules/rule.js';
import { SEVERITIES } from '../standards/severity.js';
import { lintComposeFile } from './compose-file.js';
import { type ContextChoice, type ContextReader, contextReader } from './context.js';
import { type FixLevel, fixedBy, saveFixed } from './fix-file.js';
import type { Input } from './inputs.js';
import { messageOf } from './io.js';
import { forFile, type Settled } from './load-config.js';
import { type ReadText, readTextFile } from './read-text.js';
import { type FileFormat, fileReport } from './reporters/index.js';
import { askShellcheck, type Shellcheck, skippedNotes, withAnswers } from './shellchecked.js';

/** Something to lint; can be sent to another thread. */
export type FileTask = Pick<Input, 'path' | 'kind' | 'folder' | 'name'>;

/** What counts for a file; can be sent to another thread. */
export type FileSettings = Pick<Settled, 'options' | 'output' | 'shellcheck' | 'source' | 'variants'>;

/** What is found in one text; can be sent to another thread. */
export interface LintedText {
  /** The text that the findings are about; empty where nobody asks for it. */
  readonly text: string;
  /** None where `report` says them. */
  readonly findings: readonly Finding[];
  /** The file's part of the report, where its format is written file by file. */
  readonly report: string | undefined;
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
  /** The findings are those that hadolint shows too: of ShellCheck's comments on an instruction only the last. */
  readonly isLikeHadolint: boolean;
  /** Whether ShellCheck looks at scripts, and whether what it says is kept for the next run. */
  readonly scripts: 'unchecked' | 'checked' | 'kept';
}

/** What a thread has for all of its files. */
export interface OfThread {
  readonly contexts: ContextReader;
  readonly shellcheck: Shellcheck | undefined;
}

export const ofThread = ({ place }: LintMode, shellcheck: Shellcheck | undefined): OfThread => ({
  contexts: contextReader(place),
  shellcheck,
});

/** Not by `join`, which looks at each character of a path that is in order already. */
export const readTask = ({ folder, name }: FileTask): ReadText => readTextFile(folder + sep + name);

/** Lints a file that was read: fixes it first where that is asked for. */
export async function lintFile(
  task: FileTask,
  read: ReadText,
  ofFolder: FileSettings,
  thread: OfThread,
  { fix, write, format, isLikeHadolint }: LintMode,
): Promise<FileResult> {
  if ('error' in read) return read;
  const { path, kind, folder, name } = task;
  const settings = forFile(ofFolder, join(folder, name));
  // Of a file it is said, and the file left as it is; a text that goes to standard output could not be left out.
  if (kind === 'stdin' && fix && !read.isUtf8) return { error: 'It is not valid UTF-8, so it cannot be fixed.' };
  if (isComposeFile(name, read.text)) return lintComposeFile(task, read, settings.options, { fix, write, format });
  const context = await withContext(settings.options, thread.contexts, folder, name, read.text);
  const inContext = withName(context, join(folder, name));
  const check = (text: string, onError?: OnRuleError): Promise<Checked> =>
    checkText(text, inContext, settings, thread, onError);
  let fixed = fixedBy(name, read, inContext, fix);
  if (fixed && fixed.refusal === undefined && fix === 'review' && thread.shellcheck) {
    // After the rules' own fixes, for what those change ShellCheck has to read again.
    const batch = await fixTextWith(fixed.text, async text => fixable((await check(text)).result), fix);
    fixed = { text: batch.text, applied: fixed.applied + batch.applied.length };
  }
  const unsaved = write && fixed && kind === 'file' ? saveFixed({ folder, name }, read.text, fixed.text) : undefined;
  if (unsaved !== undefined) return { error: unsaved };
  const text = fixed && write ? fixed.text : read.text;
  const notes: string[] = [];
  if (fixed?.refusal !== undefined) notes.push(`dockwright: ${path} ${fixed.refusal}\n`);
  else if (!read.isUtf8) notes.push(`dockwright: ${path} is not valid UTF-8: what is not was read as “\uFFFD”.\n`);
  const { result, counting, skipped } = await check(text, (rule, error) =>
    notes.push(`dockwright: rule ${rule} failed on ${path} and was skipped: ${messageOf(error)}\n`),
  );
  notes.push(...skippedNotes(path, text, skipped));
  const { findings } = isLikeHadolint ? counting : result;
  // Nothing in it holds on to what the findings were made of, which is the whole file taken apart.
  return {
    text: format && !fixed ? '' : text,
    fixed: fixed?.text,
    applied: fixed?.applied ?? 0,
    notes,
    worst: SEVERITIES.find(severity => counting.findings.some(finding => finding.severity === severity)),
    findings: format ? [] : findings.map(plain),
    report: format && fileReport(format, path, text, findings),
  };
}

type OnRuleError = (rule: string, error: unknown) => void;
type Checked = Awaited<ReturnType<typeof withAnswers>>;

/** Lints a text by the rules, while ShellCheck looks at its scripts. */
function checkText(
  text: string,
  options: LintOptions,
  settings: FileSettings,
  { shellcheck }: OfThread,
  onError?: OnRuleError,
): Promise<Checked> {
  const analysis = analyse(text, options);
  const asked = askShellcheck(analysis.facts, options, settings.shellcheck.enable ? shellcheck : undefined);
  return withAnswers(lintAnalysis(analysis, options, onError), asked, options, settings.shellcheck);
}

const plain = (finding: Finding): Finding => withFixes(finding, finding.fixes);

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

/** The options, with what the file's name says. */
export function withName(options: LintOptions, path: string): LintOptions {
  const named = optionsByName(path);
  return Object.keys(named).length > 0 ? { ...options, ...named } : options;
}
