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
});
