import { extensions, Uri } from 'vscode';
import type { WorkerHandle, WorkerHost } from '../../../server/src/shellcheck/host.js';
import { type FromWorker, isFromWorker } from '../../../server/src/shellcheck/protocol.js';
import { createShellcheckRunner, type RunnerOptions } from '../../../server/src/shellcheck/runner.js';
import { createWebHost } from '../../../server/src/shellcheck/web/spawn.js';
import { SCRIPTS } from '../../shellcheck/lib/scripts.js';
import { equal, ok } from './expect.js';
import { MARK } from './result-line.js';

const ROUNDS = 200;

function dist(name: string): string {
  const extension = extensions.getExtension('dockwright.dockwright');
  ok(extension, 'the extension is installed');
  return Uri.joinPath(extension.extensionUri, 'dist', name).toString(true);
}

/** The real worker, but for scripts that ask for a fault. */
async function faultyHost(): Promise<WorkerHost> {
  const real = createWebHost({ worker: dist('shellcheck-worker-web.js'), wasm: dist('shellcheck.wasm') });
  const [worker, wasm] = await Promise.all([fetch(dist('shellcheck-worker-web.js')), fetch(dist('shellcheck.wasm'))]);
  const module = await WebAssembly.compile(await wasm.arrayBuffer());
  const faults = `self.addEventListener('message', ({ data }) => {
    const script = data.job?.script ?? '';
    if (script.includes('HANG')) for (;;);
    if (script.includes('THROW')) throw new Error('thrown');
  });`;
  const script = URL.createObjectURL(new Blob([faults, await worker.text()], { type: 'text/javascript' }));
  return {
    ...real,
    async spawn({ onMessage, onExit }) {
      const started = new Worker(script);
      started.onmessage = event => onMessage(event.data);
      started.onerror = event => {
        event.preventDefault();
        onExit('the worker failed');
      };
      started.postMessage({ kind: 'start', module });
      return { post: message => started.postMessage(message), terminate: () => started.terminate() };
    },
  };
}

/** The workers and the wasm file of the installed extension, started as the server starts them. */
function setUp(
  limits: RunnerOptions['limits'] = {},
  web = createWebHost({ worker: dist('shellcheck-worker-web.js'), wasm: dist('shellcheck.wasm') }),
) {
  const heard: FromWorker[] = [];
  const handles: WorkerHandle[] = [];
  const host: WorkerHost = {
    ...web,
    async spawn(events) {
      const handle = await web.spawn({
        ...events,
        onMessage(message) {
          if (isFromWorker(message)) heard.push(message);
          events.onMessage(message);
        },
      });
      handles.push(handle);
      return handle;
    },
  };
  let unavailable: string | undefined;
  const onUnavailable = (reason: string): void => {
    unavailable = reason;
  };
  const runner = createShellcheckRunner(host, { onUnavailable, limits });
  const codes = async (script: string): Promise<string> => {
    const outcome = await runner.lint({ script, shell: 'sh' });
    if (outcome.kind === 'linted') return outcome.comments.map(comment => comment.code).join(' ');
    return unavailable === undefined ? outcome.reason : `${outcome.reason}: ${unavailable}`;
  };
  return { runner, codes, heard, handles };
}

suite('ShellCheck in the web worker', () => {
  test('2,000 lints in a row: the same results, and no growing memory', async function () {
    this.timeout(300_000);
    const { runner, heard } = setUp({ cacheSize: 0, lintMs: 30_000 });
    const results = new Map<string, Set<string>>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const script of SCRIPTS) {
        const seen = results.get(script) ?? new Set();
        results.set(script, seen.add(JSON.stringify(await runner.lint({ script, shell: 'sh' }))));
      }
      // The runner outside looks at what the whole browser holds.
      if (round === ROUNDS / 2 - 1 || round === ROUNDS - 1) console.log(`${MARK}${(round + 1) * SCRIPTS.length} lints`);
    }
    runner.dispose();
    for (const [script, seen] of results) {
      equal(seen.size, 1, script);
      ok(
        [...seen].every(json => json.includes('"linted"')),
        `${script} is linted, not ${[...seen]}`,
      );
    }
    equal(heard.filter(message => message.kind === 'linted').length, ROUNDS * SCRIPTS.length);
    equal(heard.filter(message => message.kind === 'ready').length, 1, 'one worker did it all');
  });

  test('a killed worker is replaced, though nobody tells that it is gone', async () => {
    const { runner, codes, handles } = setUp({ lintMs: 2_000 });
    equal(await codes('ls $X'), '2086');
    handles[0]?.terminate();
    equal((await Promise.all([codes('ls $Y'), codes('ls $Z')])).join(), 'timed-out,2086');
    equal(handles.length, 2);
    runner.dispose();
  });

  test('a hung worker is given up, and so is its script, but no other', async () => {
    const { runner, codes } = setUp({ lintMs: 2_000 }, await faultyHost());
    equal(await codes('ls $X'), '2086');
    equal((await Promise.all([codes('HANG'), codes('cd /x; ls')])).join(), 'timed-out,2164');
    equal(await codes('ls $Y'), '2086');
    runner.dispose();
  });

  test('a crashed worker is replaced', async () => {
    const { runner, codes } = setUp({}, await faultyHost());
    equal((await Promise.all([codes('THROW'), codes('ls $X')])).join(), 'crashed,2086');
    runner.dispose();
  });

  test('a build without the file has no ShellCheck, and says so once', async () => {
    const { runner, codes } = setUp({}, createWebHost({ worker: dist('missing.js'), wasm: dist('shellcheck.wasm') }));
    ok((await codes('ls $X')).startsWith('unavailable: '), 'a reason');
    runner.dispose();
  });
});
