import { toSourceSpan } from '../../dockerfile/index.js';
import type { Fix } from '../../profiles/types.js';
import type { FixSafety } from '../../rules/rule.js';
import type { Edit, Span } from '../../text/span.js';
import type { Comment, Replacement } from '../index.js';
import type { ShellJob } from '../script-job.js';
import { holdsOneWord, isMeantToSplit } from './words.js';

/** Word splitting in CMD and ENTRYPOINT is often meant (`exec java $JAVA_OPTS`), so quoting is not offered there. */
const SPLITS_WORDS = new Set([2046, 2048, 2068, 2086, 2206, 2207, 2223, 2231, 2248]);

const keywordOf = ({ placed: { instruction } }: ShellJob): string => (instruction.trigger ?? instruction).keyword;

/** Where a replacement goes. What is inserted after the text that is reported stays on that text's line. */
function target(job: ShellJob, comment: Comment, { start, end }: Replacement): Span {
  if (start < end || start !== comment.end || start === 0) return toSourceSpan(job.source, start, end);
  const at = toSourceSpan(job.source, start - 1, start).end;
  return { start: at, end: at };
}

/**
 * How far a replacement of ShellCheck's can be trusted, for it looks at a few characters only: undefined where it is
 * wrong, `manual` where it is right for one of two things that the text may mean.
 */
function safetyOf(code: number, script: string, { start, end }: Span): FixSafety | undefined {
  switch (code) {
    case 2006:
      // Inside backticks `\$`, `\\` and `` \` `` lose their backslash, inside `$(…)` they keep it.
      return /\\`/.test(script) || script.slice(start, end).includes('\\') ? undefined : 'review';
    case 2086:
    case 2231: {
      // `"$*"` is one word whatever it holds, and what begins with a backslash is between backticks.
      if (!/^\$\{?[#!]?\w/.test(script.slice(start, end))) return code === 2231 ? 'manual' : undefined;
      if (holdsOneWord(script, { start, end })) return 'review';
      // Quotes around a list break the build.
      return isMeantToSplit(script, { start, end }) ? undefined : 'manual';
    }
    case 2164:
      // `test -d x && cd x || exit` ends the script where there is no such folder.
      return /(?:&&|\|\|)\s*$/.test(script.slice(0, start)) ? 'manual' : 'review';
    case 2251:
      // As the last command, `a && exit 1` fails when all is well.
      return /^(?:[\s;)}]|fi\b|done\b|esac\b)*$/.test(script.slice(commandEnd(script, end))) ? undefined : 'manual';
    default:
      // SC2295: a pattern becomes plain text.
      return 'manual';
  }
}

const commandEnd = (script: string, from: number): number =>
  from + (/^[^;&|\n]*/.exec(script.slice(from))?.[0].length ?? 0);

/** What a replacement does, where that can be said in a few words. */
function titleOf(code: number, script: string, { start, end }: Span): string {
  const text = script.slice(start, end);
  switch (code) {
    case 2086:
      return text.length <= 40 && !text.includes('\n') ? `Put “${text}” in double quotes` : 'Put it in double quotes';
    case 2006:
      return 'Write $(…) instead of backticks';
    case 2164:
      return 'Add || exit';
    default:
      return `Apply ShellCheck’s fix for SC${code}`;
  }
}

/** A word that goes takes the space after it along. */
function withBlank({ span, text: inserted }: Edit, text: string): Edit {
  const isWord = inserted === '' && /\s/.test(text[span.start - 1] ?? '') && text[span.end] === ' ';
  return isWord && span.start < span.end
    ? { span: { start: span.start, end: span.end + 1 }, text: '' }
    : { span, text: inserted };
}

/**
 * ShellCheck's own replacement as a fix whose offsets count from the instruction's start; undefined where there is none,
 * or none that keeps what must be kept.
 */
export function shellFix(job: ShellJob, comment: Comment): Fix | undefined {
  if (!comment.fix || comment.fix.length === 0) return undefined;
  const keyword = keywordOf(job);
  if (keyword !== 'RUN' && SPLITS_WORDS.has(comment.code)) return undefined;
  const safety = safetyOf(comment.code, job.request.script, comment);
  if (!safety) return undefined;
  const { text } = job.placed.instruction;
  const edits = comment.fix.map(replacement =>
    withBlank({ span: target(job, comment, replacement), text: replacement.text }, text),
  );
  // A replacement across a continuation would take the line end with it.
  if (edits.some(({ span }) => text.slice(span.start, span.end).includes('\n'))) return undefined;
  return {
    title: titleOf(comment.code, job.request.script, comment),
    safety,
    preferred: true,
    effect: { commands: true, ...(keyword === 'RUN' ? {} : { arguments: true }) },
    edits,
  };
}
