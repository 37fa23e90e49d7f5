import {
  type FileResult,
  type FileSettings,
  type FileTask,
  type LintMode,
  lintFile,
  type OfThread,
  ofThread,
  readTask,
} from './lint-file.js';
import type { Shellcheck } from './shellchecked.js';

/** The member that is the main thread. */
export const MAIN = 0;

/** What a thread is told when it starts. */
export interface Briefing {
  /** From 1, after {@link MAIN}. */
  readonly member: number;
  /** `folder` is an index into `folders`. */
  readonly files: readonly { readonly path: string; readonly name: string; readonly folder: number }[];
  readonly folders: readonly string[];
  /** For each folder. */
  readonly settings: readonly FileSettings[];
  readonly mode: LintMode;
  /** Shared by all threads; see {@link claim}. */
  readonly claims: Int32Array;
}

/** Results with the indexes of their files. */
export type Results = readonly (readonly [number, FileResult])[];

export type FromWorker =
  | { readonly kind: 'results'; readonly results: Results }
  /** Why ShellCheck cannot run. */
  | { readonly kind: 'no-shellcheck'; readonly reason: string }
  /** `learned`: what the thread has added to the cache of scripts, which the main thread writes. */
  | { readonly kind: 'done'; readonly learned: readonly string[] };

/** Both ends are of one build, so the kind tells the shape; what is checked is that the message is ours at all. */
export const isFromWorker = (message: unknown): message is FromWorker =>
  typeof message === 'object' && message !== null && 'kind' in message;
export const isBriefing = (data: unknown): data is Briefing =>
  typeof data === 'object' && data !== null && 'claims' in data;

/** Before the files' cells comes the number of files taken so far. */
const HEAD = 1;

/** One cell a file, which holds the member that has begun it. */
export const claimsFor = (files: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * (HEAD + files)));

/**
 * Takes the next file that nobody has, and says who lints it, so that others know where it was if it should not come
 * back; undefined when none is left.
 */
export function claim(claims: Int32Array, member: number): number | undefined {
  const index = Atomics.add(claims, 0, 1);
  if (index >= claims.length - HEAD) return undefined;
  Atomics.store(claims, HEAD + index, member);
  return index;
}

/** The file that a member began last; -1 for none. */
export const lastOf = (claims: Int32Array, member: number): number => claims.lastIndexOf(member) - HEAD;

export const ownerOf = (claims: Int32Array, index: number): number => Atomics.load(claims, HEAD + index);

/** A file with what counts for it. */
export interface Given {
  readonly file: FileTask;
  readonly settings: FileSettings;
}

/** Lints files until none is left; those that `givenAt` knows nothing of are passed over. */
export async function lintShare(
  claims: Int32Array,
  member: number,
  givenAt: (index: number) => Given | undefined,
  own: OfThread,
  mode: LintMode,
  take: (index: number, result: FileResult) => void,
): Promise<void> {
  for (let index = claim(claims, member); index !== undefined; index = claim(claims, member)) {
    const given = givenAt(index);
    if (given) take(index, await lintFile(given.file, readTask(given.file), given.settings, own, mode));
  }
}

/** Results are sent by the dozen: each message wakes the main thread. */
const AT_ONCE = 24;

/** The work of a thread: lints files until none is left. */
export async function workInTeam(
  briefing: Briefing,
  shellcheck: Shellcheck | undefined,
  post: (message: FromWorker) => void,
): Promise<void> {
  const { member, files, folders, settings, mode, claims } = briefing;
  const own = ofThread(mode, shellcheck);
  let results: [number, FileResult][] = [];
  const send = (): void => {
    post({ kind: 'results', results });
    results = [];
  };
  const givenAt = (index: number): Given | undefined => {
    const file = files[index];
    const folder = file && folders[file.folder];
    const settled = file && settings[file.folder];
    return folder === undefined || !settled
      ? undefined
      : { file: { path: file.path, kind: 'file', name: file.name, folder }, settings: settled };
  };
  await lintShare(claims, member, givenAt, own, mode, (index, result) => {
    results.push([index, result]);
    if (results.length >= AT_ONCE) send();
  });
  send();
  post({ kind: 'done', learned: shellcheck?.cache?.learned() ?? [] });
  shellcheck?.dispose();
}
