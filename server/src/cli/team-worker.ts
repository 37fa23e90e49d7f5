import type { LintOptions } from '../engine/types.js';
import { type FileResult, type LintMode, lintFile, ofThread, readTask } from './lint-file.js';

/** What a thread is told when it starts. */
export interface Briefing {
  /** From 1; 0 is the main thread. */
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

/** Results are sent by the dozen: each message wakes the main thread. */
const AT_ONCE = 24;

/** The work of a thread: lints files until none is left. What is to be transferred with a message is the memory of its reports. */
export async function workInTeam(
  briefing: Briefing,
  post: (message: FromWorker, transfer: readonly ArrayBuffer[]) => void,
): Promise<void> {
  const { member, files, folders, options, mode, claims } = briefing;
  const own = ofThread();
  let results: [number, FileResult][] = [];
  for (let taken = claim(claims); taken.length > 0; taken = claim(claims)) {
    const tasks = taken.flatMap(index => {
      const file = files[index];
      const folder = file && folders[file.folder];
      const settled = file && options[file.folder];
      if (folder === undefined || !settled) return [];
      const task = { path: file.path, name: file.name, folder };
      return [{ index, task, settled, read: readTask(task) }];
    });
    for (const { index, task, read, settled } of tasks) {
      begin(claims, index, member);
      results.push([index, await lintFile(task, read, settled, own, mode)]);
    }
    if (results.length < AT_ONCE) continue;
    post({ kind: 'results', results }, own.reports.take());
    results = [];
  }
  post({ kind: 'results', results }, own.reports.take());
  post({ kind: 'done' }, []);
}
