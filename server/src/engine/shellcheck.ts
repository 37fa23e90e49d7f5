import type { ShellcheckSettings } from '../../../shared/src/settings.js';
import type { Instruction, Joined, Placed } from '../dockerfile/index.js';
import { toSourceSpan } from '../dockerfile/index.js';
import {
  type FileFacts,
  PLATFORM_ARGUMENTS,
  PROXY_ARGUMENTS,
  type Scope,
  type State,
  variablesOf,
} from '../facts/index.js';
import type { Reading } from '../rules/rule.js';
import { heredocBody, scriptOf } from '../shell/index.js';
import type { Comment, LintRequest, Replacement, ShellDialect } from '../shellcheck/index.js';
import { OFF_AT_START, OFF_WITH_ERREXIT, OVERLAPS, severityOf } from '../shellcheck/index.js';
import { moved, type Span } from '../text/span.js';
import { readingOf, ruleSet } from './profiles.js';
import { hadolintJobs } from './shellcheck-hadolint.js';
import { SHELLCHECK_RULE } from './shellcheck-rule.js';
import { asOneSyntaxError } from './shellcheck-syntax.js';
import type { Finding, Fix, LintOptions } from './types.js';

/** One script of a file for ShellCheck, with the way back. */
export interface ShellJob {
  readonly placed: Placed;
  readonly source: Joined;
  /** The same object for the same script in the same surroundings. */
  readonly request: LintRequest;
  /** Codes that say nothing true about this script. */
  readonly off: readonly number[];
}

/** What BuildKit and every container have in their environment without being told. */
const ALWAYS_SET = [...PROXY_ARGUMENTS, ...PLATFORM_ARGUMENTS, 'PATH', 'HOME', 'HOSTNAME', 'TERM'];

function dialect(name: string): ShellDialect | undefined {
  switch (name) {
    case 'bash':
    case 'dash':
    case 'ksh':
    // Plain `sh` is where the base image does not tell what /bin/sh is: then only POSIX is certain to work.
    case 'sh':
      return name;
    case 'ash':
    case 'busybox':
      return 'busybox';
    default:
      return /^ksh(?:88|93)$/.test(name) ? 'ksh' : undefined;
  }
}

/** A script of an instruction; `shell` is that of its own, where it names one. */
interface Piece {
  readonly source: Joined;
  readonly shell: string | undefined;
  readonly errexit: boolean;
}

/** `bash -e <<'EOF'`, `<<-EOF sh`: a shell that reads the heredoc as its script. */
const FED = /^(?:\d*<<-?\S+\s+)?(?:\/(?:usr\/)?bin\/)?(\w+)((?:\s+-(?:o\s+\w+|[a-bd-z]*))*)(?:\s+\d*<<-?\S+)?$/;

function piecesOf(instruction: Instruction): Piece[] {
  const script = scriptOf(instruction);
  if (!script || script.form === 'exec' || script.source.text.trim() === '') return [];
  const pieces: Piece[] = [{ source: script.source, shell: script.interpreter, errexit: false }];
  const [heredoc] = instruction.heredocs;
  if (script.form !== 'shell' || !heredoc || instruction.heredocs.length > 1) return pieces;
  const [, shell, options = ''] = FED.exec(instruction.arguments.text.trim()) ?? [];
  // Without quotes around its name the outer shell expands the body first, so what the inner one reads is another text.
  if (shell && dialect(shell) && (!heredoc.expand || !/[$`\\]/.test(heredoc.content)))
    pieces.push({ source: heredocBody(heredoc), shell, errexit: /\s-\w*e/.test(options) });
  return pieces;
}

interface Names {
  readonly list: readonly string[];
  readonly key: string;
}

const scopes = new WeakMap<Scope, Names>();

function namesIn(scope: Scope): Names {
  let known = scopes.get(scope);
  if (!known) {
    const list = [...variablesOf(scope)].map(variable => variable.name).sort();
    known = { list, key: list.join() };
    scopes.set(scope, known);
  }
  return known;
}

interface Kept {
  readonly image: State['image'];
  readonly shell: State['shell'];
  /** Names of the variables in force. Their values do not matter. */
  readonly names: string;
  readonly scripts: readonly Omit<ShellJob, 'placed'>[];
}

/** How many different surroundings of one instruction text are remembered. */
const KEPT_PER_INSTRUCTION = 4;
const kept = new WeakMap<Instruction, Kept[]>();

function scriptsOf(instruction: Instruction, state: State, triggered: Names): Kept['scripts'] {
  const { image, shell, scope } = state;
  const inScope = namesIn(scope);
  const names = `${inScope.key} ${triggered.key}`;
  let entries = kept.get(instruction);
  const hit = entries?.find(entry => entry.image === image && entry.shell === shell && entry.names === names);
  if (hit) return hit.scripts;
  const assigned = [...ALWAYS_SET, ...image.env, ...inScope.list, ...triggered.list];
  const start = instruction.keyword === 'RUN' ? [] : OFF_AT_START.map(row => row.code);
  const scripts = piecesOf(instruction).flatMap(piece => {
    const reads = dialect(piece.shell ?? (shell.name === 'none' ? 'sh' : shell.name));
    if (!reads) return [];
    const errexit = piece.errexit || (piece.shell === undefined && shell.errexit);
    return [
      {
        source: piece.source,
        request: { script: piece.source.text, shell: reads, assigned },
        off: errexit ? [...start, ...OFF_WITH_ERREXIT.map(row => row.code)] : start,
      },
    ];
  });
  if (!entries) {
    entries = [];
    kept.set(instruction, entries);
  }
  if (entries.length >= KEPT_PER_INSTRUCTION) entries.shift();
  entries.push({ image, shell, names, scripts });
  return scripts;
}

const NO_NAMES: Names = { list: [], key: '' };

/** ENV and ARG behind ONBUILD are set where the triggers run. */
function triggeredNames(facts: FileFacts): Names {
  const list = facts.all('ONBUILD').flatMap(({ instruction: { trigger } }) => {
    return trigger?.keyword === 'ENV' || trigger?.keyword === 'ARG' ? trigger.pairs.map(pair => pair.key) : [];
  });
  return list.length === 0 ? NO_NAMES : { list, key: list.join() };
}

function ownJobs(facts: FileFacts): ShellJob[] {
  const jobs: ShellJob[] = [];
  const triggered = triggeredNames(facts);
  for (const placed of facts.dockerfile.instructions) {
    const { instruction } = placed;
    const target = instruction.trigger ?? instruction;
    if (!scriptOf(target)) continue;
    const state = facts.stateBefore(placed);
    // An image without a shell gets one from ADD or COPY; else its RUN does not work at all.
    if (state.shell.kind !== 'posix' && state.shell.kind !== 'none') continue;
    const scripts = scriptsOf(target, state, instruction.trigger ? triggered : NO_NAMES);
    for (const script of scripts) jobs.push({ ...script, placed });
  }
  return jobs;
}

/** The scripts of a file that ShellCheck can read: shell forms and heredocs under a shell that it knows. */
export function shellJobs(facts: FileFacts, reading: Reading): ShellJob[] {
  switch (reading) {
    case 'own':
      return ownJobs(facts);
    case 'hadolint':
      return hadolintJobs(facts);
    case 'buildkit':
      return [];
  }
}

const RANK = { error: 0, warning: 1, info: 2, hint: 3 } as const;

/** Word splitting in CMD and ENTRYPOINT is often meant (`exec java $JAVA_OPTS`), so quoting is not offered there. */
const SPLITS_WORDS = new Set([2046, 2048, 2068, 2086, 2206, 2207]);

const keywordOf = ({ placed: { instruction } }: ShellJob): string => (instruction.trigger ?? instruction).keyword;

const textOf = ({ placed }: ShellJob, span: Span): string =>
  placed.instruction.text.slice(span.start - placed.start, span.end - placed.start);

/** Where a replacement goes. What is inserted behind the text that is reported stays on that text's line. */
function target(job: ShellJob, comment: Comment, { start, end }: Replacement): Span {
  if (start < end || start !== comment.end || start === 0)
    return moved(toSourceSpan(job.source, start, end), job.placed.start);
  const at = toSourceSpan(job.source, start - 1, start).end + job.placed.start;
  return { start: at, end: at };
}

function fixOf(job: ShellJob, comment: Comment): Fix | undefined {
  if (!comment.fix || comment.fix.length === 0) return undefined;
  const keyword = keywordOf(job);
  if (keyword !== 'RUN' && SPLITS_WORDS.has(comment.code)) return undefined;
  const edits = comment.fix.map(replacement => ({ span: target(job, comment, replacement), text: replacement.text }));
  // A replacement across a continuation would take the line end with it.
  if (edits.some(({ span }) => textOf(job, span).includes('\n'))) return undefined;
  return {
    title: `Apply ShellCheck’s fix for SC${comment.code}`,
    safety: 'review',
    preferred: true,
    effect: { commands: true, ...(keyword === 'RUN' ? {} : { arguments: true }) },
    edits,
  };
}

/** Spaces that indent a continuation line are nobody's repeated spaces; joined, they look like it. */
const REPEATED_SPACES = 2291;

/** ShellCheck's comments on one script as findings, without those that a native finding on the same text already makes. */
export function shellFindings(
  job: ShellJob,
  comments: readonly Comment[],
  native: readonly Finding[],
  options: LintOptions,
  settings: Pick<ShellcheckSettings, 'severity' | 'exclude'> = { severity: 'hint', exclude: [] },
): Finding[] {
  if (comments.length === 0) return [];
  const set = ruleSet(options);
  const own = readingOf(options.profile) === 'own';
  const excluded = new Set(settings.exclude.map(code => code.trim().toUpperCase()));
  const found = own ? asOneSyntaxError(comments) : comments.map(comment => ({ ...comment, codes: [comment.code] }));
  return found.flatMap(comment => {
    const codes = comment.codes.map(code => `SC${code}`);
    const rule = `SC${comment.code}`;
    const level = severityOf(comment.level);
    if (job.off.includes(comment.code) || RANK[level] > RANK[settings.severity]) return [];
    if (codes.some(code => excluded.has(code))) return [];
    const severity = set.severityOf({ ...SHELLCHECK_RULE, id: rule }, codes, level);
    if (!severity) return [];
    const span = moved(toSourceSpan(job.source, comment.start, comment.end), job.placed.start);
    if (own && comment.code === REPEATED_SPACES && textOf(job, span).includes('\n')) return [];
    if (own && overlapped(comment.code, job.placed.index, span, native)) return [];
    const fix = fixOf(job, comment);
    const { message } = comment;
    return [{ rule, codes, severity, message, span, at: job.placed.index, fixes: fix ? [fix] : [] }];
  });
}

/** Whether a native finding says the same: of the same command, or anywhere in the instruction, as the table says. */
const overlapped = (code: number, at: number, span: Span, native: readonly Finding[]): boolean =>
  OVERLAPS.some(
    overlap =>
      overlap.code === code &&
      native.some(
        finding =>
          finding.at === at &&
          finding.codes.includes(overlap.with) &&
          (overlap.at === 'instruction' || (finding.span.start < span.end && span.start < finding.span.end)),
      ),
  );
