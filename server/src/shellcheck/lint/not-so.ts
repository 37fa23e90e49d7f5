import type { Comment } from '../index.js';
import type { ShellJob } from '../script-job.js';
import { commandAround } from './command.js';
import { isRealPortabilityProblem, PORTABILITY } from './portability.js';
import { asOneSyntaxError, type CodedComment } from './syntax.js';

/** ShellCheck's comments without those that are not so, whatever the profile; a syntax error is one comment. */
export function trueOf(job: ShellJob, comments: readonly Comment[]): readonly CodedComment[] {
  // What would stop the build in dash tells that the shell of an image that is not known is another one.
  const isNotDash = comments.some(({ code }) => PORTABILITY[code]?.dash === 'stops');
  const shell = job.shell === 'dash, perhaps' && isNotDash ? 'unknown' : job.shell;
  // `https://example.com/?a=b&c=d -o x`: what follows the & is not a command of its own.
  const isCut = comments.some(({ code }) => code === 1132);
  return asOneSyntaxError(comments)
    .filter(({ code }) => !isCut || code !== 2037)
    .filter(comment => isRealPortabilityProblem(comment.code, comment.message, shell) && !isNotSo(comment, job))
    .map(comment => asRequirement(comment, job.request.script))
    .map(comment => (shell === 'dash, perhaps' ? asPerhaps(comment) : comment));
}

/** “Multiple redirections compete for stdout.” In `pip install a>=1.0 b>=2.0` none is meant for one. */
const asRequirement = (comment: CodedComment, script: string): CodedComment =>
  comment.code === 2261 && script.slice(comment.start).startsWith('>=')
    ? { ...comment, message: 'Quote this requirement: the shell takes “>” for a redirection, so the version is lost.' }
    : comment;

const IN_DASH = /^In dash, /;

/** What is so in dash, said of an image that most likely has dash. */
const asPerhaps = (comment: CodedComment): CodedComment =>
  IN_DASH.test(comment.message)
    ? { ...comment, level: 'warning', message: comment.message.replace(IN_DASH, 'Where sh is dash, as in Debian, ') }
    : comment;

function isNotSo({ code, start, end, codes }: CodedComment, { request: { script }, knowsImage }: ShellJob): boolean {
  const text = script.slice(start, end);
  switch (code) {
    case 1010:
    case 1075:
      // Where a keyword is missing, ShellCheck cannot parse the script: then it is one code of several.
      return codes.length === 1;
    case 1105:
      // The shells read a subshell.
      return true;
    case 2014:
      // `{}[all]` is a pattern only for ShellCheck; `$(basename {})` is what is run too early.
      return !/^(?:\$\(|`)/.test(text) || !text.includes('{}');
    case 2102:
      // `[signed-by=…]`, `name[extra]`: no range is meant.
      return !/\[[!^]?\d+-\d+\]/.test(text);
    case 2153:
    case 2154:
      return !knowsImage || mayBeSetElsewhere(script, start);
    case 2034:
      return isUsedElsewhere(script, start);
    case 2164:
      // As the last command it is the result of the whole script.
      return script.slice(end).trim() === '';
    case 2211:
      // `/tmp/agent-*/install`: a folder whose version is not known beforehand.
      return text.includes('/');
    case 3009:
      // curl has braces of its own: `"https://example.com/a.zip"{,.sig}`.
      return commandAround(script, start).name === 'curl';
    case 2330:
      // BusyBox does match patterns.
      return true;
    default:
      return false;
  }
}

/** `eval`, `.` and `source` set variables that ShellCheck cannot see. */
const BRINGS_VARIABLES = /(?:^|[\s;&|({`])(?:eval|source|\.)\s/;

const mayBeSetElsewhere = (script: string, at: number): boolean => BRINGS_VARIABLES.test(script.slice(0, at));

/** A variable that a sourced file or an `eval` may read, or that `set -a` exports. */
const isUsedElsewhere = (script: string, at: number): boolean =>
  BRINGS_VARIABLES.test(script.slice(at)) || /\bset\s+-(?:\w*a|o\s+allexport)/.test(script.slice(0, at));
