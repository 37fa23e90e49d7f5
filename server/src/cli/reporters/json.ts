import { type FileReport, findingJson, located, type Reporter } from './report.js';

/** Each finding on a line of its own: a report of many files is read by programs, by `grep` and in differences. */
export const jsonReporter: Reporter = files => {
  const parts: Uint8Array[] = [BEGIN];
  for (const [index, file] of files.entries()) {
    if (index > 0) parts.push(BETWEEN);
    parts.push(file.report ?? Buffer.from(jsonFile(file)));
  }
  parts.push(END);
  return Buffer.concat(parts);
};

const BEGIN = Buffer.from('{"version":1,"files":[\n');
const BETWEEN = Buffer.from(',\n');
const END = Buffer.from('\n]}\n');

export function jsonFile(file: FileReport): string {
  const { path, error } = file;
  const findings = located(file).map(({ finding, range }) => `\n ${findingJson(finding, range)}`);
  return `{"path":${JSON.stringify(path)},"error":${JSON.stringify(error)},"findings":[${findings.join(',')}]}`;
}
