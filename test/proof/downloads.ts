import { createServer } from 'node:http';

/** Where Dockerfiles of proofs download from: builds share this machine's network. */
export const PORT = 18480;

/** Serves a script that says hello, whatever is asked for. */
export async function serveDownloads(): Promise<{ readonly stop: () => void }> {
  const server = createServer((_request, response) => {
    response.end('#!/bin/sh\necho hello\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, '127.0.0.1', resolve);
  });
  return {
    stop: () => {
      server.close();
    },
  };
}
