import type { ShellcheckSettings } from '../../../../shared/src/settings.js';
import { type Joined, toSourceSpan } from '../../dockerfile/index.js';
import { readingOf, ruleSet } from '../../profiles/rule-set.js';
import type { Finding, Fix, LintOptions } from '../../profiles/types.js';
import type { Rule } from '../../rules/rule.js';
import { keepingLatest } from '../../text/keeping.js';
import { moved } from '../../text/span.js';
import { type Comment, OVERLAPS, severityOf } from '../index.js';
import type { ShellJob } from '../script-job.js';
import { isFalseAlarm } from './false-alarms.js';
import { shellFix } from './fixes.js';
import { trueOf } from './not-so.js';
import { SHELLCHECK_RULE } from './rule.js';
import { recommendedLevel } from './severities.js';

const RANK = { error: 0, warning: 1, info: 2, hint: 3 } as const;

/** Four spaces or more. Those that indent a continuation line are nobody's repeated spaces; joined, they look like it. */
const REPEATED_SPACES = 2291;

/** hadolint sees one space instead of a line's end and the next one's indentation. */
const repeatsSpaces = (text: string, own: boolean): boolean =>
  !text.includes('\n') || (!own && / {4}/.test(text.replace(/\S?[ \t]*\r?\n\s*/g, ' ')));

export type Shown = Pick<ShellcheckSettings, 'severity' | 'exclude'>;
const EVERYTHING: Shown = { severity: 'hint', exclude: [] };

/** A finding with offsets that count from its instruction's start. */
interface Relative {
  readonly code: number;
  readonly finding: Finding;
}

interface CachedFindings {
  readonly source: Joined;
  readonly off: string;
  readonly shell: ShellJob['shell'];
  readonly knowsImage: boolean;
  readonly options: LintOptions;
  readonly settings: Shown;
  readonly relative: readonly Relative[];
}

/** How many scripts of one text, or sets of options, are remembered for one list of comments. */
const KEPT_PER_SCRIPT = 4;
const kept = new WeakMap<readonly Comment[], CachedFindings[]>();

/** ShellCheck's comments on one script as findings, without those that a native finding on the same text already makes. */
export function shellFindings(
  job: ShellJob,
  comments: readonly Comment[],
  native: readonly Finding[],
  options: LintOptions,
  settings: Shown = EVERYTHING,
): readonly Finding[] {
  if (comments.length === 0) return [];
  const own = readingOf(options.profile) === 'own';
  const { start, index } = job.placed;
  return relativeFindings(job, comments, options, settings).flatMap(({ code, finding }) => {
    const placed = placedAt(finding, start, index);
    return own && overlapped(code, placed, native) ? [] : placed;
  });
}

function placedAt({ rule, codes, severity, message, span, fixes }: Finding, start: number, at: number): Finding {
  const placed = (fix: Fix): Fix => ({
    ...fix,
    edits: fix.edits.map(edit => ({ ...edit, span: moved(edit.span, start) })),
  });
  return { rule, codes, severity, message, span: moved(span, start), at, fixes: fixes.map(placed) };
}

/** What does not depend on the rest of the file; made once, for every key that is typed asks for it. */
function relativeFindings(
  job: ShellJob,
  comments: readonly Comment[],
  options: LintOptions,
  settings: Shown,
): readonly Relative[] {
  const { source, shell, knowsImage } = job;
  const off = job.off.join();
  let entries = kept.get(comments);
  const hit = entries?.find(
    entry =>
      entry.source === source &&
      entry.off === off &&
      entry.shell === shell &&
      entry.knowsImage === knowsImage &&
      entry.options === options &&
      entry.settings === settings,
  );
  if (hit) return hit.relative;
  const relative = read(job, comments, options, settings);
  if (!entries) {
    entries = [];
    kept.set(comments, entries);
  }
  if (entries.length >= KEPT_PER_SCRIPT) entries.shift();
  entries.push({ source, off, shell, knowsImage, options, settings, relative });
  return relative;
}

function read(job: ShellJob, comments: readonly Comment[], options: LintOptions, settings: Shown): Relative[] {
  const set = ruleSet(options);
  const own = readingOf(options.profile) === 'own';
  const excluded = new Set(settings.exclude.map(code => code.trim().toUpperCase()));
  const isRecommended = options.profile === 'recommended';
  const found = own ? trueOf(job, comments) : comments.map(comment => ({ ...comment, codes: [comment.code] }));
  return found.flatMap(comment => {
    const { code, message } = comment;
    const codes = comment.codes.map(one => `SC${one}`);
    const rule = `SC${code}`;
    const said = severityOf(comment.level);
    const level = isRecommended ? recommendedLevel(code, said) : said;
    if (job.off.includes(code)) return [];
    if (codes.some(one => excluded.has(one))) return [];
    // What is off in this profile is as if it began with the next: configuration and comments can still ask for it.
    const asked: Pick<Rule, 'id' | 'codes' | 'profile'> =
      level === 'off' ? { ...SHELLCHECK_RULE, id: rule, profile: 'strict' } : { ...SHELLCHECK_RULE, id: rule };
    const severity = set.severityOf(asked, codes, level === 'off' ? said : level);
    if (!severity || RANK[severity] > RANK[settings.severity]) return [];
    const span = toSourceSpan(job.source, comment.start, comment.end);
    const text = job.placed.instruction.text.slice(span.start, span.end);
    if (isRecommended && isFalseAlarm(comment, job.request)) return [];
    if (code === REPEATED_SPACES && !repeatsSpaces(text, own)) return [];
    const fix = shellFix(job, comment);
    return [{ code, finding: { rule, codes, severity, message, span, at: -1, fixes: fix ? [fix] : [] } }];
  });
}

/** The native findings that may say the same as one of ShellCheck's, by instruction. */
const rivalsIn = keepingLatest((native: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> => {
  const map = new Map<number, Finding[]>();
  for (const finding of native) {
    if (!OVERLAPS.some(overlap => says(finding, overlap.with))) continue;
    const list = map.get(finding.at);
    if (list) list.push(finding);
    else map.set(finding.at, [finding]);
  }
  return map;
});

const says = (finding: Finding, name: string): boolean => finding.rule === name || finding.codes.includes(name);

/** Whether a native finding says the same: of the same command, or anywhere in the instruction, as the table says. */
function overlapped(code: number, { at, span }: Finding, native: readonly Finding[]): boolean {
  const others = rivalsIn(native).get(at);
  if (!others) return false;
  return OVERLAPS.some(
    overlap =>
      (overlap.code === 'all' || overlap.code === code) &&
      others.some(
        other =>
          says(other, overlap.with) &&
          (overlap.at === 'instruction' || (other.span.start < span.end && span.start < other.span.end)),
      ),
  );
}
