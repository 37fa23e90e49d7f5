import { isRecord } from '../../../shared/src/record.js';
import type { Finding } from '../profiles/types.js';
import type { Span } from '../text/span.js';

const WORKS = ['fix', 'ignore', 'rewrite', 'all', 'harden'] as const;

/** What an action is about, so that its edit can be worked out when it is wanted. It is sent to the client and comes back. */
export interface ActionData {
  readonly uri: string;
  /** Of the text that it is about. */
  readonly revision: number;
  /** A fix of a finding, a comment that ignores it, a refactoring, everything that can be fixed, or Harden. */
  readonly what: (typeof WORKS)[number];
  /** Empty for a refactoring, and for all rules. */
  readonly rule: string;
  /** Of the finding, or what a refactoring was asked for; offsets in that text. */
  readonly span: Span;
  /** Which of the findings with this rule and span. */
  readonly nth: number;
  /** Which of the finding's fixes or comments, or of the refactorings. */
  readonly index: number;
}

type About = Pick<ActionData, 'rule' | 'span' | 'nth'>;

const sameFindings = (all: readonly Finding[], { rule, span }: Pick<About, 'rule' | 'span'>): readonly Finding[] =>
  all.filter(one => one.rule === rule && one.span.start === span.start && one.span.end === span.end);

/** How a finding is found again, also among more of them: ShellCheck's come later. */
export const about = (all: readonly Finding[], finding: Finding): About => ({
  rule: finding.rule,
  span: finding.span,
  nth: sameFindings(all, finding).indexOf(finding),
});

export const findingAbout = (all: readonly Finding[], data: ActionData): Finding | undefined =>
  sameFindings(all, data)[data.nth];

/** Undefined for what is not ours. */
export function readActionData(value: unknown): ActionData | undefined {
  if (!isRecord(value) || !isRecord(value['span'])) return undefined;
  const { uri, revision, what, rule, nth, index } = value;
  const { start, end } = value['span'];
  const work = WORKS.find(one => one === what);
  if (work === undefined || typeof uri !== 'string' || typeof rule !== 'string') return undefined;
  if (typeof revision !== 'number' || typeof nth !== 'number' || typeof index !== 'number') return undefined;
  if (typeof start !== 'number' || typeof end !== 'number') return undefined;
  return { uri, revision, what: work, rule, span: { start, end }, nth, index };
}
