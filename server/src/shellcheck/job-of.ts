import type { LintJob } from './protocol.js';
import { relevantNames } from './relevant-names.js';
import type { LintRequest } from './runner.js';

/** A request as the worker gets it, and the key that its result is kept under. */
export interface Prepared {
  readonly key: string;
  readonly job: LintJob;
}

const prepared = new WeakMap<LintRequest, Prepared>();

export function prepare(request: LintRequest): Prepared {
  let known = prepared.get(request);
  if (!known) {
    const { script, shell, assigned = [] } = request;
    const job = { script, shell, assigned: relevantNames(script, assigned) };
    known = { key: `${shell}\0${job.assigned.join(' ')}\0${script}`, job };
    prepared.set(request, known);
  }
  return known;
}
