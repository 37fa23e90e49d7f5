import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundleCli } from '../../server/src/tools/bundle.js';
import { framed, INITIALIZED, initialize, open } from './editor-messages.js';

const root = mkdtempSync(join(tmpdir(), 'dockwright-stdio-'));
let cli = '';

beforeAll(async () => {
  cli = await bundleCli(root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Messages, each whole; fails where one does not begin right after the one before. */
function messagesIn(all: Buffer): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  for (let at = 0; at < all.length; ) {
    const [head = '', length] = /^Content-Length: (\d+)\r\n\r\n/.exec(all.toString('latin1', at, at + 60)) ?? [];
    if (head === '') throw new Error(`no head at ${at} of ${all.length}`);
    const body = at + head.length;
    at = body + Number(length);
    if (at > all.length) throw new Error('cut short');
    found.push(JSON.parse(all.toString('utf8', body, at)));
  }
  return found;
}

const URI = 'file:///nowhere/Dockerfile';
const change = (version: number, text: string): object => ({
  method: 'textDocument/didChange',
  params: { textDocument: { uri: URI, version }, contentChanges: [{ text }] },
});
const INITIALIZE = initialize(null);
const END = [{ id: 2, method: 'shutdown' }, { method: 'exit' }];

const ended = (child: ChildProcess): Promise<number | null> => new Promise(resolve => child.once('exit', resolve));

const start = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [cli, 'lsp', '--stdio', ...args], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });

describe('the server over standard input and output', () => {
  test.each([
    ['', []],
    [' in whatever way it is started', [`--clientProcessId=${process.pid}`]],
  ])('reads messages that come in pieces, and ends with its client%s', async (_, args) => {
    const child = start(...args);
    const out: Buffer[] = [];
    const published = new Promise<void>(resolve => {
      child.stdout?.on('data', (chunk: Buffer) => {
        out.push(chunk);
        if (chunk.includes('publishDiagnostics')) resolve();
      });
    });
    const all = Buffer.concat(
      [INITIALIZE, INITIALIZED, open(URI, 'FROM debian:12\n# é \u{1F40B}\nRUN apt-get install x\n')].map(framed),
    );
    for (let at = 0; at < all.length; at += 97) {
      child.stdin?.write(all.subarray(at, at + 97));
      await new Promise(resolve => setImmediate(resolve));
    }
    await published;
    child.stdin?.end(Buffer.concat(END.map(framed)));
    expect(await ended(child)).toBe(0);
    const messages = messagesIn(Buffer.concat(out));
    expect(messages[0]).toMatchObject({ id: 1, result: { serverInfo: { name: 'dockwright' } } });
    expect(JSON.stringify(messages)).toContain('apt-get-install-without-yes');
  });

  test('waits for a client that does not read, and keeps the order', async () => {
    const child = start();
    const text = `FROM debian:12\n${'RUN apt-get install x\n'.repeat(900)}`;
    child.stdin?.write(Buffer.concat([INITIALIZE, INITIALIZED, open(URI, text)].map(framed)));
    for (let version = 2; version <= 6; version++) {
      await new Promise(resolve => setTimeout(resolve, 400));
      child.stdin?.write(framed(change(version, `${text}# ${version}\n`)));
    }
    await new Promise(resolve => setTimeout(resolve, 400));
    const out: Buffer[] = [];
    let tail = '';
    await new Promise<void>(resolve => {
      child.stdout?.on('data', (chunk: Buffer) => {
        out.push(chunk);
        tail += chunk.toString('latin1');
        // The last version is asked for an answer after it.
        if (tail.includes('"version":6')) child.stdin?.write(framed({ id: 2, method: 'shutdown' }));
        if (tail.includes('"id":2')) resolve();
        tail = tail.slice(-10);
      });
    });
    child.stdin?.end(framed({ method: 'exit' }));
    await ended(child);
    const all = Buffer.concat(out);
    expect(all.length).toBeGreaterThan(1_000_000);
    const versions = messagesIn(all)
      .filter(message => message['method'] === 'textDocument/publishDiagnostics')
      .map(({ params }) => JSON.parse(JSON.stringify(params)).version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(versions.at(-1)).toBe(6);
  });

  test('reads what does not come from a pipe', async () => {
    const file = join(root, 'messages');
    writeFileSync(file, Buffer.concat([INITIALIZE, ...END].map(framed)));
    const input = openSync(file, 'r');
    const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], { stdio: [input, 'pipe', 'inherit'] });
    closeSync(input);
    const out: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    expect(await ended(child)).toBe(0);
    expect(messagesIn(Buffer.concat(out))[0]).toMatchObject({ id: 1 });
  });

  test('says what it does not know', () => {
    for (const [args, said] of [
      [[], 'add --stdio'],
      [['--sdtio'], 'did you mean --stdio?'],
      [['--stdio', '--port=1'], 'no option --port'],
    ] as const) {
      const { status, stderr } = spawnSync(process.execPath, [cli, 'lsp', ...args], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
    }
  });

  test('is reached over a socket', async () => {
    const answers: Buffer[] = [];
    const waiting = createServer();
    await new Promise<void>(resolve => waiting.listen(0, '127.0.0.1', resolve));
    const address = waiting.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const child = spawn(process.execPath, [cli, 'lsp', `--socket=${port}`], { cwd: root, stdio: 'ignore' });
    const socket = await new Promise<Socket>(resolve => waiting.once('connection', resolve));
    socket.on('data', (chunk: Buffer) => answers.push(chunk)).write(framed(INITIALIZE));
    await vi.waitFor(() => expect(Buffer.concat(answers).toString()).toContain('"name":"dockwright"'), 30_000);
    socket.end();
    waiting.close();
    expect(typeof (await ended(child))).toBe('number');
  });

  test('ends when its input ends', async () => {
    const child = start();
    child.stdout?.resume();
    child.stdin?.end(framed(INITIALIZE));
    expect(typeof (await ended(child))).toBe('number');
  });
});
