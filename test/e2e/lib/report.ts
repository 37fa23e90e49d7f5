/** Counts results and prints one line for each test as it ends. */
export interface Report {
  readonly run: (name: string, test: () => Promise<void>) => Promise<boolean>;
  readonly pass: (name: string) => void;
  /** A test that passed and was printed by somebody else. */
  readonly count: () => void;
  readonly fail: (name: string, reason: string) => void;
  readonly skip: (name: string, reason: string) => void;
  /** What this machine cannot build: skipped in everybody's sight, and a failure where skipping is not allowed. */
  readonly leaveOut: (name: string, reason: string) => void;
  /** Something that a reader of the list should know, and that is not a result. */
  readonly note: (text: string) => void;
  readonly totals: () => Totals;
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The names of the failed ones. */
  readonly failures: readonly string[];
}

export function createReport(print: (line: string) => void): Report {
  let passed = 0;
  const failures: string[] = [];
  let skipped = 0;
  const report: Report = {
    pass: name => {
      passed++;
      print(`  ok       ${name}`);
    },
    count: () => {
      passed++;
    },
    fail: (name, reason) => {
      failures.push(name);
      print(`  FAILED   ${name}\n${reason.replace(/^/gm, '           ')}`);
    },
    skip: (name, reason) => {
      skipped++;
      print(`  skipped  ${name} (${reason})`);
    },
    note: text => print(`           ${text.replace(/\n/g, '\n           ')}`),
    leaveOut: (name, reason) => {
      if (process.env['DOCKWRIGHT_REQUIRE_BUILDS'] === '1') report.fail(name, reason);
      else report.skip(name, reason);
    },
    run: async (name, test) => {
      const begin = Date.now();
      try {
        await test();
        report.pass(`${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
        return true;
      } catch (error) {
        report.fail(name, error instanceof Error ? (error.stack ?? error.message) : String(error));
        return false;
      }
    },
    totals: () => ({ passed, failed: failures.length, skipped, failures }),
  };
  return report;
}
