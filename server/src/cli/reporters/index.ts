import type { Finding } from '../../profiles/types.js';
import { checkstyleReporter } from './checkstyle.js';
import { codeclimateReporter } from './codeclimate.js';
import type { FormatName } from './formats.js';
import { githubReporter } from './github.js';
import { jsonFile, jsonReporter } from './json.js';
import { junitReporter } from './junit.js';
import { markdownReporter } from './markdown.js';
import { rdjsonReporter } from './rdjson.js';
import type { FileReport, Reporter } from './report.js';
import { sarifReporter } from './sarif.js';
import { sonarqubeReporter } from './sonarqube.js';
import { textReporter } from './text.js';

export const REPORTERS: Readonly<Record<FormatName, Reporter>> = {
  text: textReporter,
  json: jsonReporter,
  sarif: sarifReporter,
  github: githubReporter,
  checkstyle: checkstyleReporter,
  codeclimate: codeclimateReporter,
  junit: junitReporter,
  markdown: markdownReporter,
  rdjson: rdjsonReporter,
  sonarqube: sonarqubeReporter,
};

/** Formats that say of each file what does not depend on the others. */
const BY_FILE = { json: jsonFile } satisfies Partial<Record<FormatName, (file: FileReport) => string>>;
export type FileFormat = keyof typeof BY_FILE;

export const isFileFormat = (format: FormatName | undefined): format is FileFormat =>
  format !== undefined && Object.hasOwn(BY_FILE, format);

/** The part of a report about one file that could be read. */
export const fileReport = (format: FileFormat, path: string, text: string, findings: readonly Finding[]): string =>
  BY_FILE[format]({ path, error: null, text, findings });
