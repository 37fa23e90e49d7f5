import { promises } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { WorkerHandle, WorkerHost } from '../host.js';

/** `worker` and `wasm` are paths; either may be missing, then `spawn` rejects or the worker ends at once. */
export function createNodeHost(files: { readonly worker: string; readonly wasm: string }): WorkerHost {
  let compiled: Promise<WebAssembly.Module> | undefined;

  async function compile(): Promise<WebAssembly.Module> {
    try {
      return await WebAssembly.compile(new Uint8Array(await promises.readFile(files.wasm)));
    } catch (error) {
      compiled = undefined;
      throw error;
    }
  }

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
      worker.on('message', message => {
        // A worker without work does not keep the process alive.
        worker.unref();
        onMessage(message);
      });
      const handle: WorkerHandle = {
        post(message) {
          worker.ref();
          worker.postMessage(message);
        },
        terminate: () => void worker.terminate(),
      };
      try {
        compiled ??= compile();
        handle.post({ kind: 'start', module: await compiled });
      } catch (error) {
        handle.terminate();
        throw error;
      }
      return handle;
    },
    release() {
      compiled = undefined;
    },
    after(ms, run) {
      const timer = setTimeout(run, ms).unref();
      return () => clearTimeout(timer);
    },
  };
}
