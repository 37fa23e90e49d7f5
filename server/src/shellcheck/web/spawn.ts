import type { WorkerHandle, WorkerHost } from '../host.js';

/** `worker` and `wasm` are absolute URLs, which may be of another origin; either may be missing, then `spawn` rejects. */
export function createWebHost(urls: { readonly worker: string; readonly wasm: string }): WorkerHost {
  let shared: Promise<{ readonly module: WebAssembly.Module; readonly script: string }> | undefined;

  async function load(): Promise<{ readonly module: WebAssembly.Module; readonly script: string }> {
    try {
      const [worker, wasm] = await Promise.all([fetchExisting(urls.worker), fetchExisting(urls.wasm)]);
      // Not compileStreaming: it refuses servers that do not send application/wasm.
      const module = await WebAssembly.compile(await wasm.arrayBuffer());
      // A worker may only be started from a script of the page's own origin; a blob always is.
      return { module, script: URL.createObjectURL(new Blob([await worker.text()], { type: 'text/javascript' })) };
    } catch (error) {
      shared = undefined;
      throw error;
    }
  }

  return {
    async spawn({ onMessage, onExit }) {
      shared ??= load();
      const { module, script } = await shared;
      const worker = new Worker(script, { name: 'shellcheck' });
      worker.onmessage = event => onMessage(event.data);
      worker.onmessageerror = () => onExit('a message could not be read');
      worker.onerror = event => {
        event.preventDefault();
        onExit(event.message || 'the worker failed');
      };
      const handle: WorkerHandle = {
        post: message => worker.postMessage(message),
        terminate: () => worker.terminate(),
      };
      handle.post({ kind: 'start', module });
      return handle;
    },
    release() {
      const released = shared;
      shared = undefined;
      released?.then(({ script }) => URL.revokeObjectURL(script)).catch(() => {});
    },
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
}

async function fetchExisting(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response;
}
