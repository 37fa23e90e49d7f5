import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { ConfigProblem } from '../config/reading/yaml.js';
import { type Counting, lineIndex } from '../text/line-index.js';
import { SOURCE, toRange } from './convert.js';

/** What is wrong in a configuration file, shown in that file. */
export function configDiagnostics(text: string, problems: readonly ConfigProblem[], counting: Counting): Diagnostic[] {
  const index = lineIndex(text, counting);
  return problems.map(problem => ({
    range: toRange(index, problem.span),
    severity: problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: SOURCE,
    message: problem.message,
  }));
}
