import { ALL_RULES } from '../../profiles/rule-names.js';
import type { Category, Severity } from '../../rules/rule.js';
import { errorFingerprint, fingerprints, shownPath } from './fingerprint.js';
import { located, type Reporter } from './report.js';

const SEVERITY: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  info: 'minor',
  hint: 'info',
};

const CATEGORY: Readonly<Record<Category, string>> = {
  correctness: 'Bug Risk',
  security: 'Security',
  size: 'Performance',
  reproducibility: 'Bug Risk',
  maintainability: 'Clarity',
  performance: 'Performance',
  style: 'Style',
};

const categories = new Map(ALL_RULES.map(rule => [rule.id, CATEGORY[rule.category]]));

/** Code Climate's issues as one JSON array, which is what GitLab reads as a code quality report. */
export const codeclimateReporter: Reporter = (files, { cwd }) => {
  const issues = files.flatMap(file => {
    const path = shownPath(file.path, cwd);
    if (file.error !== null) {
      return [
        {
          type: 'issue',
          check_name: 'unreadable-file',
          description: file.error,
          categories: ['Bug Risk'],
          severity: 'blocker',
          fingerprint: errorFingerprint(file, cwd),
          location: { path, lines: { begin: 1, end: 1 } },
        },
      ];
    }
    const places = located(file);
    const prints = fingerprints(file, cwd);
    return places.map(({ finding, range: { start, end } }, index) => ({
      type: 'issue',
      check_name: finding.rule,
      description: finding.message,
      categories: [categories.get(finding.rule) ?? 'Bug Risk'],
      severity: SEVERITY[finding.severity],
      fingerprint: prints[index] ?? '',
      location: { path, lines: { begin: start.line + 1, end: end.line + 1 } },
    }));
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};
