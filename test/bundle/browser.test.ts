import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { serverWebBundle } from '../../server/src/tools/bundle.js';

/** A message port as a web worker has it, with nothing of Node around it. */
async function worker(): Promise<{ send: (message: unknown) => void; received: Record<string, unknown>[] }> {
  const code = await serverWebBundle();
  const received: Record<string, unknown>[] = [];
  let listener: (event: { data: unknown }) => void = () => {};
  const self: Record<string, unknown> = {
    postMessage: (message: Record<string, unknown>) => received.push(message),
    addEventListener: (type: string, handler: typeof listener) => {
      if (type === 'message') listener = handler;
    },
    set onmessage(handler: typeof listener) {
      listener = handler;
    },
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    queueMicrotask,
    TextEncoder,
    TextDecoder,
    URL,
    console,
  };
  self['self'] = self;
  self['globalThis'] = self;
  vm.runInNewContext(code, self, { filename: 'server-web.js' });
  return { send: data => listener({ data }), received };
}

/** Answers what the server asks of the client's file system. */
async function serve(
  { send, received }: Awaited<ReturnType<typeof worker>>,
  files: Readonly<Record<string, string>>,
  isDone: () => boolean,
): Promise<void> {
  let answered = 0;
  await expect
    .poll(
      () => {
        for (const { id, method, params } of received.slice(answered)) {
          answered++;
          if (id === undefined || method === undefined) continue;
          const uri = String(Reflect.get(Object(params), 'uri'));
          const name = uri.replace('memfs:/app/', '');
          const text = files[name];
          const listing = uri === 'memfs:/app' ? Object.keys(files).map(file => [file, 'file']) : null;
          const file = text === undefined ? null : { text };
          const result = { 'dockwright/readFile': file, 'dockwright/readDirectory': listing }[String(method)] ?? null;
          send({ jsonrpc: '2.0', id, result });
        }
        return isDone();
      },
      { timeout: 10_000 },
    )
    .toBe(true);
}

describe('the browser bundle', () => {
  test('lints in a context without anything of Node', async () => {
    const { send, received } = await worker();
    send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    await expect.poll(() => received.some(message => message['id'] === 1)).toBe(true);
    send({ jsonrpc: '2.0', method: 'initialized', params: {} });
    const text = 'FROM debian:12\nRUN apt-get update && apt-get install 😀 curl\nENV A b c\n';
    send({
      jsonrpc: '2.0',
      method: 'textDocument/didOpen',
      params: { textDocument: { uri: 'untitled:Dockerfile', languageId: 'dockerfile', version: 1, text } },
    });
    await expect
      .poll(() => JSON.stringify(received.filter(message => message['method'] === 'textDocument/publishDiagnostics')))
      .toContain('apt-get-install-without-yes');
  });

  test('reads ignore files from the file system of the workspace, that of the Dockerfile first', async () => {
    const server = await worker();
    const { send, received } = server;
    const params = { processId: null, rootUri: null, capabilities: {}, initializationOptions: { files: true } };
    send({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    await expect.poll(() => received.some(message => message['id'] === 1)).toBe(true);
    send({ jsonrpc: '2.0', method: 'initialized', params: {} });
    const text = 'FROM scratch\nCOPY a.txt b.txt c.d /\n';
    for (const name of ['Dockerfile', 'Dockerfile.dev'])
      send({
        jsonrpc: '2.0',
        method: 'textDocument/didOpen',
        params: { textDocument: { uri: `memfs:/app/${name}`, languageId: 'dockerfile', version: 1, text } },
      });
    const told = (name: string): string[] =>
      received.flatMap(({ method, params }) => {
        if (method !== 'textDocument/publishDiagnostics') return [];
        const { uri, diagnostics }: { uri?: string; diagnostics?: readonly { code: string; message: string }[] } =
          Object(params);
        if (uri !== `memfs:/app/${name}`) return [];
        return (diagnostics ?? []).filter(({ code }) => code === 'copy-ignored-file').map(({ message }) => message);
      });
    const files = {
      'a.txt': '',
      'b.txt': '',
      'c.d': '',
      '.dockerignore': 'b*\n/c\n',
      'Dockerfile.dev.dockerignore': '[ab].*\n!b.?xt\n**.d\n',
    };
    await serve(server, files, () => told('Dockerfile').length > 0 && told('Dockerfile.dev').length > 1);
    expect(told('Dockerfile')).toEqual(['.dockerignore excludes “b.txt” from the build. Add an exception for it.']);
    expect(told('Dockerfile.dev')).toEqual([
      'Dockerfile.dev.dockerignore excludes “a.txt” from the build. Add an exception for it.',
      'Dockerfile.dev.dockerignore excludes “c.d” from the build. Add an exception for it.',
    ]);
  });
});
