import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { bundleCliWithShellcheck } from '../../shellcheck/lib/bundles.js';

/** Set where a missing editor is a failure. */
const IS_REQUIRED = process.env['DOCKWRIGHT_REQUIRE_EDITORS'] !== undefined;

const DOCKERFILE = `FROM debian:12
RUN cd /tmp && echo $FOO
RUN echo "😀" && apt-get install curl
ADD a /a
CMD ["x"]
`;

/** What a script of an editor has seen, by step. */
export interface Seen {
  readonly problem?: string;
  readonly steps: Readonly<Record<string, unknown>>;
}

/** Whether to leave a test out because `command` does not end with 0. Where editors are required, nothing is left out. */
export const isMissing = (command: string, args: readonly string[]): boolean =>
  !IS_REQUIRED && spawnSync(command, args, { timeout: 30_000 }).status !== 0;

/** Runs an editor on a Dockerfile, with the language server as it is shipped, ShellCheck included. */
export async function drive(name: string, command: string, args: readonly string[]): Promise<Seen> {
  const root = mkdtempSync(join(tmpdir(), `dockwright-${name}-`));
  try {
    const server = await bundleCliWithShellcheck(root);
    const folder = join(root, 'project');
    mkdirSync(join(folder, '.git'), { recursive: true });
    writeFileSync(join(folder, 'Dockerfile'), DOCKERFILE);
    const seen = join(root, 'seen.json');
    const env = { ...process.env, HOME: root, FOLDER: folder, SERVER: server, NODE: process.execPath, SEEN: seen };
    const { stderr, stdout, error } = spawnSync(command, args, { env, encoding: 'utf8', timeout: 100_000 });
    if (!existsSync(seen)) throw new Error(`${command} wrote nothing: ${error ?? ''}\n${stdout}\n${stderr}`);
    return JSON.parse(readFileSync(seen, 'utf8'));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What every editor has to have shown. */
export function expectAll({ problem, steps }: Seen): void {
  expect(problem).toBeUndefined();
  expect(steps['found']).toEqual(expect.arrayContaining(['SC2086', 'apt-get-install-without-yes']));
  const found = Array.isArray(steps['found']) ? steps['found'] : [];
  expect(new Set(found).size, 'no finding is there twice').toBe(found.length);
  expect(steps['emoji']).toBe('apt-get install');
  expect(steps['fixed']).toBe(DOCKERFILE.replace('install curl', 'install -y curl'));
  expect(steps['explained']).toMatch(/\/docs\/rules\/[a-z-]+\.md/);
  expect(steps['fixedAll']).toContain('\nCOPY a /a\n');
  expect(steps['hardened']).toMatch(/^USER 10001/m);
  expect(steps['ignored']).toBe(true);
}
