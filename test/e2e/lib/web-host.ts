import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Vscode } from './install.js';
import { E2E } from './paths.js';
import { startGroup, stopGroup } from './processes.js';

export interface WebServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface WebOptions {
  readonly extension: string;
  /** Mounted read and write as `vscode-test-web://mount/`. */
  readonly folder: string;
  /** Has to lie inside `extension`: it is fetched from there. */
  readonly suite?: string;
}

/** VS Code for the Web: no server after it, extensions run in a web worker. */
export async function serveWeb(
  vscode: Vscode,
  tools: string,
  { extension, folder, suite }: WebOptions,
): Promise<WebServer> {
  const port = await freePort();
  const options = {
    browserType: 'none',
    host: 'localhost',
    port,
    quality: 'stable',
    commit: vscode.commit,
    testRunnerDataDir: vscode.webData,
    extensionDevelopmentPath: extension,
    folderPath: folder,
    ...(suite === undefined ? {} : { extensionTestsPath: suite }),
  };
  const args = [join(E2E, 'lib/web-server.mjs'), tools, JSON.stringify(options)];
  const child = startGroup(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  await ready(child);
  return { url: `http://localhost:${port}`, stop: () => stopGroup(child) };
}

function ready(child: ChildProcess): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (/^ready$/m.test(output)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`the web server ended with ${code}\n${output}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
