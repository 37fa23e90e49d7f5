import type { Severity } from '../rules/rule.js';
import type { Span } from '../text/span.js';
import { type Finding, type Fix, ORIGIN } from './types.js';

/**
 * A finding whose fixes are made when somebody asks for them. The getter is the class's: V8 would keep one that each
 * object has of its own in the object's hidden class, and with it all that it can see — the facts of the whole file —
 * until it next collects old memory. A copy by `...` has no fixes.
 */
export class LateFixes implements Finding {
  readonly [ORIGIN]: object;
  readonly rule: string;
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly at: number;
  readonly tag?: 'unnecessary' | 'deprecated';
  #make: (() => readonly Fix[]) | undefined;
  #fixes: readonly Fix[] = [];

  constructor(finding: Finding, origin: object, make: () => readonly Fix[]) {
    this[ORIGIN] = origin;
    this.rule = finding.rule;
    this.codes = finding.codes;
    this.severity = finding.severity;
    this.message = finding.message;
    this.span = finding.span;
    this.at = finding.at;
    if (finding.tag) this.tag = finding.tag;
    this.#make = make;
  }

  get fixes(): readonly Fix[] {
    if (this.#make) {
      this.#fixes = this.#make();
      this.#make = undefined;
    }
    return this.#fixes;
  }
}
