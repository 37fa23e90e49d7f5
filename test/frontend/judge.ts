import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What BuildKit's frontend refuses about a file; undefined for a file that it takes. */
export interface Refusal {
  /** 1-based; 0 where BuildKit names no place. */
  readonly line: number;
  readonly message: string;
}

const SOURCE = join(import.meta.dirname, 'judge');
const FILES = ['main.go', 'go.mod', 'go.sum'];

/** Whether there is a Go toolchain to build the judge with. */
export const hasGo = (): boolean => spawnSync('go', ['version']).status === 0;

/** The judge, built once for each state of its source, in a cache outside the repository. */
function builtJudge(): string {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(SOURCE, file)));
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'dockwright-tests');
  const program = join(folder, `judge-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const { status, stderr } = spawnSync('go', ['build', '-o', unfinished, '.'], { cwd: SOURCE, encoding: 'utf8' });
  if (status !== 0) throw new Error(`go build failed: ${stderr}`);
  renameSync(unfinished, program);
  return program;
}

/** Asks BuildKit's own frontend about each file, in order. @throws Error when the judge cannot be built or stops. */
export function judge(dockerfiles: readonly string[]): readonly (Refusal | undefined)[] {
  const input = dockerfiles.map(text => `${JSON.stringify(text)}\n`).join('');
  const { status, stdout, stderr } = spawnSync(builtJudge(), { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`the judge stopped: ${stderr.slice(0, 2000)}`);
  return stdout
    .trim()
    .split('\n')
    .map(line => {
      const said: Refusal = JSON.parse(line);
      return said.message === '' ? undefined : said;
    });
}
