import { type Finding, type Fix, ORIGIN } from '../profiles/types.js';
import type { Severity } from '../rules/rule.js';
import type { Span } from '../text/span.js';

type Plain = Omit<Finding, 'fixes' | 'tag' | typeof ORIGIN>;

/**
 * A finding as a rule reports it, with fixes that are made when somebody asks for them. It is a class for V8: a symbol in a
 * literal takes its slowest way; and it would keep a getter that each object has of its own in the object's hidden class,
 * and with it all that the getter can see — the facts of the whole file — until it next collects old memory. A copy by
 * `...` has no fixes.
 */
export class ReportedFinding implements Finding {
  readonly [ORIGIN]: object;
  readonly rule: string;
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly at: number;
  readonly tag?: 'unnecessary' | 'deprecated';
  #make: (() => readonly Fix[]) | undefined;
  #fixes: readonly Fix[] = NO_FIXES;

  constructor(origin: object, plain: Plain, tag: Finding['tag'], make: (() => readonly Fix[]) | undefined) {
    this[ORIGIN] = origin;
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
