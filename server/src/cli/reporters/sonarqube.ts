import { ALL_RULES } from '../../profiles/rule-names.js';
import type { Severity } from '../../standards/severity.js';
import { shownPath } from './fingerprint.js';
import { located, type Range, type Reporter } from './report.js';

const IMPACT: Readonly<Record<Severity, string>> = { error: 'HIGH', warning: 'MEDIUM', info: 'LOW', hint: 'INFO' };

/** SonarQube's generic issues, from 10.3: https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/importing-external-issues/generic-issue-import-format/ */
export const sonarqubeReporter: Reporter = (files, { cwd }) => {
  const found = files.flatMap(file =>
    located(file).map(({ finding, range }) => ({ finding, range, filePath: shownPath(file.path, cwd) })),
  );
  const about = new Map(ALL_RULES.toReversed().map(rule => [rule.id, rule]));
  const rules = [...new Map(found.map(({ finding }) => [finding.rule, finding.severity]))].map(([id, severity]) => {
    const rule = about.get(id);
    return {
      id,
      name: rule?.summary ?? id,
      description: rule?.rationale ?? id,
      engineId: 'dockwright',
      cleanCodeAttribute: 'CONVENTIONAL',
      impacts: [{ softwareQuality: QUALITY[rule?.category ?? ''] ?? 'RELIABILITY', severity: IMPACT[severity] }],
    };
  });
  const issues = found.map(({ finding, range, filePath }) => ({
    ruleId: finding.rule,
    primaryLocation: { message: finding.message, filePath, textRange: textRange(range) },
  }));
  return `${JSON.stringify({ rules, issues }, undefined, 2)}\n`;
};

const QUALITY: Readonly<Record<string, string>> = {
  security: 'SECURITY',
  maintainability: 'MAINTAINABILITY',
  style: 'MAINTAINABILITY',
};

/** Lines count from 1, columns from 0; a range without a character is refused, so that a line stands for it. */
const textRange = ({ start, end }: Range): object =>
  start.line === end.line && start.character === end.character
    ? { startLine: start.line + 1 }
    : {
        startLine: start.line + 1,
        endLine: end.line + 1,
        startColumn: start.character,
        endColumn: end.character,
      };
