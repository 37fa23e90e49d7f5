import type { WorkerHandle, WorkerHost } from '../host.js';

/** `worker` and `wasm` are absolute URLs, which may be of another origin; either may be missing, then `spawn` rejects. */
export function createWebHost(urls: { readonly worker: string; readonly wasm: string }): WorkerHost {
  return {
    async spawn({ onMessage, onExit }) {
      const [worker, wasm] = await Promise.all([fetchExisting(urls.worker), fetchExisting(urls.wasm)]);
      // Not compileStreaming: it refuses servers that do not send application/wasm.
      const module = await WebAssembly.compile(await wasm.arrayBuffer());
      // A worker may only be started from a script of the page's own origin; a blob always is.
      const script = URL.createObjectURL(new Blob([await worker.text()], { type: 'text/javascript' }));
      const started = new Worker(script, { name: 'shellcheck' });
      started.onmessage = event => onMessage(event.data);
      started.onmessageerror = () => onExit('a message could not be read');
      started.onerror = event => {
        event.preventDefault();
        onExit(event.message || 'the worker failed');
      };
      const handle: WorkerHandle = {
        post: message => started.postMessage(message),
        terminate: () => {
          started.terminate();
          URL.revokeObjectURL(script);
        },
      };
      handle.post({ kind: 'start', module });
      return handle;
    },
    after(ms, run) {
      // Where this thread was busy, an answer that is there comes first.
      let timer = setTimeout(() => {
        timer = setTimeout(run, 0);
      }, ms);
      return () => clearTimeout(timer);
    },
  };
}

async function fetchExisting(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response;
}
