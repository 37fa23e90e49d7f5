import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bench } from './bench.js';
import { fileOf } from './sample.js';

export interface Corpus {
  /** Temporary: the caller removes it. */
  readonly folder: string;
  readonly count: number;
  /** Files that tally refuses to parse, left out for everyone. */
  readonly left: number;
}

function source({ root, corpus }: Bench): { folder: string; made: boolean } {
  const beside = join(root, '../shared/corpus');
  const folder = corpus ? resolve(corpus) : existsSync(beside) ? beside : undefined;
  if (folder) return { folder, made: false };
  const made = mkdtempSync(join(tmpdir(), 'dockwright-bench-'));
  for (let index = 0; index < 500; index++)
    writeFileSync(join(made, `${index}.Dockerfile`), fileOf(20 + ((index * 37) % 200)));
  return { folder: made, made: true };
}

/**
 * A copy of the Dockerfiles to lint. tally stops at the first file that it cannot parse, and what it has not linted
 * must not count as fast: such files are left out for everyone.
 */
export function corpusOf(bench: Bench): Corpus {
  const { folder, made } = source(bench);
  const { tally } = bench.peers;
  const names = readdirSync(folder).filter(name => /Dockerfile/i.test(name));
  const copy = mkdtempSync(join(tmpdir(), 'dockwright-corpus-'));
  for (const name of names) copyFileSync(join(folder, name), join(copy, name));
  if (made) rmSync(folder, { recursive: true });
  let left = 0;
  for (; tally !== undefined && left < names.length; left++) {
    const { stderr } = spawnSync(
      tally,
      ['lint', '--format', 'json', '--slow-checks=off', '--ignore', 'shellcheck/*', copy],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        timeout: 300_000,
      },
    );
    const refused = /failed to lint (\S+?):/.exec(stderr)?.[1];
    if (refused === undefined || !refused.startsWith(copy)) break;
    rmSync(refused);
  }
  return { folder: copy, count: names.length - left, left };
}
