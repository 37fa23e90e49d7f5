import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vscode } from './install.js';
import { runToEnd, startGroup, stopGroup } from './processes.js';
import { QUIET_SETTINGS } from './settings.js';

export interface Profile {
  readonly folder: string;
  readonly remove: () => void;
}

/** User data of a VS Code of its own, gone when it is removed. */
export function createProfile(settings: Readonly<Record<string, unknown>> = {}): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'dockwright-vscode-'));
  mkdirSync(join(folder, 'data/User'), { recursive: true });
  mkdirSync(join(folder, 'extensions'));
  writeFileSync(
    join(folder, 'data/User/settings.json'),
    JSON.stringify({ ...QUIET_SETTINGS, ...settings }, undefined, 2),
  );
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Installs a .vsix as a user would and returns the folder it was unpacked to. */
export async function installExtension(vscode: Vscode, profile: Profile, vsix: string): Promise<string> {
  await runToEnd(vscode.node, [vscode.entry, ...folders(profile), '--install-extension', vsix], {
    env: cleanEnvironment(),
  });
  const extensions = join(profile.folder, 'extensions');
  const name = readdirSync(extensions).find(entry => entry.startsWith('dockwright.'));
  if (name === undefined) throw new Error(`${vsix} was not installed`);
  return join(extensions, name);
}

export interface DesktopServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly log: () => string;
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface ServeOptions {
  /** Any free port unless given. */
  readonly port?: number;
  /** Lets a page run a test suite in the extension host. */
  readonly tests?: boolean;
}

/** VS Code with the extension host of the desktop (Node.js), its window served to a browser on this machine. */
export function serveDesktop(
  vscode: Vscode,
  profile: Profile,
  { port = 0, tests = false }: ServeOptions = {},
): Promise<DesktopServer> {
  const args = [
    vscode.entry,
    '--config',
    join(profile.folder, 'config.yaml'),
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    ...folders(profile),
    // Without it a built VS Code ignores the address of a test suite.
    ...(tests ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  const child = startGroup(vscode.node, args, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  return listening(child);
}

function listening(child: ChildProcess): Promise<DesktopServer> {
  let output = '';
  return new Promise((resolve, reject) => {
    const ended = new Promise<void>(end => {
      child.once('exit', code => {
        end();
        reject(new Error(`VS Code’s server ended with ${code}\n${output}`));
      });
    });
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /HTTP server listening on (http:\/\/[^\s/]+)/.exec(output)?.[1];
      if (url) resolve({ url, log: () => output, ended, stop: () => stopGroup(child) });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
  });
}

const folders = (profile: Profile): string[] => [
  '--user-data-dir',
  join(profile.folder, 'data'),
  '--extensions-dir',
  join(profile.folder, 'extensions'),
];

/** Started from a terminal inside VS Code, it would otherwise talk to that one. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|CODE_SERVER_|PORT$|PASSWORD$)/.test(name));
  return Object.fromEntries(ours);
}
