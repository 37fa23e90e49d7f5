import { type FileReport, findingData, located, type Reporter } from './report.js';

/** Each finding on a line of its own: a report of many files is read by programs, by `grep` and in differences. */
export const jsonReporter: Reporter = files =>
  `{"version":1,"files":[\n${files.map(file => file.report ?? jsonFile(file)).join(',\n')}\n]}\n`;

export function jsonFile(file: FileReport): string {
  const { path, error } = file;
  const findings = located(file).map(({ finding, range }) => `\n ${JSON.stringify(findingData(finding, range))}`);
  return `{"path":${JSON.stringify(path)},"error":${JSON.stringify(error)},"findings":[${findings.join(',')}]}`;
}
