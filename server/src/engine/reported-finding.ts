import type { Finding, Fix } from '../profiles/types.js';
import type { Severity } from '../rules/rule.js';
import type { Span } from '../text/span.js';

/**
 * A finding as a rule reports it, with fixes that are made when somebody asks for them. A copy by `...` has no
 * fixes. A class, since a literal with a getter was measured to hold the facts of the whole file after the finding is gone.
 */
export class ReportedFinding implements Finding {
  readonly rule: string;
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly at: number;
  readonly tag?: 'unnecessary' | 'deprecated';
  #make: (() => readonly Fix[]) | undefined;
  #fixes: readonly Fix[] = NO_FIXES;

  constructor(plain: Omit<Finding, 'fixes' | 'tag'>, tag: Finding['tag'], make: (() => readonly Fix[]) | undefined) {
    this.rule = plain.rule;
    this.codes = plain.codes;
    this.severity = plain.severity;
    this.message = plain.message;
    this.span = plain.span;
    this.at = plain.at;
    if (tag) this.tag = tag;
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

const NO_FIXES: readonly Fix[] = [];
