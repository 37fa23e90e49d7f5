import { type Instruction, type Joined, type Placed, perInstruction, type Segment } from '../../dockerfile/index.js';
import {
  type FileFacts,
  PLATFORM_ARGUMENTS,
  PROXY_ARGUMENTS,
  type Scope,
  type StageContent,
  type State,
  variablesOf,
} from '../../facts/index.js';
import { hadolintJobs } from '../../hadolint/shellcheck/jobs.js';
import type { Reading } from '../../rules/rule.js';
import { heredocBody, heredocReadByShell, scriptOf } from '../../shell/index.js';
import type { ShellDialect } from '../index.js';
import { OFF_AT_START, OFF_WITH_ERREXIT } from '../index.js';
import type { PossibleShell, ShellJob } from '../script-job.js';
import { type Sh, type ShAt, shIn } from './sh.js';

/** What BuildKit and every container have in their environment without being told. */
const ALWAYS_SET = [...PROXY_ARGUMENTS, ...PLATFORM_ARGUMENTS, 'PATH', 'HOME', 'HOSTNAME', 'TERM'];

function dialect(name: string): ShellDialect | undefined {
  switch (name) {
    case 'bash':
    case 'dash':
    case 'ksh':
    case 'sh':
      return name;
    case 'ash':
    case 'busybox':
      return 'busybox';
    default:
      return /^ksh(?:88|93)$/.test(name) ? 'ksh' : undefined;
  }
}

/** What reads a script that `/bin/sh` runs: plain `sh` where nothing tells what that is. */
function dialectOfSh(sh: Sh): { readonly reads: ShellDialect; readonly shell: PossibleShell } {
  switch (sh) {
    case 'dash':
    case 'bash':
      return { reads: sh, shell: sh };
    case 'ash':
      return { reads: 'busybox', shell: 'busybox' };
    case 'dash, perhaps':
      return { reads: 'dash', shell: sh };
    default:
      return { reads: 'sh', shell: 'unknown' };
  }
}

function readerOf(name: string, sh: Sh): { readonly reads: ShellDialect; readonly shell: PossibleShell } | undefined {
  if (name === 'sh') return dialectOfSh(sh);
  const reads = dialect(name);
  if (!reads) return undefined;
  return { reads, shell: reads === 'dash' || reads === 'busybox' ? reads : 'bash' };
}

/** A script of an instruction; `shell` is that of its own, where it names one. */
interface Piece {
  readonly source: Joined;
  readonly shell: string | undefined;
  readonly errexit: boolean;
}

function piecesOf(instruction: Instruction): Piece[] {
  const script = scriptOf(instruction);
  if (!script || script.form === 'exec' || script.source.text.trim() === '') return [];
  const pieces: Piece[] = [{ source: script.source, shell: script.interpreter, errexit: false }];
  const fed = heredocReadByShell(instruction, script);
  if (!fed || !dialect(fed.shell)) return pieces;
  const { heredoc, shell, errexit } = fed;
  // Without quotes around its name the outer shell expands the body first, so what the inner one reads is another text.
  if (!heredoc.expand || !/[$`\\]/.test(heredoc.content)) pieces.push({ source: heredocBody(heredoc), shell, errexit });
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
  readonly sh: Sh;
  /** Names of the variables in force, and of those that triggers set. Their values do not matter. */
  readonly names: string;
  readonly triggered: string;
  readonly scripts: readonly Omit<ShellJob, 'placed'>[];
}

/** How many different surroundings of one instruction text are remembered. */
const KEPT_PER_INSTRUCTION = 4;
const keptWith = perInstruction((): Kept[] => []);

function scriptsOf(instruction: Instruction, state: State, sh: Sh, triggered: Names): Kept['scripts'] {
  const { image, shell, scope } = state;
  const inScope = namesIn(scope);
  const entries = keptWith(instruction);
  const hit = entries.find(
    entry =>
      entry.image === image &&
      entry.shell === shell &&
      entry.sh === sh &&
      entry.names === inScope.key &&
      entry.triggered === triggered.key,
  );
  if (hit) return hit.scripts;
  const assigned = [...ALWAYS_SET, ...image.env, ...inScope.list, ...triggered.list];
  const start = instruction.keyword === 'RUN' ? [] : OFF_AT_START.map(row => row.code);
  const scripts = piecesOf(instruction).flatMap(piece => {
    const reader = readerOf(piece.shell ?? (shell.explicit ? shell.name : 'sh'), sh);
    if (!reader) return [];
    const errexit = piece.errexit || (piece.shell === undefined && shell.errexit);
    return [
      {
        source: piece.source,
        request: { script: piece.source.text, shell: reader.reads, assigned },
        off: errexit ? [...start, ...OFF_WITH_ERREXIT.map(row => row.code)] : start,
        shell: reader.shell,
        knowsImage: image.isKnown,
      },
    ];
  });
  if (entries.length >= KEPT_PER_INSTRUCTION) entries.shift();
  entries.push({ image, shell, sh, names: inScope.key, triggered: triggered.key, scripts });
  return scripts;
}

const NO_NAMES: Names = { list: [], key: '' };

/** ENV and ARG after ONBUILD are set where the triggers run. */
function triggeredNames(facts: FileFacts): Names {
  const list = facts.all('ONBUILD').flatMap(({ instruction: { trigger } }) => {
    return trigger?.keyword === 'ENV' || trigger?.keyword === 'ARG' ? trigger.pairs.map(pair => pair.key) : [];
  });
  return list.length === 0 ? NO_NAMES : { list, key: list.join() };
}

type Script = Omit<ShellJob, 'placed'>;

function scriptsAt(instruction: Instruction, state: State, sh: Sh, triggered: Names): readonly Script[] {
  // An image without a shell gets one from ADD or COPY; else its RUN does not work at all.
  if (state.shell.kind !== 'posix' && state.shell.kind !== 'none') return NO_SCRIPTS;
  if (sh === 'windows') return NO_SCRIPTS;
  return scriptsOf(instruction.trigger ?? instruction, state, sh, triggered);
}

const NO_SCRIPTS: readonly Script[] = [];

/** An instruction that may hold scripts, with what counts for it. */
interface Holder {
  readonly offset: number;
  readonly instruction: Instruction;
  readonly state: State;
  readonly sh: Sh;
}

/** Kept by stage, which is most often as it was a key ago. */
const holdersIn = (_: readonly Placed[], content: StageContent | undefined): readonly Holder[] =>
  content ? holders(content.parts, content.states, shIn(content)) : [];

function holders(parts: readonly Segment[], states: readonly State[], shAt: ShAt): readonly Holder[] {
  return parts.flatMap(({ instruction }, offset) => {
    const state = states[offset];
    return state && scriptOf(instruction.trigger ?? instruction)
      ? [{ offset, instruction, state, sh: shAt(offset, state) }]
      : [];
  });
}

function* ownJobs(facts: FileFacts, template: Uncertain | undefined): Generator<ShellJob> {
  const triggered = triggeredNames(facts);
  for (const stage of [undefined, ...facts.stages]) {
    const begin = stage?.from.index ?? 0;
    const all = stage
      ? facts.ofStage(stage, holdersIn)
      : holders(facts.preambleContent.parts, facts.preambleStates, () => 'unknown');
    for (const { offset, instruction, state, sh } of all) {
      if (template?.isUncertain(begin + offset)) continue;
      const names = instruction.trigger ? triggered : NO_NAMES;
      for (const script of scriptsAt(instruction, state, sh, names))
        yield { ...script, placed: facts.dockerfile.placements.get(begin + offset) };
    }
  }
}

/** Of a template: the instructions whose text is not what will be built. */
interface Uncertain {
  isUncertain(index: number): boolean;
}

/**
 * The scripts of a file that ShellCheck can read: shell forms and heredocs under a shell that it knows. One after the
 * other, for nobody looks at all of a very long file. What a template may change is not a script yet, but for hadolint, which knows
 * nothing of templates.
 */
export function* shellJobs(facts: FileFacts, reading: Reading, template?: Uncertain): Generator<ShellJob> {
  switch (reading) {
    case 'own':
      yield* ownJobs(facts, template);
      return;
    case 'hadolint':
      yield* hadolintJobs(facts);
      return;
    case 'buildkit':
      return;
  }
}
