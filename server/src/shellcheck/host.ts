import type { ToWorker } from './protocol.js';

/** What a platform has to offer for ShellCheck to run; see node/spawn.ts and web/spawn.ts. */
export interface WorkerHost {
  /** Starts a worker and hands it the compiled module. Rejects where none can be had. The listeners may be called until it is terminated. */
  spawn(events: WorkerEvents): Promise<WorkerHandle>;
  /** Calls `run` once after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void;
}

export interface WorkerEvents {
  onMessage(message: unknown): void;
  /** The worker ended, or threw outside a message's handling; it is of no further use. */
  onExit(reason: string): void;
  /** A script took too long, as hosts tell that run the worker in the thread that asks; it is of no further use. */
  onLate(): void;
}

export interface WorkerHandle {
  post(message: ToWorker): void;
  /** Also while the worker is busy. */
  terminate(): void;
}
