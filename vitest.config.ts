import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', '**/node_modules/**'],
    setupFiles: ['test/support/fast-check.ts'],
    testTimeout: 60_000,
    reporters: ['default'],
  },
});
