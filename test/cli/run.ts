import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Io } from '../../server/src/cli/io.js';
import { main } from '../../server/src/cli/main.js';

/** A folder with these files, gone when the test ends. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'dockwright-cli-'));
  // A repository of its own, so that no configuration above it counts.
  mkdirSync(join(root, '.git'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in process. */
export async function run(
  cwd: string,
  argv: readonly string[],
  io: Partial<Io> & { readonly stdin?: string | Uint8Array } = {},
): Promise<Result> {
  let out = '';
  let err = '';
  const { stdin = '', ...rest } = io;
  const code = await main(argv, {
    cwd,
    env: {},
    version: '1.2.3',
    isTerminal: false,
    readStdin: () => Promise.resolve(typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    out: text => {
      out += text;
    },
    err: text => {
      err += text;
    },
    ...rest,
  });
  return { code, out, err };
}
