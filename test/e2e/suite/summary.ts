import { RESULT } from './result-line.js';

interface Runner {
  on(event: 'pass', listener: (test: Mocha.Test) => void): unknown;
  on(event: 'fail', listener: (test: Mocha.Test, error: unknown) => void): unknown;
  on(event: 'pending', listener: (test: Mocha.Test) => void): unknown;
}

/** Runs mocha, prints each result as one line of JSON, and rejects when a test failed: that becomes the exit code. */
export function summarize(start: (done: (failures: number) => void) => Runner): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = 0;
    const print = (outcome: 'passed' | 'failed' | 'pending', test: Mocha.Test, reason = ''): void => {
      seen++;
      console.log(`${RESULT}${JSON.stringify({ outcome, name: test.fullTitle(), reason })}`);
    };
    const runner = start(failures => {
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else if (seen === 0) reject(new Error('no test ran'));
      else resolve();
    });
    runner.on('pass', test => print('passed', test));
    runner.on('pending', test => print('pending', test));
    runner.on('fail', (test, error) =>
      print('failed', test, error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  });
}
