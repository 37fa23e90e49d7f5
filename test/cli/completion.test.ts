import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { folder, run } from './run.js';

const script = async (shell: string): Promise<string> => (await run(folder({}), ['completion', shell])).out;

/** What bash offers at the end of a line. */
async function offered(line: string): Promise<string[]> {
  const words = line.split(' ');
  const program = `${await script('bash')}
COMP_WORDS=(${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_dockwright; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(word => word !== '');
}

const hasBash = spawnSync('bash', ['-c', 'compgen -W a']).status === 0;

test.skipIf(!hasBash)('bash completes commands, options and values', async () => {
  expect(await offered('dockwright h')).toEqual(['harden', 'hadolint']);
  expect(await offered('dockwright lint --base')).toEqual(['--baseline']);
  expect(await offered('dockwright lint --format s')).toEqual(['sarif', 'sonarqube']);
  expect(await offered('dockwright lint -f rd')).toEqual(['rdjson']);
  expect(await offered('dockwright hadolint -f cod')).toEqual(['codeclimate', 'codacy']);
});

test('the other shells have a script that names every option', async () => {
  for (const shell of ['zsh', 'fish', 'powershell']) {
    const text = await script(shell);
    expect(text).toContain('harden');
    expect(text).toMatch(/(?:--|-l )update-baseline/);
  }
  expect((await run(folder({}), ['completion', 'tcsh'])).code).toBe(2);
  expect((await run(folder({}), ['completion'])).code).toBe(2);
});

test('explain is shown without marks on a terminal', async () => {
  const explain = (isTerminal: boolean, env: Record<string, string> = {}) =>
    run(folder({}), ['explain', 'DL3014', 'SC2086'], { isTerminal, env });
  expect((await explain(false)).out).toMatch(/^\*\*/);
  const { out } = await explain(true);
  expect(out).toMatch(/^\u001B\[1m.*\n/);
  expect(out).not.toMatch(/\*\*|```/);
  const plain = (await explain(true, { NO_COLOR: '1' })).out;
  expect(plain).not.toContain('\u001B');
  expect(plain).toContain('    FROM debian:12\n    RUN apt-get update');
  expect(plain).toMatch(/apt-get-install-without-yes https:/);
});
