import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Vscode } from './install.js';

/** The part of @vscode/test-web that is used; it lies outside the repository, so its own types are out of reach. */
interface TestWeb {
  open(options: Readonly<Record<string, unknown>>): Promise<{ dispose(): void }>;
}

export interface WebServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface WebOptions {
  readonly extension: string;
  /** Mounted read and write as `vscode-test-web://mount/`. */
  readonly folder: string;
  readonly suite?: string;
}

/** VS Code for the Web: no server behind it, extensions run in a web worker. */
export async function serveWeb(
  vscode: Vscode,
  tools: string,
  { extension, folder, suite }: WebOptions,
): Promise<WebServer> {
  const testWeb: TestWeb = createRequire(join(tools, 'package.json'))('@vscode/test-web');
  const port = await freePort();
  const server = await testWeb.open({
    browserType: 'none',
    host: 'localhost',
    port,
    quality: 'stable',
    commit: vscode.commit,
    testRunnerDataDir: vscode.webData,
    extensionDevelopmentPath: extension,
    folderPath: folder,
    printServerLog: false,
    ...(suite === undefined ? {} : { extensionTestsPath: suite }),
  });
  return { url: `http://localhost:${port}`, stop: async () => server.dispose() };
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
