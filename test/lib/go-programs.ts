import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What takes long to make is kept outside the repository, by version, for every clone. */
export const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'dockwright-tests');

/** Whether there is a Go toolchain to build programs with. */
export const hasGo = (): boolean => spawnSync('go', ['version']).status === 0;

/** The program `name`, which says its version too, built from a package in `folder` unless the cache has it. */
export function builtGoProgram(name: string, folder: string, goPackage: string): string {
  const program = join(CACHE, name);
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const args = ['build', '-buildvcs=false', '-o', unfinished, goPackage];
  const { status, stderr } = spawnSync('go', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`go build of ${name} failed: ${stderr}`);
  renameSync(unfinished, program);
  return program;
}
