import { RULES } from '../../server/src/rules/index.js';
import { testExamples } from './lib/rule-tests.js';

for (const rule of RULES) testExamples(rule);
