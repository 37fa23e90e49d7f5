import { existsSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** `npx vitest run RULE` runs that rule alone: Vitest takes the file of the rule, and the tests are in a setup file. */
const rule = process.argv.find((word, index) => {
  const path = `server/src/rules/${word}.ts`;
  // The value of an option, such as -t, is not a file to run.
  const isOption = process.argv[index - 1]?.startsWith('-') === true;
  return !isOption && existsSync(path) && readFileSync(path, 'utf8').includes('defineRule({');
});

export default defineConfig({
  test: {
    include: rule ? [`server/src/rules/${rule}.ts`] : ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', '**/node_modules/**'],
    setupFiles: ['test/lib/fast-check.ts', ...(rule ? ['test/rules/lib/one-rule.ts'] : [])],
    env: rule ? { RULE: rule } : {},
    // A busy machine is not a defect: what is waited for comes at once or not at all.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default'],
  },
});
