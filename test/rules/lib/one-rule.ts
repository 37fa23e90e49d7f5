import { RULES } from '../../../server/src/rules/index.js';
import { rulesWithCases, testCases, testExamples } from './rule-tests.js';

// Set by vitest.config.ts, where a rule is to be run alone.
const id = process.env['RULE'] ?? '';
for (const rule of RULES) if (rule.id === id) testExamples(rule);
if (rulesWithCases().includes(id)) testCases(id);
