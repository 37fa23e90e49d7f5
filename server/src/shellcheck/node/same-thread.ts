import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { WorkerHandle, WorkerHost } from '../host.js';
import type { ToWorker } from '../protocol.js';

/**
 * ShellCheck in the thread that asks, for the command line: nobody types meanwhile, and starting a thread takes longer than
 * linting a file. `worker` is the path of the browser's worker, which asks nothing of what is around it but its port; it
 * gets a global scope of its own, and what it says is cloned as a port does it. A script may take `lintMs`.
 */
export function createSameThreadHost(
  files: { readonly worker: string; readonly wasm: string },
  lintMs: number,
): WorkerHost {
  return {
    async spawn({ onMessage, onExit, onLate }) {
      const source = readFileSync(files.worker, 'utf8');
      // Compiled by other threads beside what this one does meanwhile.
      const module = await WebAssembly.compile(readFileSync(files.wasm));
      const said: unknown[] = [];
      const scope: Record<string, unknown> = {
        WebAssembly,
        TextEncoder,
        TextDecoder,
        postMessage: (message: unknown) => void said.push(structuredClone(message)),
      };
      scope['self'] = scope;
      // Its promises settle within the call that made them, and so within the time limit of that call.
      const context = createContext(scope, { microtaskMode: 'afterEvaluate' });
      new Script(source, { filename: files.worker }).runInContext(context);
      const receive = new Script('self.onmessage({ data: received })');

      const posted: ToWorker[] = [];
      let isWorking = false;
      function work(): void {
        for (let message = posted.shift(); message; message = posted.shift()) {
          scope['received'] = message;
          try {
            receive.runInContext(context, { timeout: lintMs });
          } catch (error) {
            posted.length = 0;
            if (isTimeout(error)) onLate();
            else onExit(String(error));
            return;
          }
          for (const answer of said.splice(0)) onMessage(answer);
        }
        isWorking = false;
      }
      const handle: WorkerHandle = {
        post(message) {
          posted.push(message);
          if (isWorking) return;
          isWorking = true;
          queueMicrotask(work);
        },
        terminate() {
          posted.length = 0;
        },
      };
      handle.post({ kind: 'start', module });
      return handle;
    },
    // Time runs out within a call here, never between two.
    after: () => () => undefined,
  };
}

/** An error of the other scope, so not an instance of this one's class. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
