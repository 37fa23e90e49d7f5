import type { Span } from '../../text/span.js';
import type { Instruction } from '../instruction.js';
import type { Flag, Word } from '../instruction-parts.js';
import { lex } from '../lexer.js';
import { digestProblem } from './checksum.js';
import { turnsHealthcheckOff } from './flag-problems.js';
import { type Expander, mountProblem } from './mount.js';
import { remoteSource } from './remote-source.js';
import { signalProblem } from './signal.js';
import { FLAGS } from './table.js';
import type { ValueProblem } from './value-problem.js';

/** A value that BuildKit refuses. Spans are relative to the instruction. */
export interface Refusal {
  readonly message: string;
  readonly span: Span;
  readonly fix?: { readonly title: string; readonly span: Span; readonly text: string };
}

/** What texts stand for where an instruction is built. */
export interface Surroundings {
  /** A text with its variables replaced; undefined when the file does not say what they are. */
  readonly expand: Expander;
  /** The folder that relative paths are in; undefined when it is not known. */
  readonly workdir: string | undefined;
}

/** Knows nothing but the instruction itself. */
export const alone = ({ escape }: Instruction): Surroundings => ({
  expand: text => (text.includes('$') ? undefined : lex(text, { escape }).value),
  workdir: undefined,
});

/** The values of one instruction that BuildKit refuses: of flags, sources, volumes and signals. */
export function refusalsOf(instruction: Instruction, around: Surroundings): readonly Refusal[] {
  switch (instruction.keyword) {
    case 'ADD':
    case 'COPY':
      return [...flagRefusals(instruction, around), ...transferRefusals(instruction, around)];
    case 'STOPSIGNAL':
      return signalRefusals(instruction, around);
    case 'VOLUME':
      return volumeRefusals(instruction, around);
    default:
      if (instruction.flags.length === 0 || turnsHealthcheckOff(instruction)) return [];
      return flagRefusals(instruction, around);
  }
}

function refusal(instruction: Instruction, problem: ValueProblem, value: string, span: Span): Refusal {
  const isVerbatim = instruction.text.slice(span.start, span.end) === value;
  const { at, replacement } = problem;
  const narrow = at && isVerbatim ? { start: span.start + at.start, end: span.start + at.end } : span;
  const canReplace = replacement !== undefined && (at === undefined || isVerbatim);
  return {
    message: problem.message,
    span: narrow.end > narrow.start ? narrow : span,
    ...(canReplace ? { fix: { title: `Change to ${replacement}`, span: narrow, text: replacement } } : {}),
  };
}

const NO_ERROR = { error: undefined };

function flagRefusals(instruction: Instruction, { expand, workdir }: Surroundings): Refusal[] {
  const found: Refusal[] = [];
  for (const flag of instruction.flags) {
    const spec = FLAGS[instruction.keyword]?.[flag.name];
    if (!spec || flag.value === undefined) continue;
    const span = flag.valueSpan.end > flag.valueSpan.start ? flag.valueSpan : flag.span;
    if (instruction.keyword === 'RUN' && flag.name === 'mount') {
      const problem = mountProblem(flag.value, expand, workdir);
      if (problem) found.push(refusal(instruction, problem, flag.value, span));
      continue;
    }
    const { error } = spec.expands ? lex(flag.value, { escape: instruction.escape, keepUnset: true }) : NO_ERROR;
    if (error !== undefined) {
      found.push({ message: `Docker cannot expand this: ${error}.`, span });
      continue;
    }
    const value = spec.expands ? expand(flag.value) : flag.value;
    const problem = value === undefined ? undefined : spec.problem?.(value);
    if (problem) found.push(refusal(instruction, problem, flag.value, span));
  }
  return found;
}

/** `1000` or `1000:1000`: what --link can give files to, as it has no /etc/passwd to look names up in. */
const IDS = /^\d*(?::\d*)?$/;

function transferRefusals(instruction: Instruction, { expand }: Surroundings): Refusal[] {
  const found: Refusal[] = [];
  const isAdd = instruction.keyword === 'ADD';
  const flag = (name: string): Flag | undefined => instruction.flag(name);
  const say = (span: Span, message: string, fix?: Refusal['fix']): void => {
    found.push({ message, span, ...(fix ? { fix } : {}) });
  };
  const from = isAdd ? undefined : flag('from');
  if (from?.value !== undefined && lex(from.value, { escape: instruction.escape }).value !== from.value) {
    found.push({
      message: 'COPY --from takes no variables. Define a stage with FROM, which does, and name that stage here.',
      span: from.valueSpan,
    });
  }
  const owner = flag('chown');
  const link = flag('link');
  if (owner?.value && link && link.value?.toLowerCase() !== 'false') {
    const ids = expand(owner.value);
    if (ids !== undefined && !IDS.test(ids))
      say(owner.valueSpan, `With --link, names cannot be looked up. Use numeric ids in place of “${ids}”.`);
  }
  const { words } = instruction;
  const target = words.at(-1);
  const isHeredoc = (word: Word): boolean => !instruction.json && /^\d*<<-?\s*\S/.test(word.text);
  if (target && words.length > 1 && isHeredoc(target)) {
    found.push({
      message: `${instruction.keyword} has no destination: a heredoc can only be a source. Add the path to write to.`,
      span: target.span,
    });
    return found;
  }
  const paths = words.slice(0, -1).filter(word => !isHeredoc(word));
  const sources = paths.map(word => {
    const text = expand(word.text);
    return { word, remote: text === undefined ? undefined : remoteSource(text) };
  });
  for (const { word, remote } of sources) {
    if (!remote || remote.kind === 'local' || remote.kind === 'ambiguous') continue;
    if (remote.kind === 'invalid') say(word.span, remote.message);
    else if (!isAdd) {
      const what = remote.kind === 'git' ? 'a git repository' : 'a URL';
      const mayBecomeAdd = instruction.flags.every(({ name }) => FLAGS['ADD']?.[name]);
      say(
        word.span,
        `COPY cannot fetch ${what}. Use ADD.`,
        mayBecomeAdd ? { title: 'Change to ADD', span: instruction.keywordSpan, text: 'ADD' } : undefined,
      );
    }
  }
  if (isAdd) found.push(...checksumRefusals(instruction, expand, sources.length, sources[0]?.remote));
  return found;
}

function checksumRefusals(
  instruction: Instruction,
  expand: Expander,
  sources: number,
  remote: ReturnType<typeof remoteSource> | undefined,
): Refusal[] {
  const keep = instruction.flag('keep-git-dir');
  const found: Refusal[] = [];
  if (keep && remote?.kind === 'git' && remote.keepGitDir !== undefined) {
    if (remote.keepGitDir !== (keep.value?.toLowerCase() !== 'false')) {
      const message = '--keep-git-dir and the keep-git-dir of the address differ. Remove one of them.';
      found.push({ message, span: keep.span });
    }
  }
  const flag = instruction.flag('checksum');
  const value = flag?.value ? expand(flag.value) : undefined;
  if (!flag?.value || !value) return found;
  const say = (problem: ValueProblem): void => {
    found.push(refusal(instruction, problem, flag.value ?? '', flag.valueSpan));
  };
  if (sources !== 1) say({ message: '--checksum needs exactly one source. Use one ADD for each.' });
  else if (remote?.kind === 'local')
    say({ message: '--checksum is for sources from the network, and this one is a local file. Remove it.' });
  else if (remote?.kind === 'git') {
    if (remote.checksum !== undefined && remote.checksum !== value)
      say({ message: '--checksum and the checksum of the address differ. Remove one of them.' });
  } else if (remote?.kind === 'http') {
    const problem = digestProblem(value);
    if (problem) say(problem);
  }
  return found;
}

function signalRefusals(instruction: Instruction, { expand }: Surroundings): Refusal[] {
  const { text } = instruction.arguments;
  const value = text === '' ? undefined : expand(text);
  if (value === undefined) return [];
  const problem: ValueProblem | undefined =
    value === '' ? { message: `“${text}” is empty here. Set it with ENV or ARG above.` } : signalProblem(value);
  return problem ? [refusal(instruction, problem, text, instruction.argumentsSpan)] : [];
}

function volumeRefusals(instruction: Instruction, { expand }: Surroundings): Refusal[] {
  return instruction.words.flatMap(word => {
    const value = word.text.trim() === '' ? '' : expand(word.text);
    if (value !== '') return [];
    const message = word.text.includes('$')
      ? `“${word.text}” is empty here, and VOLUME needs a path. Set it with ENV or ARG above.`
      : 'VOLUME needs a path, and this one is empty. Remove it or write the path.';
    return [{ message, span: word.span }];
  });
}
