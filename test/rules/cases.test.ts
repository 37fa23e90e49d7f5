import { rulesWithCases, testCases } from './lib/rule-tests.js';

for (const rule of rulesWithCases()) testCases(rule);
