import type { Io, LintThread } from './io.js';
import { type FileResult, type FileTask, type LintMode, lintFile, type OfThread, readTask } from './lint-file.js';
import type { Settled } from './load-config.js';
import {
  type Briefing,
  claimsFor,
  type FromWorker,
  type Given,
  isFromWorker,
  lastOf,
  lintShare,
  MAIN,
  ownerOf,
} from './team-worker.js';

/** With fewer files for each, starting a thread takes longer than it saves. */
const FILES_PER_THREAD = 40;

/**
 * Lints files in this thread and, when there are many, in others beside it; each takes the next file that nobody has.
 * Other threads only make it faster: what one of them leaves undone is done here.
 */
export async function lintTogether(
  inputs: readonly FileTask[],
  settled: ReadonlyMap<string, Settled>,
  mode: LintMode,
  own: OfThread,
  jobs: number,
  io: Pick<Io, 'err' | 'lintThread' | 'progress'>,
  onUnavailable: (reason: string) => void,
): Promise<readonly (FileResult | undefined)[]> {
  const results: (FileResult | undefined)[] = new Array(inputs.length).fill(undefined);
  let done = 0;
  const take = (index: number, result: FileResult): void => {
    results[index] = result;
    io.progress?.(++done, inputs.length);
  };
  const givenAt = (index: number): Given | undefined => {
    const file = inputs[index];
    const settings = file && settled.get(file.folder);
    return settings && { file, settings };
  };
  const claims = claimsFor(inputs.length);
  const lintHere = (): Promise<void> => lintShare(claims, MAIN, givenAt, own, mode, take);
  const size = Math.min(jobs, Math.floor(inputs.length / FILES_PER_THREAD));
  const start = io.lintThread;
  if (size < 2 || !start) {
    await lintHere();
    return results;
  }
  const briefing = briefingFor(inputs, settled, mode, claims);
  const listen = (message: FromWorker): void => {
    if (message.kind === 'results') for (const [index, result] of message.results) take(index, result);
    else if (message.kind === 'no-shellcheck') onUnavailable(message.reason);
    else own.shellcheck?.cache?.add(message.learned);
  };
  const helpers = Array.from({ length: size - 1 }, (_, at) => help(start, { ...briefing, member: at + 1 }, listen));
  await lintHere();
  const losses = await Promise.all(helpers);
  for (let index = 0; index < inputs.length; index++) {
    if (results[index]) continue;
    const member = ownerOf(claims, index);
    // What used up the memory of one thread would use up that of this one as well, and end everything.
    if (losses[member - 1]?.outOfMemory && index === lastOf(claims, member))
      results[index] = { error: 'There is not enough memory to check this file.' };
    else {
      const given = givenAt(index);
      if (given) results[index] = await lintFile(given.file, readTask(given.file), given.settings, own, mode);
    }
  }
  for (const reason of new Set(losses.flatMap(loss => loss?.reason ?? [])))
    io.err(`dockwright: one of the threads stopped (${reason}); its files were checked without it.\n`);
  return results;
}

function briefingFor(
  inputs: readonly FileTask[],
  settled: ReadonlyMap<string, Settled>,
  mode: LintMode,
  claims: Int32Array,
): Omit<Briefing, 'member'> {
  const folders = [...settled.keys()];
  const indexes = new Map(folders.map((folder, index) => [folder, index]));
  return {
    files: inputs.map(({ path, name, folder }) => ({ path, name, folder: indexes.get(folder) ?? -1 })),
    folders,
    settings: [...settled.values()].map(({ options, output, shellcheck, source, variants }) => ({
      options,
      output,
      shellcheck,
      source,
      ...(variants ? { variants } : {}),
    })),
    mode,
    claims,
  };
}

/** How a thread ended before it was done. */
interface Loss {
  readonly reason: string;
  readonly outOfMemory: boolean;
}

/** Has another thread lint files. Resolves when it ends, and never rejects. */
function help(
  start: (briefing: Briefing) => LintThread,
  briefing: Briefing,
  listen: (message: FromWorker) => void,
): Promise<Loss | undefined> {
  return new Promise(resolve => {
    const lost = (error: unknown): void => {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      resolve({
        reason: error instanceof Error ? error.message : String(error),
        outOfMemory: code === 'ERR_WORKER_OUT_OF_MEMORY',
      });
    };
    try {
      const thread = start(briefing);
      thread.on('error', lost);
      thread.on('messageerror', lost);
      thread.on('exit', code => lost(`it ended with status ${code}`));
      thread.on('message', message => {
        if (!isFromWorker(message)) return;
        listen(message);
        if (message.kind === 'done') resolve(undefined);
      });
    } catch (error) {
      lost(error);
    }
  });
}
