import type { Scenario } from './scenario.js';

interface Fix {
  readonly name: string;
  /** Where the cursor is put. */
  readonly at: string;
  readonly choose: string | RegExp;
  /** A line that is there before and comes back with undo. */
  readonly before: string;
  /** Lines that are there afterwards. */
  readonly after: readonly string[];
}

const FIXES: readonly Fix[] = [
  {
    name: 'ADD becomes COPY',
    at: 'ADD app.py',
    choose: 'Change ADD to COPY',
    before: 'ADD app.py /srv/app.py',
    after: ['COPY app.py /srv/app.py'],
  },
  {
    name: 'two RUNs are merged',
    at: 'apt-get update',
    choose: 'Merge with the RUN below',
    before: 'RUN apt-get install -y curl python3',
    after: ['RUN apt-get update \\', '    && apt-get install -y curl python3'],
  },
  {
    name: 'apt-get gets --no-install-recommends',
    at: 'apt-get install',
    choose: 'Add --no-install-recommends and ca-certificates',
    before: 'RUN apt-get install -y curl python3',
    after: ['RUN apt-get install -y --no-install-recommends curl ca-certificates python3'],
  },
  {
    name: 'a user is created and switched to',
    at: 'debian:12.8-slim',
    choose: /Run as a new non-root user/,
    before: 'FROM debian:12.8-slim',
    after: ['RUN groupadd --gid 10001 app \\', 'USER 10001:10001'],
  },
];

/** One fix each by Ctrl+., and back by undo. */
export const quickFixes: readonly Scenario[] = FIXES.map(fix => ({
  name: `quick fix: ${fix.name}`,
  folder: 'test/e2e/workspace',
  file: 'Dockerfile',
  play: async editor => {
    await editor.countsProblems(/Warnings: 2/);
    const before = await editor.settled();
    await editor.quickFix(fix.at, fix.choose, 'menu');
    for (const line of fix.after) await editor.has(line);
    await editor.screenshot('fixed');
    await editor.undo();
    await editor.has(fix.before);
    await editor.shows('the file as it was', text => text === before);
  },
}));
