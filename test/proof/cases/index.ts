import type { Proof } from '../proof.js';
import { BUILDS_THAT_STOP } from './builds-that-stop.js';
import { CONTAINERS_THAT_FAIL } from './containers-that-fail.js';
import { REFUSED } from './refused-flags.js';
import { WRONG_RESULTS } from './wrong-results.js';

/** The parts of the table in the documentation. */
export const PROOFS: Readonly<Record<string, readonly Proof[]>> = {
  'The build stops': BUILDS_THAT_STOP,
  'The builder refuses the file': REFUSED,
  'It builds, and the container does not work': CONTAINERS_THAT_FAIL,
  'It builds and runs, and does something else': WRONG_RESULTS,
};
