import type { Comment, Placed } from '../dockerfile/index.js';
import { offsetsWhere, perFile } from '../facts/index.js';
import { addressesOf } from '../profiles/rule-names.js';
import { ruleOf } from '../profiles/rule-of.js';
import type { Reading } from '../rules/rule.js';
import { EXPERIMENTAL_CODES, isBuildkitCode, isExperimentalCode } from '../standards/buildkit.js';
import type { Span } from '../text/span.js';
import { type CheckOptions, parseCheck } from './check.js';
import { EVERYTHING, type IgnoreComment, readIgnore } from './comment.js';
import type { Directives, Ignore, Source } from './directives.js';

// BuildKit reports these while it reads the file, before it looks at comments above instructions.
const NOT_INLINE = new Set([
  'NoEmptyContinuation',
  'ConsistentInstructionCasing',
  'DuplicateStageName',
  'ReservedStageName',
  'InvalidDefaultArgInFrom',
  'InvalidBaseImagePlatform',
]);

// Most comments are prose: a word of these is in every form of ours and of the others.
const SPEAKS_TO_LINTERS = /ignore|dockwright|check|kics/i;
const speaks = ({ text }: Comment): boolean => SPEAKS_TO_LINTERS.test(text);

const withComments = (instructions: readonly Placed[]): readonly number[] =>
  offsetsWhere(instructions, ({ leading, instruction }) => leading.some(speaks) || instruction.comments.some(speaks));

type Index = Map<string, Ignore[]>;

/** The instructions of one stage that a comment covers, by their index. */
interface StageRange {
  readonly from: number;
  readonly to: number;
  readonly index: Index;
}

const CHECK = 'check ';
const CHECK_ALL = 'check all';

function add(index: Index, key: string, ignore: Ignore): void {
  const list = index.get(key);
  if (list) list.push(ignore);
  else index.set(key, [ignore]);
}

function entry<K>(map: Map<K, Index>, key: K): Index {
  let index = map.get(key);
  if (!index) {
    index = new Map();
    map.set(key, index);
  }
  return index;
}

/** The keys under which `# check=skip=` reaches a finding: names are compared with case, as BuildKit does. */
function checkKeys(codes: readonly string[], inline: boolean, reading: Reading): string[] {
  const codesHere = codes.filter(
    code =>
      isBuildkitCode(code) && !isExperimentalCode(code) && !(inline && reading === 'buildkit' && NOT_INLINE.has(code)),
  );
  return codesHere.length === 0 ? [] : [CHECK_ALL, ...codesHere.map(code => CHECK + code)];
}

const cache = perFile(() => new Map<string, Directives>());

/**
 * Reads the comments of a file under a reading: profile `hadolint` follows hadolint's comments to the letter,
 * `buildkit` those of BuildKit, and our own reading all of them. Ours count everywhere.
 */
export function readDirectives(source: Source, reading: Reading, disabled: boolean): Directives {
  const { dockerfile, facts } = source;
  // Most files say nothing to linters.
  if (dockerfile.directives.length + dockerfile.trailing.length + facts.select(withComments).length === 0)
    return SILENCE;
  const known = cache(source.facts);
  const key = `${reading} ${disabled}`;
  let directives = known.get(key);
  if (!directives) {
    directives = read(source, reading, disabled);
    known.set(key, directives);
  }
  return directives;
}

function read({ dockerfile, facts }: Source, reading: Reading, disabled: boolean): Directives {
  const { text } = dockerfile;
  const all: Ignore[] = [];
  const misspelt: { span: Span; at: number }[] = [];
  const inFile: Index = new Map();
  const atInstruction = new Map<number, Index>();
  const inStage = new Map<number, StageRange[]>();
  const experimentalAt = new Map<number, CheckOptions>();
  const top = dockerfile.directives.find(directive => directive.name === 'check');
  const parsed = top && reading !== 'hadolint' ? parseCheck(top.value) : undefined;
  const file = parsed && 'options' in parsed ? parsed.options : undefined;

  function addRange(stage: number, range: StageRange): void {
    const list = inStage.get(stage);
    if (list) list.push(range);
    else inStage.set(stage, [range]);
  }

  function stageIndex(placed: Placed, tool: IgnoreComment['tool'], nextLine: boolean): Index | undefined {
    // Above an ARG before the first FROM a stage comment means the stage that begins next.
    const stage = facts.stageOf(placed) ?? facts.stages[0];
    if (!stage) return undefined;
    const index: Index = new Map();
    if (reading !== 'hadolint' || tool === 'dockwright') {
      addRange(stage.index, { from: placed.index, to: Number.POSITIVE_INFINITY, index });
      return index;
    }
    // hadolint leaves out the very next line, and takes everything from there to the next FROM, that one included.
    const from = nextLine ? placed.index + 1 : placed.index;
    const end = facts.stages.find(({ from: { index: at } }) => at >= from);
    const range = { from, to: end?.from.index ?? Number.POSITIVE_INFINITY, index };
    const first = facts.stageOf(placed);
    addRange(first?.index ?? -1, range);
    if (end && end !== first) addRange(end.index, range);
    return index;
  }

  function take(comment: Comment, base: number, placed: Placed | undefined, inside: boolean): void {
    const start = base + comment.start;
    const ignore = readIgnore(text.slice(start, base + comment.end), start, reading === 'hadolint');
    if (!ignore || disabled) return;
    const at = placed?.index ?? -1;
    if (ignore.tool === 'misspelt') {
      misspelt.push({ span: ignore.span, at });
      return;
    }
    if (reading !== 'own' && ignore.tool !== 'dockwright' && (ignore.tool !== reading || inside)) return;
    const scope = ignore.isForBlock && placed?.instruction.keyword === 'FROM' ? 'stage' : ignore.scope;
    const nextLine =
      ignore.tool !== 'hadolint' ||
      reading !== 'hadolint' ||
      (placed !== undefined && isNextLine(text, base + comment.end, placed.start));
    const index =
      scope === 'file'
        ? inFile
        : !placed
          ? undefined
          : scope === 'stage'
            ? stageIndex(placed, ignore.tool, nextLine)
            : nextLine
              ? entry(atInstruction, placed.index)
              : undefined;
    for (const name of ignore.names) {
      const one: Ignore = {
        tool: ignore.tool,
        name,
        among: ignore.names,
        comment: { start, end: base + comment.end },
        at,
        directive: false,
      };
      all.push(one);
      if (index) add(index, name.key, one);
    }
  }

  function takeCheck(options: CheckOptions, valueStart: number, comment: Span, at: number, index: Index): void {
    const among = options.skip.map(({ text: name, start }) => ({
      text: name,
      key: name,
      span: { start: valueStart + start, end: valueStart + start + name.length },
    }));
    for (const name of among) {
      const one: Ignore = { tool: 'check', name, among, comment, at, directive: at < 0 };
      all.push(one);
      add(index, CHECK + name.text, one);
    }
    if (options.skipAll) {
      const name = { text: 'all', key: 'all', span: comment };
      add(index, CHECK_ALL, { tool: 'check', name, among: [name], comment, at, directive: at < 0 });
    }
  }

  if (top && file) takeCheck(file, top.valueSpan.start, top.span, -1, inFile);
  for (const placed of facts.select(withComments)) {
    for (const comment of placed.leading) take(comment, placed.start, placed, false);
    for (const comment of placed.instruction.comments) take(comment, placed.start, placed, true);
    if (placed.leading.length === 0 || reading === 'hadolint') continue;
    const inline = inlineCheck(text, placed);
    if (!inline) continue;
    takeCheck(inline.options, inline.valueStart, inline.comment, placed.index, entry(atInstruction, placed.index));
    if (inline.options.experimentalAll || inline.options.experimental.length > 0)
      experimentalAt.set(placed.index, inline.options);
  }
  for (const comment of dockerfile.trailing) take(comment, 0, undefined, false);

  const asksFor = (options: CheckOptions | undefined, code: string): boolean =>
    options !== undefined && (options.experimentalAll || options.experimental.some(name => name.text === code));

  return {
    all,
    misspelt,
    check: file,
    checkProblem:
      top && parsed && 'problem' in parsed
        ? {
            message: parsed.problem,
            span: {
              start: top.valueSpan.start + parsed.start,
              end: top.valueSpan.start + Math.max(parsed.end, parsed.start),
            },
          }
        : undefined,
    experimental: EXPERIMENTAL_CODES.filter(code =>
      [file, ...experimentalAt.values()].some(options => asksFor(options, code)),
    ),
    isExperimentalAt: (code, at) => asksFor(file, code) || asksFor(experimentalAt.get(at), code),
    matching: finding => {
      if (all.length === 0 && inFile.size === 0 && atInstruction.size === 0) return NONE;
      const rule = ruleOf(finding);
      const addresses = addressesOf(rule, finding.codes, reading);
      const found: Ignore[] = [];
      const look = (index: Index | undefined, inline: boolean): void => {
        if (!index) return;
        found.push(...(index.get(EVERYTHING) ?? NONE));
        for (const address of addresses) found.push(...(index.get(address) ?? NONE));
        for (const code of checkKeys(finding.codes, inline, reading)) found.push(...(index.get(code) ?? NONE));
      };
      look(inFile, false);
      look(atInstruction.get(finding.at), true);
      const placed = dockerfile.placements.at(finding.at);
      const stage = placed ? facts.stageOf(placed) : undefined;
      for (const { from, to, index } of inStage.get(stage?.index ?? -1) ?? [])
        if (finding.at >= from && finding.at <= to) look(index, false);
      return found;
    },
  };
}

const NONE: readonly Ignore[] = [];

const SILENCE: Directives = {
  all: NONE,
  misspelt: [],
  check: undefined,
  checkProblem: undefined,
  experimental: [],
  isExperimentalAt: () => false,
  matching: () => NONE,
};

/** Whether nothing but one line ending and an indentation is between a comment and what follows it. */
const isNextLine = (text: string, end: number, start: number): boolean => /^\r?\n[ \t]*$/.test(text.slice(end, start));

/**
 * The `# check=` comment above an instruction. As in BuildKit: the first one of the block that can be read as a
 * directive counts, an empty `#` line starts a new block, and indented ones are not seen.
 */
function inlineCheck(
  text: string,
  placed: Placed,
): { options: CheckOptions; valueStart: number; comment: Span } | undefined {
  let found: { value: string; valueStart: number; comment: Span } | undefined;
  for (const comment of placed.leading) {
    if (comment.text === '') found = undefined;
    if (found) continue;
    const start = placed.start + comment.start;
    const before = start > 0 ? text[start - 1] : '\n';
    if (before !== '\n' && before !== '\uFEFF') continue;
    const match = /^([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(comment.text);
    if (match?.[1]?.toLowerCase() !== 'check') continue;
    const value = match[2] ?? '';
    const end = placed.start + comment.end;
    found = { value, valueStart: text.indexOf(value, text.indexOf('=', start) + 1), comment: { start, end } };
  }
  if (!found) return undefined;
  const parsed = parseCheck(found.value);
  return 'options' in parsed
    ? { options: parsed.options, valueStart: found.valueStart, comment: found.comment }
    : undefined;
}
