import { hasLooseFlag, type Instruction } from '../dockerfile/index.js';
import type { ImageInfo } from '../images/index.js';
import { type ShellCommand, type ShellScript, scriptOf } from '../shell/index.js';
import { type Mount, mountsOf } from './mounts.js';
import type { Scope } from './scope.js';
import type { StageRole } from './stage-role.js';
import type { ShellInForce, State, UserInForce } from './state.js';

/** A POSIX-shell RUN, CMD, ENTRYPOINT or HEALTHCHECK, or an exec form. */
function posixScript(instruction: Instruction, shell: ShellInForce): ShellScript | undefined {
  // An image without a shell gets one from ADD (a root file system) or COPY; only then does its RUN work, and as shell.
  // What another shell reads, such as PowerShell, is not even parsed.
  if (shell.kind !== 'posix' && shell.kind !== 'none' && !instruction.json) return undefined;
  if (hasLooseFlag(instruction)) return undefined;
  const script = scriptOf(instruction);
  if (!script || script.form === 'exec') return script;
  if (script.form === 'heredoc' && script.interpreter !== undefined && !/^(?:ba|da|a|k|z)?sh$/.test(script.interpreter))
    return undefined;
  return script;
}

/**
 * What is in force at one instruction. Reading a field is remembered in `reads`, so that a kept result is used again
 * only where everything it was made from is the same.
 */
export class InstructionFacts {
  #reads = 0;
  #script: readonly [ShellScript | undefined] | undefined;

  constructor(
    readonly instruction: Instruction,
    private readonly state: State,
    private readonly stageRole: StageRole,
  ) {}

  /** A bit for each field that was read. */
  get reads(): number {
    return this.#reads;
  }

  get image(): ImageInfo {
    this.#reads |= 1;
    return this.state.image;
  }

  get shell(): ShellInForce {
    this.#reads |= 2;
    return this.state.shell;
  }

  get user(): UserInForce {
    this.#reads |= 4;
    return this.state.user;
  }

  get workdir(): string | undefined {
    this.#reads |= 8;
    return this.state.workdir;
  }

  get scope(): Scope {
    this.#reads |= 16;
    return this.state.scope;
  }

  get stage(): StageRole {
    this.#reads |= 32;
    return this.stageRole;
  }

  /** The commands as POSIX shell reads them; undefined where no POSIX shell is in force, so nothing can be said. */
  get script(): ShellScript | undefined {
    const { shell } = this;
    this.#script ??= [posixScript(this.instruction, shell)];
    return this.#script[0];
  }

  get commands(): readonly ShellCommand[] {
    return this.script?.commands ?? NO_COMMANDS;
  }

  get mounts(): readonly Mount[] {
    return mountsOf(this.instruction);
  }
}

const NO_COMMANDS: readonly ShellCommand[] = [];

/** Whether a result made with `reads` from one state and role holds for another. */
export function sameReads(reads: number, a: State, aRole: StageRole, b: State, bRole: StageRole): boolean {
  if (a !== b) {
    if (reads & 1 && a.image !== b.image) return false;
    if (reads & 2 && a.shell !== b.shell) return false;
    if (reads & 4 && a.user !== b.user) return false;
    if (reads & 8 && a.workdir !== b.workdir) return false;
    if (reads & 16 && a.scope !== b.scope) return false;
  }
  if (reads & 32 && aRole !== bRole) return false;
  return true;
}
