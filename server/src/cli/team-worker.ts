import type { LintOptions } from '../engine/types.js';
import {
  type FileResult,
  type FileTask,
  type LintMode,
  lintFile,
  type OfThread,
  ofThread,
  readTask,
} from './lint-file.js';

/** The member that is the main thread. */
export const MAIN = 0;

/** What a thread is told when it starts. */
export interface Briefing {
  /** From 1, behind {@link MAIN}. */
  readonly member: number;
  /** `folder` is an index into `folders`. */
  readonly files: readonly { readonly path: string; readonly name: string; readonly folder: number }[];
  readonly folders: readonly string[];
  /** For each folder. */
  readonly options: readonly LintOptions[];
  readonly mode: LintMode;
  /** Shared by all threads; see {@link claim}. */
  readonly claims: Int32Array;
}

/** Results with the indexes of their files. */
export type Results = readonly (readonly [number, FileResult])[];

export type FromWorker = { readonly kind: 'results'; readonly results: Results } | { readonly kind: 'done' };

/** Both ends are of one build, so the kind tells the shape; what is checked is that the message is ours at all. */
export const isFromWorker = (message: unknown): message is FromWorker =>
  typeof message === 'object' && message !== null && 'kind' in message;
export const isBriefing = (data: unknown): data is Briefing =>
  typeof data === 'object' && data !== null && 'claims' in data;

/** Before the files' cells comes the number of files taken so far. */
const HEAD = 1;

/** One cell a file, which holds the member that has begun it. */
export const claimsFor = (files: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * (HEAD + files)));

/** Files are read a few at a time: what the system does for one is at hand for the next. Not at the end, where others would wait. */
const A_FEW = 8;
const UNTIL_THE_END = 64;

/** Takes the next files that nobody has; none when none is left. */
export function claim(claims: Int32Array): readonly number[] {
  const files = claims.length - HEAD;
  const wanted = files - Atomics.load(claims, 0) > UNTIL_THE_END ? A_FEW : 1;
  const first = Atomics.add(claims, 0, wanted);
  const taken: number[] = [];
  for (let index = first; index < Math.min(files, first + wanted); index++) taken.push(index);
  return taken;
}

/** Says who lints a file, so that others know where it was if it should not come back. */
export const begin = (claims: Int32Array, index: number, member: number): void =>
  void Atomics.store(claims, HEAD + index, member);

/** The file that a member began last; -1 for none. */
export const lastOf = (claims: Int32Array, member: number): number => claims.lastIndexOf(member) - HEAD;

export const ownerOf = (claims: Int32Array, index: number): number => Atomics.load(claims, HEAD + index);

/** A file with the options that count for it. */
export interface Given {
  readonly file: FileTask;
  readonly options: LintOptions;
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
  for (let taken = claim(claims); taken.length > 0; taken = claim(claims)) {
    const tasks = taken.flatMap(index => {
      const given = givenAt(index);
      return given ? [{ index, ...given, read: readTask(given.file) }] : [];
    });
    for (const { index, file, options, read } of tasks) {
      begin(claims, index, member);
      take(index, await lintFile(file, read, options, own, mode));
    }
  }
}

/** Results are sent by the dozen: each message wakes the main thread. */
const AT_ONCE = 24;

/** The work of a thread: lints files until none is left. What is to be transferred with a message is the memory of its reports. */
export async function workInTeam(
  briefing: Briefing,
  post: (message: FromWorker, transfer: readonly ArrayBuffer[]) => void,
): Promise<void> {
  const { member, files, folders, options, mode, claims } = briefing;
  const own = ofThread(mode);
  let results: [number, FileResult][] = [];
  const send = (): void => {
    post({ kind: 'results', results }, own.reports.take());
    results = [];
  };
  const givenAt = (index: number): Given | undefined => {
    const file = files[index];
    const folder = file && folders[file.folder];
    const settled = file && options[file.folder];
    return folder === undefined || !settled
      ? undefined
      : { file: { path: file.path, name: file.name, folder }, options: settled };
  };
  await lintShare(claims, member, givenAt, own, mode, (index, result) => {
    results.push([index, result]);
    if (results.length >= AT_ONCE) send();
  });
  send();
  post({ kind: 'done' }, []);
}
