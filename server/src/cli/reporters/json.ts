import { findingJson, located, type Reporter } from './report.js';

export const jsonReporter: Reporter = files =>
  `${JSON.stringify(
    {
      version: 1,
      files: files.map(file => ({
        path: file.path,
        error: file.error,
        findings: located(file).map(({ finding, range }) => findingJson(finding, range)),
      })),
    },
    undefined,
    2,
  )}\n`;
