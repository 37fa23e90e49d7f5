import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { WorkerHandle, WorkerHost } from '../host.js';

/** `worker` and `wasm` are paths; either may be missing, then `spawn` rejects or the worker ends at once. */
export function createNodeHost(files: { readonly worker: string; readonly wasm: string }): WorkerHost {
  return {
    async spawn({ onMessage, onExit }) {
      // An unhandled error of the worker would end the process; its output would end up between the messages of an LSP on stdio.
      const worker = new Worker(files.worker, {
        name: 'shellcheck',
        stdout: true,
        stderr: true,
        env: {},
        execArgv: [],
        argv: [],
      });
      worker.stdout.resume();
      worker.stderr.resume();
      worker.on('error', error => onExit(String(error)));
      worker.on('messageerror', error => onExit(String(error)));
      worker.on('exit', code => onExit(`ended with status ${code}`));
      let unanswered = 0;
      worker.on('message', message => {
        // A worker without work does not keep the process alive.
        if (--unanswered === 0) worker.unref();
        onMessage(message);
      });
      const handle: WorkerHandle = {
        post(message) {
          if (unanswered++ === 0) worker.ref();
          worker.postMessage(message);
        },
        terminate: () => void worker.terminate(),
      };
      try {
        // Compiled beside what this thread does meanwhile; reading takes next to no time.
        handle.post({ kind: 'start', module: await WebAssembly.compile(readFileSync(files.wasm)) });
      } catch (error) {
        handle.terminate();
        throw error;
      }
      return handle;
    },
    after(ms, run) {
      let immediate: NodeJS.Immediate | undefined;
      // Where this thread was busy, an answer that is there comes first.
      const timer = setTimeout(() => {
        immediate = setImmediate(run);
      }, ms).unref();
      return () => {
        clearTimeout(timer);
        clearImmediate(immediate);
      };
    },
  };
}
