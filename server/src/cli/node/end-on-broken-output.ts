import { writeReasonOf } from '../file-errors.js';

/** What shells give for a program that is ended because nobody reads its output. */
const BROKEN_PIPE = 141;

/**
 * Ends the process when its output cannot be written. A reader that has gone, as in `dockwright lint | head`, is not worth
 * a message; but then nobody has seen all findings, so the status is not 0.
 */
export function endOnBrokenOutput(): void {
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(BROKEN_PIPE);
    process.stderr.write(`dockwright: standard output cannot be written: ${writeReasonOf(error)}\n`, () =>
      process.exit(2),
    );
  });
  // Where messages cannot be written, there is nobody to tell; the exit status remains.
  process.stderr.on('error', () => undefined);
}
