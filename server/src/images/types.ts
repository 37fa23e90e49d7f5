import type { Accounts } from './accounts.js';
import type { EndOfLife } from './gone.js';
import type { Release } from './release.js';

/** Linux distributions and their like, told apart by what a Dockerfile can do in them. */
export type Family =
  | 'scratch'
  | 'distroless'
  | 'chainguard'
  | 'windows'
  | 'busybox'
  | 'alpine'
  | 'rhel'
  | 'rhel-minimal'
  | 'suse'
  | 'debian'
  | 'ubuntu'
  | 'unknown';

export type PackageManagerName = 'apt-get' | 'apk' | 'dnf' | 'yum' | 'microdnf' | 'tdnf' | 'zypper';

/** What shell-form instructions really run: `/bin/sh`, or `cmd` on Windows; `none` when there is no shell at all. */
export type ShellName = 'dash' | 'ash' | 'bash' | 'none' | 'cmd' | 'powershell' | 'unknown';

export type Runtime =
  | 'python'
  | 'node'
  | 'ruby'
  | 'php'
  | 'java'
  | 'go'
  | 'dotnet'
  | 'rust'
  | 'perl'
  | 'swift'
  | 'elixir'
  | 'haskell'
  | 'r'
  | 'c'
  | 'bun'
  | 'deno';

export interface User {
  readonly name: string;
  readonly uid?: number;
}

/** A user that the image has and documents for running applications. */
export interface ShippedUser {
  readonly name: string;
  readonly uid: number;
  /** What to write after USER. */
  readonly preferName: string;
}

/** A smaller image that does the same for most programs. */
export interface Slimmer {
  /** The whole reference, without digest. */
  readonly reference: string;
  /** Compressed, linux/amd64, approximate. */
  readonly megabytes?: number;
  readonly caution: string;
}

/** Everything is conservative: what is not known for certain is undefined, `unknown`, false or empty. */
export interface ImageInfo {
  readonly family: Family;
  /** The release of its distribution, where name and tag tell it for certain. */
  readonly release: Release | undefined;
  /** The image is one whose contents are documented here, so that what its family lacks, it lacks. */
  readonly isKnown: boolean;
  readonly packageManager: PackageManagerName | undefined;
  readonly shell: ShellName;
  /** The user it starts as; undefined when unknown. */
  readonly defaultUser: User | undefined;
  readonly shippedUser: ShippedUser | undefined;
  /** The users and groups it has; undefined when nothing is known of them. */
  readonly accounts: Accounts | undefined;
  /** Starts as root on purpose: its entrypoint prepares the volume and drops privileges itself. */
  readonly rootEntrypoint: boolean;
  /** What to do instead of adding USER to a root-entrypoint image. */
  readonly rootAdvice: string | undefined;
  readonly runtime: Runtime | undefined;
  /** Holds a compiler or development kit that a program does not need to run. */
  readonly isSdk: boolean;
  readonly slimmer: readonly Slimmer[];
  /** Names of the ENV variables that some version of the image sets. */
  readonly env: ReadonlySet<string>;
  /** No version sets others. */
  readonly envIsComplete: boolean;
  /** Only when it is certain that this version gets no more fixes. */
  readonly endOfLife: EndOfLife | undefined;
  /** The base of a function service, which starts it with a user and an entrypoint of its own. */
  readonly isFaas: boolean;
  /** True when the command is certainly not in the image. */
  lacksCommand(name: string): boolean;
  /** True when earlier versions of the image had the command, and this one certainly has not. */
  droppedCommand(name: string): boolean;
  /** True or false when certain, else undefined. */
  hasCommand(name: string): boolean | undefined;
}
