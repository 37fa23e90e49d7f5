import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ENVIRONMENT } from './environment.js';

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
}

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

const URI = 'file:///bench/Dockerfile';
const PROBE = fileURLToPath(new URL('./heap-probe.cjs', import.meta.url));

/**
 * A language server as an editor talks to it, with a clock: full text on open, ranges or the full text on each edit.
 * The clock stops when a message is there, before this process reads its JSON.
 */
export class LspClient {
  readonly #process: ChildProcess;
  readonly #pending = new Map<number, (result: unknown) => void>();
  #chunks: Buffer[] = [];
  #size = 0;
  #wanted = -1;
  #nextId = 0;
  #version = 0;
  #incremental = false;
  #onPublish: ((params: Record<string, unknown>) => void) | undefined;
  #onError: ((text: string) => void) | undefined;
  readonly #settings: unknown;
  readonly started = performance.now();
  /** When the last message had arrived. */
  arrived = 0;
  /** Called with the codes of each publication. */
  onCodes: (codes: readonly unknown[]) => void = () => {};

  /**
   * With `probe`, a server in Node.js can be asked for its heap. `settings`: what it is told when it asks for its section
   * of the configuration.
   */
  constructor(
    { command, args }: ServerCommand,
    { probe = false, settings = null }: { readonly probe?: boolean; readonly settings?: unknown } = {},
  ) {
    this.#settings = settings;
    const all = probe ? ['--expose-gc', '--require', PROBE, ...args] : [...args];
    this.#process = spawn(command, all, { env: ENVIRONMENT, stdio: ['pipe', 'pipe', probe ? 'pipe' : 'ignore'] });
    this.#process.stderr?.on('data', (chunk: Buffer) => this.#onError?.(chunk.toString()));
    this.#process.on('error', () => undefined);
    this.#process.stdin?.on('error', () => undefined);
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  async initialize(): Promise<void> {
    const result = await this.#request('initialize', {
      processId: process.pid,
      rootUri: 'file:///bench',
      workspaceFolders: null,
      capabilities: {
        textDocument: { publishDiagnostics: { versionSupport: true }, synchronization: {} },
        workspace: { configuration: true, workspaceFolders: false },
      },
    });
    const sync = record(record(record(result)['capabilities'])['textDocumentSync'])['change'];
    const short = record(record(result)['capabilities'])['textDocumentSync'];
    this.#incremental = (sync ?? short) === 2;
    this.#send({ method: 'initialized', params: {} });
  }

  /** Milliseconds until the first diagnostics. */
  async open(text: string, patience: number): Promise<number | undefined> {
    const begin = performance.now();
    const answer = this.#published(patience);
    this.#version = 1;
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri: URI, languageId: 'dockerfile', version: 1, text } },
    });
    return (await answer) ? this.arrived - begin : undefined;
  }

  /** Milliseconds from an edit to its diagnostics; undefined when none come in time. */
  async edit(range: Range, inserted: string, whole: () => string, patience: number): Promise<number | undefined> {
    const answer = this.#published(patience, ++this.#version);
    const change = this.#incremental ? { range, text: inserted } : { text: whole() };
    const begin = performance.now();
    this.#send({
      method: 'textDocument/didChange',
      params: { textDocument: { uri: URI, version: this.#version }, contentChanges: [change] },
    });
    return (await answer) ? this.arrived - begin : undefined;
  }

  /** Megabytes of heap after a garbage collection, for a server started with `probe`. */
  heap(): Promise<number | undefined> {
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(undefined), 10_000);
      this.#onError = text => {
        const bytes = /heap (\d+)/.exec(text)?.[1];
        if (bytes === undefined) return;
        clearTimeout(timer);
        resolve(Number(bytes) / 2 ** 20);
      };
      this.#process.kill('SIGUSR2');
    });
  }

  /** Resident memory in megabytes, where /proc tells. */
  memory(): number | undefined {
    try {
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8'))?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
    } catch {
      return undefined;
    }
  }

  /** Milliseconds that the process's first thread has worked, where /proc tells: what other threads and processes do does not count. */
  mainThread(): number {
    const { pid } = this.#process;
    try {
      const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      // In hundredths of a second, user and system (proc(5): utime and stime).
      return 10 * (Number(fields[11]) + Number(fields[12]));
    } catch {
      return Number.NaN;
    }
  }

  /** Ends the server as an editor does; one that does not end is stopped. */
  async end(): Promise<void> {
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    const timer = setTimeout(() => this.stop(), 2000);
    try {
      await this.#request('shutdown', null);
      this.#send({ method: 'exit' });
      await ended;
    } catch {
      this.stop();
    } finally {
      clearTimeout(timer);
    }
  }

  stop(): void {
    this.#process.kill('SIGKILL');
  }

  #published(patience: number, version?: number): Promise<boolean> {
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        this.#onPublish = undefined;
        resolve(false);
      }, patience);
      this.#onPublish = params => {
        // Servers that do not say which version they mean are taken at their word.
        if (version !== undefined && typeof params['version'] === 'number' && params['version'] < version) return;
        clearTimeout(timer);
        this.#onPublish = undefined;
        resolve(true);
      };
    });
  }

  #request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#nextId;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${method}`)), 30_000);
      this.#pending.set(id, result => {
        clearTimeout(timer);
        resolve(result);
      });
    });
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin?.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin?.write(body);
  }

  #read(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    for (;;) {
      if (this.#wanted < 0) {
        const buffer = this.#joined();
        const head = buffer.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())?.[1] ?? 0);
        this.#keep(buffer.subarray(head + 4));
        this.#wanted = length;
      }
      if (this.#size < this.#wanted) return;
      this.arrived = performance.now();
      const buffer = this.#joined();
      const message: unknown = JSON.parse(buffer.subarray(0, this.#wanted).toString());
      this.#keep(buffer.subarray(this.#wanted));
      this.#wanted = -1;
      this.#receive(record(message));
    }
  }

  #joined(): Buffer {
    const [first, ...more] = this.#chunks;
    if (first && more.length === 0) return first;
    const buffer = Buffer.concat(this.#chunks);
    this.#chunks = [buffer];
    return buffer;
  }

  #keep(buffer: Buffer): void {
    this.#chunks = [buffer];
    this.#size = buffer.length;
  }

  #receive(message: Record<string, unknown>): void {
    const { id, method } = message;
    if (typeof method === 'string' && id !== undefined) {
      const items = record(message['params'])['items'];
      this.#send({ id, result: Array.isArray(items) ? items.map(() => this.#settings) : null });
    } else if (method === 'textDocument/publishDiagnostics') {
      const params = record(message['params']);
      this.#onPublish?.(params);
      const { diagnostics } = params;
      if (Array.isArray(diagnostics)) this.onCodes(diagnostics.map(one => record(one)['code']));
    } else if (typeof id === 'number') {
      this.#pending.get(id)?.(message['result']);
      this.#pending.delete(id);
    }
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
