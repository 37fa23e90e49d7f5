import type { Finding } from '../../profiles/types.js';
import { checkstyleReporter } from './checkstyle.js';
import { codeclimateReporter } from './codeclimate.js';
import { githubReporter } from './github.js';
import { jsonFile, jsonReporter } from './json.js';
import { junitReporter } from './junit.js';
import { markdownReporter } from './markdown.js';
import type { FileReport, Reporter } from './report.js';
import { sarifReporter } from './sarif.js';
import { textReporter } from './text.js';

export const FORMATS = ['text', 'json', 'sarif', 'github', 'checkstyle', 'codeclimate', 'junit', 'markdown'] as const;
export type FormatName = (typeof FORMATS)[number];

export const REPORTERS: Readonly<Record<FormatName, Reporter>> = {
  text: textReporter,
  json: jsonReporter,
  sarif: sarifReporter,
  github: githubReporter,
  checkstyle: checkstyleReporter,
  codeclimate: codeclimateReporter,
  junit: junitReporter,
  markdown: markdownReporter,
};

/** Formats that say of each file what does not depend on the others. */
const BY_FILE = { json: jsonFile } satisfies Partial<Record<FormatName, (file: FileReport) => string>>;
export type FileFormat = keyof typeof BY_FILE;

export const isFileFormat = (format: FormatName | undefined): format is FileFormat =>
  format !== undefined && Object.hasOwn(BY_FILE, format);

/** The part of a report about one file that could be read. */
export const fileReport = (format: FileFormat, path: string, text: string, findings: readonly Finding[]): string =>
  BY_FILE[format]({ path, error: null, text, findings });

// hadolint's names for what we have too, for its configuration files.
const ALIASES: Readonly<Record<string, FormatName>> = { tty: 'text', gnu: 'text', gitlab_codeclimate: 'codeclimate' };

export const formatFor = (name: string): FormatName | undefined =>
  ALIASES[name] ?? FORMATS.find(format => format === name);
