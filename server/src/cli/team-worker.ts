import type { LintOptions } from '../engine/types.js';
import { type FileResult, type LintMode, lintFile, ofThread } from './lint-file.js';

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

/** One cell a file, which holds the member that took it. */
export const claimsFor = (files: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * (HEAD + files)));

/** Takes the next file that nobody has; an index beyond the last when none is left. */
export function claim(claims: Int32Array, member: number): number {
  const index = Atomics.add(claims, 0, 1);
  if (HEAD + index < claims.length) Atomics.store(claims, HEAD + index, member);
  return index;
}

/** The file that a member took last; -1 for none. */
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
  for (let index = claim(claims, member); index < files.length; index = claim(claims, member)) {
    const file = files[index];
    const folder = file && folders[file.folder];
    const settled = file && options[file.folder];
    if (folder === undefined || !settled) continue;
    results.push([index, await lintFile({ path: file.path, name: file.name, folder }, settled, own, mode)]);
    if (results.length < AT_ONCE) continue;
    post({ kind: 'results', results }, own.reports.take());
    results = [];
  }
  post({ kind: 'results', results }, own.reports.take());
  post({ kind: 'done' }, []);
}
