import type { Finding } from '../profiles/types.js';

/** Of what is left, what a person is told: no hints, but always the user, which is what Harden is about. */
export const isWorthTelling = ({ severity, rule }: Finding): boolean =>
  severity !== 'hint' || rule === 'final-stage-runs-as-root';
