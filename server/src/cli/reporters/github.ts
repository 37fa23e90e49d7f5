import type { Severity } from '../../rules/rule.js';
import { located, namesOf, type Reporter } from './report.js';

const COMMAND: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
// Whoever reads the log has a terminal, which a name of a file must not write to.
const data = (text: string): string =>
  text
    .replace(/[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F]/g, '\uFFFD')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Workflow commands, which GitHub shows as annotations of the changed lines. */
export const githubReporter: Reporter = files =>
  files
    .flatMap(file => [
      ...(file.error === null ? [] : [`::error file=${property(file.path)},title=dockwright::${data(file.error)}\n`]),
      ...located(file).map(({ finding, range: { start, end } }) => {
        const lines = `line=${start.line + 1},endLine=${end.line + 1}`;
        // GitHub drops columns of annotations that span lines.
        const columns =
          start.line === end.line
            ? `,col=${start.character + 1},endColumn=${Math.max(end.character, start.character + 1)}`
            : '';
        return `::${COMMAND[finding.severity]} file=${property(file.path)},${lines}${columns},title=${property(namesOf(finding))}::${data(finding.message)}\n`;
      }),
    ])
    .join('');
