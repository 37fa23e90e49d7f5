import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtGoProgram } from '../lib/go-programs.js';

/** What BuildKit's frontend refuses about a file; undefined for a file that it takes. */
export interface Refusal {
  /** 1-based; 0 where BuildKit names no place. */
  readonly line: number;
  readonly message: string;
}

const SOURCE = join(import.meta.dirname, 'judge');
const FILES = ['main.go', 'go.mod', 'go.sum'];

/** The judge, built once for each state of its source. */
function builtJudge(): string {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(SOURCE, file)));
  return builtGoProgram(`judge-${hash.digest('hex').slice(0, 16)}`, SOURCE, '.');
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
