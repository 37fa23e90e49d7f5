import { docsUrl } from '../../explain/docs-url.js';
import { located, type Reporter } from './report.js';

const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\|<>`*_[\]]/g, '\\$&');

/** A table for each file, for job summaries and comments. */
export const markdownReporter: Reporter = files => {
  const parts = files
    .filter(file => file.error !== null || file.findings.length > 0)
    .map(file => {
      const rows = located(file).map(({ finding, range: { start } }) => {
        const names = [
          `[${finding.rule}](${docsUrl(finding.rule)})`,
          ...finding.codes.filter(code => code !== finding.rule),
        ].join(' ');
        return `| ${start.line + 1} | ${finding.severity} | ${cell(finding.message)} | ${names} |`;
      });
      const table = rows.length > 0 ? ['| line | severity | problem | rule |', '|---:|---|---|---|', ...rows] : [];
      return [`### ${cell(file.path)}`, '', ...(file.error === null ? [] : [cell(file.error), '']), ...table, ''].join(
        '\n',
      );
    });
  return parts.length === 0 ? 'No problems found.\n' : `${parts.join('\n')}`;
};
