import { type Instruction, perInstruction, type Segment } from '../dockerfile/index.js';
import type { ImageInfo, ShellName } from '../images/index.js';
import { declared, expand, extend, type Scope } from './scope.js';

/** The shell that runs shell-form RUN, CMD and ENTRYPOINT. */
export interface ShellInForce {
  /** Only `posix` text may be read as shell commands. */
  readonly kind: 'posix' | 'powershell' | 'cmd' | 'none' | 'unknown';
  /** What it really is, `/bin/sh` being the program of that name in the image; `sh` when that is not known. */
  readonly name: 'sh' | 'dash' | 'ash' | 'bash' | 'ksh' | 'zsh' | 'powershell' | 'cmd' | string;
  /** A pipe fails when any of its commands does. */
  readonly pipefail: boolean;
  /** Set by a SHELL instruction (or a shell pragma), not by the base image. */
  readonly explicit: boolean;
  /** A failing command ends the script (`-e`). */
  readonly errexit: boolean;
  /** It reads files first that may set any variable (`-l`, `-i`). */
  readonly readsProfile: boolean;
}

/** The user that RUN, CMD and ENTRYPOINT run as. */
export interface UserInForce {
  /** As written or known of the base image, variables expanded; undefined when the file cannot tell. */
  readonly name: string | undefined;
  /** Undefined: cannot be known. */
  readonly isRoot: boolean | undefined;
  /** Set by a USER of this file. */
  readonly explicit: boolean;
}

/** What is in force between two instructions of a stage. Immutable; equal objects for equal histories. */
export interface State {
  readonly image: ImageInfo;
  readonly shell: ShellInForce;
  /** The program that `/bin/sh` is: another than the image's own once a RUN has put one in its place. */
  readonly sh: ShellName;
  readonly user: UserInForce;
  /** Undefined until a WORKDIR of this file (or a stage it builds on) sets it. */
  readonly workdir: string | undefined;
  readonly scope: Scope;
}

const shells = new Map<string, ShellInForce>();

function shell(
  kind: ShellInForce['kind'],
  name: string,
  pipefail: boolean,
  explicit: boolean,
  errexit = false,
  readsProfile = false,
): ShellInForce {
  const key = `${kind} ${name} ${pipefail} ${explicit} ${errexit} ${readsProfile}`;
  let known = shells.get(key);
  if (!known) {
    known = { kind, name, pipefail, explicit, errexit, readsProfile };
    shells.set(key, known);
  }
  return known;
}

/** The shell of an image that no SHELL has changed. */
export function imageShell(sh: ShellName): ShellInForce {
  switch (sh) {
    case 'cmd':
      return shell('cmd', 'cmd', false, false);
    case 'powershell':
      return shell('powershell', 'powershell', false, false);
    case 'none':
      return shell('none', 'none', false, false);
    case 'dash':
    case 'ash':
    case 'bash':
      return shell('posix', sh, false, false);
    default:
      return shell('posix', 'sh', false, false);
  }
}

const POSIX = new Set(['sh', 'dash', 'ash', 'bash', 'ksh', 'zsh', 'busybox']);

/** What a shell of that name is in an image whose `/bin/sh` is `sh`. */
function programOf(name: string, sh: ShellName): string {
  if (name === 'busybox') return 'ash';
  return name === 'sh' && (sh === 'dash' || sh === 'ash' || sh === 'bash') ? sh : name;
}

/** Reads `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`. */
function shellFromWords(words: readonly string[], sh: ShellName): ShellInForce {
  const command = (words[0] ?? '').replace(/\\/g, '/');
  const name = command
    .slice(command.lastIndexOf('/') + 1)
    .replace(/\.exe$/i, '')
    .toLowerCase();
  if (name === 'pwsh' || name === 'powershell') return shell('powershell', 'powershell', false, true);
  if (name === 'cmd') return shell('cmd', 'cmd', false, true);
  // `/usr/bin/env bash`
  if (name === 'env' && words[1] !== undefined && !/^-|=/.test(words[1])) return shellFromWords(words.slice(1), sh);
  if (!POSIX.has(name)) return shell('unknown', name, false, true);
  const options = words.slice(1);
  const option = options.findIndex((word, index) => /^-[a-z]*o$/.test(word) && options[index + 1] === 'pipefail');
  const errexit = options.some(
    (word, index) => /^-[a-z]*e[a-z]*$/.test(word) || (/^-[a-z]*o$/.test(word) && options[index + 1] === 'errexit'),
  );
  const readsProfile = options.some(word => /^-[a-z]*[il]|^--login$/.test(word));
  return shell('posix', programOf(name, sh), option >= 0, true, errexit, readsProfile);
}

const users = new Map<string, UserInForce>();

function user(name: string | undefined, isRoot: boolean | undefined, explicit: boolean): UserInForce {
  const key = `${name} ${isRoot} ${explicit}`;
  let known = users.get(key);
  if (!known) {
    if (users.size > 10_000) users.clear();
    known = { name, isRoot, explicit };
    users.set(key, known);
  }
  return known;
}

export function isRootName(name: string): boolean {
  if (name === 'root') return true;
  const [account = ''] = name.split(':');
  return /^(?:root|0+|containeradministrator)$/i.test(account.trim());
}

export function imageUser(image: ImageInfo): UserInForce {
  const known = image.defaultUser;
  return known ? user(known.name, isRootName(known.name) || known.uid === 0, false) : user(undefined, undefined, false);
}

export function userFrom(text: string, scope: Scope, escape: string): UserInForce {
  const value = expand(text.trim(), scope, escape);
  if (value.certainty === 'unknown' || value.text === '') return user(undefined, undefined, true);
  return user(value.text, isRootName(value.text), true);
}

const isAbsolute = (path: string): boolean => /^(?:\/|[a-zA-Z]:|\\)/.test(path);

function workdirFrom(instruction: Instruction, state: State): string | undefined {
  const value = expand(instruction.arguments.text, state.scope, instruction.escape);
  if (value.certainty === 'unknown') return undefined;
  if (isAbsolute(value.text)) return value.text;
  return state.workdir === undefined ? undefined : `${state.workdir.replace(/\/$/, '')}/${value.text}`;
}

interface Transition {
  readonly from: State;
  readonly to: State;
}

/** What an instruction has made of the states before it, the latest ones: one text may be in many places. */
const transitionsOf = perInstruction((): Transition[] => []);
const MOST_TRANSITIONS = 10;
const CHANGES = new Set(['ENV', 'ARG', 'RUN', 'USER', 'WORKDIR', 'SHELL']);

/** `ln -sf /bin/bash /bin/sh`, `cp`, `mv`, `update-alternatives --install /bin/sh sh /bin/bash 1`. */
const PUTS_IN_PLACE =
  /\b(?:ln|cp|mv|install|update-alternatives)\s[^;&|\n]*?(?:^|[\s/])(bash|dash|busybox)\s(?:[^;&|\n]*\s)?(?:\/usr)?\/bin\/sh(?![\w/.-])|update-alternatives\s[^;&|\n]*\/bin\/sh\s+sh\s+\S*\/(bash|dash|busybox)\b/;

/** The program that `/bin/sh` is after a RUN. */
function shAfter(run: Instruction, sh: ShellName): ShellName {
  const match = PUTS_IN_PLACE.exec([run.joined.text, ...run.heredocs.map(heredoc => heredoc.content)].join('\n'));
  const program = match?.[1] ?? match?.[2];
  if (program === undefined) return sh;
  return program === 'busybox' ? 'ash' : program === 'dash' ? 'dash' : 'bash';
}

function compute(state: State, instruction: Instruction, globals: Scope): State {
  switch (instruction.keyword) {
    case 'ENV':
    case 'ARG': {
      const variables = declared(instruction, state.scope, globals);
      return variables.length === 0 ? state : { ...state, scope: extend(state.scope, variables) };
    }
    case 'RUN': {
      const sh = shAfter(instruction, state.sh);
      if (sh === state.sh) return state;
      return { ...state, sh, shell: state.shell.explicit ? state.shell : imageShell(sh) };
    }
    case 'USER':
      return { ...state, user: userFrom(instruction.arguments.text, state.scope, instruction.escape) };
    case 'WORKDIR':
      return { ...state, workdir: workdirFrom(instruction, state) };
    default:
      return instruction.json
        ? {
            ...state,
            shell: shellFromWords(
              instruction.json.map(word => word.text),
              state.sh,
            ),
          }
        : state;
  }
}

/** The state after an instruction. Same state and same instruction give the same object. */
export function after(state: State, { instruction }: Segment, globals: Scope): State {
  const { keyword, text } = instruction;
  if (!CHANGES.has(keyword) || (keyword === 'RUN' && !text.includes('bin/sh'))) return state;
  const known = transitionsOf(instruction);
  for (let index = 0; index < known.length; index++) {
    const transition = known[index];
    if (transition?.from === state) return transition.to;
  }
  const to = compute(state, instruction, globals);
  if (known.length >= MOST_TRANSITIONS) known.shift();
  known.push({ from: state, to });
  return to;
}

const SHELL_PRAGMA = /^hadolint\s+shell\s*=\s*([^\s#]+)/;

/** The shell that a `# hadolint shell=` comment above an instruction names. */
export function shellPragma({ leading }: Segment): ShellInForce | undefined {
  for (const comment of leading) {
    const name = SHELL_PRAGMA.exec(comment.text)?.[1];
    if (name) return shellFromWords([name], 'unknown');
  }
  return undefined;
}
