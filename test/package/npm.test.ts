import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromNpm } from '../lib/cached-package.js';
import { IS_WINDOWS, packInto, ROOT, run, type Said } from './pack.js';

const root = mkdtempSync(join(tmpdir(), 'dockwright-npm-'));
const user = join(root, 'user');
let tarball = '';
const CACHE = { XDG_CACHE_HOME: join(root, 'cache') };
const installed = join(user, 'node_modules/dockwright');

const DOCKERFILE = 'FROM debian:12\nRUN apt-get update && apt-get install curl && rm $FOO/y\n';

beforeAll(() => {
  tarball = packInto(root);
  mkdirSync(user);
  writeFileSync(join(user, 'package.json'), '{ "name": "user", "private": true }\n');
  writeFileSync(join(user, 'Dockerfile'), DOCKERFILE);
  const install = run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: user });
  if (install.status !== 0) throw new Error(install.err);
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the npm package', () => {
  test('is small, needs no other package, and names its licences', () => {
    expect(statSync(tarball).size).toBeLessThan(3 * 1024 * 1024);
    expect(readdirSync(join(user, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual(['dockwright']);
    expect(readdirSync(join(installed, 'dist'))).not.toContain('client-node.cjs');
    const notices = readFileSync(join(installed, 'dist/third-party-notices.txt'), 'utf8');
    expect(notices).toMatch(/shellcheck/i);
    expect(readdirSync(installed)).toEqual(expect.arrayContaining(['LICENSE', 'THIRD_PARTY_NOTICES.md', 'README.md']));
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ repository: { type: 'git' }, bugs: expect.any(String) });
    expect(manifest.private).toBeUndefined();
  });

  const types = `import { harden, lint, type Finding } from 'dockwright';
const findings: readonly Finding[] = lint('FROM a', { profile: 'strict', rules: { DL3008: 'off' } }).findings;
export const text: string = harden('FROM a').text + findings[0]?.fixes[0]?.edits[0]?.text;
// @ts-expect-error: there is no such profile.
lint('FROM a', { profile: 'none' });
`;

  test.each(['mts', 'cts'])('has types for a .%s', extension => {
    writeFileSync(join(user, `types.${extension}`), types);
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', ''];
    expect(run(process.execPath, [tsc, ...options, `types.${extension}`], { cwd: user })).toMatchObject({
      status: 0,
      out: '',
    });
  });
});

const platform = `node-${IS_WINDOWS ? 'win' : process.platform}-${process.arch}`;
const program = IS_WINDOWS ? 'bin/node.exe' : 'bin/node';

describe.each([
  ['this Node.js', process.execPath],
  ['Node.js 22', fromNpm(platform, '22.23.5', program)],
  ['Node.js 24', fromNpm(platform, '24.22.3', program)],
])('with %s', (_, node) => {
  const onNode = node === undefined ? test.skip : test;
  const call = (args: readonly string[], input?: string): Said =>
    run(node ?? '', args, { cwd: user, env: CACHE, ...(input === undefined ? {} : { input }) });

  onNode('lints and fixes, ShellCheck included', () => {
    const cli = join(installed, 'dist/cli.cjs');
    const { status, out, err } = call([cli, 'lint', '--profile', 'all', '--format', 'json']);
    expect([status, err]).toEqual([1, '']);
    expect(out).toContain('"DL3014"');
    expect(out).toContain('"SC2086"');
    expect(call([cli, 'lint', '--fix', '-'], DOCKERFILE).out).toContain('apt-get install -y curl');
    const hadolint = call([join(installed, 'dist/hadolint.cjs'), '--no-color', 'Dockerfile']);
    expect([hadolint.status, hadolint.out]).toEqual([1, expect.stringContaining('Dockerfile:2 DL3014 warning: ')]);
  });

  onNode('serves an editor', () => {
    const initialize =
      '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}';
    const messages = [initialize, '{"jsonrpc":"2.0","id":2,"method":"shutdown"}', '{"jsonrpc":"2.0","method":"exit"}'];
    const framed = messages.map(text => `Content-Length: ${text.length}\r\n\r\n${text}`).join('');
    const { status, out } = call([join(installed, 'dist/cli.cjs'), 'lsp', '--stdio'], framed);
    expect(status).toBe(0);
    expect(out).toContain('"name":"dockwright"');
  });

  onNode('is a library for both kinds of modules', () => {
    writeFileSync(join(user, 'run.cjs'), `const { lint, harden } = require('dockwright');\n${LIBRARY}`);
    writeFileSync(join(user, 'run.mjs'), `import { lint, harden } from 'dockwright';\n${LIBRARY}`);
    const seen = call(['run.cjs']);
    expect(seen.err).toBe('');
    expect(JSON.parse(seen.out)).toEqual({
      codes: expect.arrayContaining(['DL3014']),
      text: expect.stringContaining('apt-get install -y'),
    });
    expect(call(['run.mjs'])).toEqual(seen);
  });
});

const LIBRARY = `const text = 'FROM debian:12\\nRUN apt-get update && apt-get install curl\\n';
const codes = lint(text).findings.flatMap(finding => finding.codes);
console.log(JSON.stringify({ codes, text: harden(text).text }));
`;

const old = fromNpm(platform, '18.9.1', program);
describe.skipIf(old === undefined)('with Node.js 18', () => {
  test('says which one is needed', () => {
    const call = (args: readonly string[]): Said => run(old ?? '', args, { cwd: user, env: CACHE });
    const needs = expect.stringMatching(/dockwright needs Node\.js 20 or newer; this is 18\.\d+\.\d+\.\n/);
    for (const file of ['cli.cjs', 'hadolint.cjs'])
      expect(call([join(installed, 'dist', file), 'lsp', '--stdio'])).toEqual({ status: 2, out: '', err: needs });
    expect(call(['-e', 'require("dockwright")'])).toMatchObject({ status: 1, out: '', err: needs });
  });
});
