/** What an editor says first; `processId` is the one whose end the server is to notice. */
export const initialize = (processId: number | null) => ({
  id: 1,
  method: 'initialize',
  params: { processId, rootUri: null, capabilities: {} },
});
export const INITIALIZED = { method: 'initialized', params: {} };

export const open = (uri: string, text: string) => ({
  method: 'textDocument/didOpen',
  params: { textDocument: { uri, languageId: 'dockerfile', version: 1, text } },
});

/** A file without a name in which there is something to find. */
export const OPEN_UNTITLED = open('untitled:Dockerfile', 'FROM debian:12\nRUN apt-get install curl\n');

/** A message as it goes over standard input. */
export function framed(message: object): Buffer {
  const json = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  return Buffer.concat([Buffer.from(`Content-Length: ${json.length}\r\n\r\n`), json]);
}
