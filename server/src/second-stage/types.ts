import type { FileFacts, Stage } from '../facts/index.js';
import type { ShellCommand } from '../shell/index.js';

/** A command of the build, and the folder that it runs in. */
export interface BuildCommand {
  readonly command: ShellCommand;
  readonly workdir: string | undefined;
}

/** What a container starts: the words of ENTRYPOINT and CMD together. */
export interface Started {
  readonly words: readonly string[];
  /** Where relative paths begin; undefined where the file does not say. */
  readonly workdir: string | undefined;
  /** No shell is needed for it. */
  readonly isExec: boolean;
}

/** A file or folder of the build that the container needs. */
export interface Needed {
  readonly from: string;
  readonly to: string;
  /** The owner that the file gave it. */
  readonly chown?: string;
}

/** What the file is known to build, and what it starts of that. */
export interface Work {
  readonly facts: FileFacts;
  readonly stage: Stage;
  readonly started: Started;
  /** The commands of all RUNs that build, in order. */
  readonly commands: readonly BuildCommand[];
  /** Those of RUNs that prepare the container. */
  readonly prepared: readonly BuildCommand[];
}

/** The image that the result runs on. */
export interface Runtime {
  /** As FROM names it. */
  readonly image: string;
  /** Packages that it lacks and the program may need. */
  readonly packages: readonly string[];
}

/** What the second stage has beside the result. */
export interface Beside {
  readonly kept: readonly Needed[];
  /** Nothing in it needs a shell, a package, an account or a folder. */
  readonly isBare: boolean;
}

export interface Result {
  readonly needed: readonly Needed[];
  /** The image that it runs on; a text says why none is known. */
  readonly runtime: (beside: Beside) => Runtime | string;
}

/** What is known of one kind of build. Where something is not, a text says what. */
export interface Toolchain {
  /** Whether the image is one to build with in this way. */
  readonly isFor: (stage: Stage) => boolean;
  /** Names of commands that only build. */
  readonly commands: ReadonlySet<string>;
  /** Files that the container does not need once the build is done, by their path below the build context. */
  readonly isSource: (path: string) => boolean;
  /** Without one of these the build context is another folder. */
  readonly manifest: RegExp;
  /** Variables that only the build reads. */
  readonly variables: RegExp;
  /** How a source shows that the program starts other programs, which the smaller image may lack. */
  readonly startsOthers?: { readonly file: RegExp; readonly call: RegExp };
  /** Commands whose result the second stage needs as well, by the words after their name. */
  readonly prepares?: (words: readonly string[]) => boolean;
  readonly result: (work: Work) => Result | string;
}
