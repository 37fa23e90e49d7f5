import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundleServer } from '../../server/src/tools/bundle.js';
import { INITIALIZED, initialize, OPEN_UNTITLED } from './editor-messages.js';

const root = mkdtempSync(join(tmpdir(), 'dockwright-server-'));
const cache = join(root, 'cache');
const stored = join(cache, 'dockwright', `server-node${process.versions.node.split('.')[0]}.bin`);
let server = '';

beforeAll(async () => {
  server = await bundleServer(root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Received = Record<string, unknown>;

interface Running {
  readonly child: ChildProcess;
  readonly received: readonly Received[];
  send(message: object): void;
}

/** Started as VS Code's client does it. */
function start(): Running {
  const child = fork(server, ['--node-ipc', `--clientProcessId=${process.pid}`], {
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '', XDG_CACHE_HOME: cache },
  });
  const received: Received[] = [];
  child.on('message', message => {
    if (typeof message === 'object') received.push(Object.fromEntries(Object.entries(message)));
  });
  return { child, received, send: message => void child.send({ jsonrpc: '2.0', ...message }) };
}

async function published({ received, send }: Running): Promise<string> {
  send(initialize(process.pid));
  await vi.waitFor(() => expect(received.some(({ id }) => id === 1)).toBe(true), 60_000);
  send(INITIALIZED);
  send(OPEN_UNTITLED);
  const publication = (): Received | undefined =>
    received.find(({ method }) => method === 'textDocument/publishDiagnostics');
  await vi.waitFor(() => expect(publication()).toBeDefined(), 60_000);
  return JSON.stringify(publication());
}

const ended = ({ child }: Running): Promise<number | null> => new Promise(resolve => child.once('exit', resolve));

describe('the server that VS Code starts', () => {
  test('finds the same with compiled code that an earlier one has kept, and ends when it is told to', async () => {
    const first = start();
    const found = await published(first);
    expect(found).toContain('apt-get-install-without-yes');
    if (process.platform === 'linux') await vi.waitFor(() => expect(existsSync(stored)).toBe(true), 60_000);
    first.send({ id: 2, method: 'shutdown' });
    await vi.waitFor(() => expect(first.received.some(({ id }) => id === 2)).toBe(true), 60_000);
    const exit = ended(first);
    first.send({ method: 'exit' });
    expect(await exit).toBe(0);
    const kept = process.platform === 'linux' && statSync(stored).mtimeMs;

    const second = start();
    expect(await published(second)).toBe(found);
    const end = ended(second);
    second.child.disconnect();
    expect(await end).toBe(0);
    if (kept !== false) expect(statSync(stored).mtimeMs).toBe(kept);
  }, 120_000);
});
