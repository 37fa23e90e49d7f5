import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ALL_RULES } from '../../server/src/profiles/rule-names.js';
import { folder, run } from './run.js';

const BAD = 'FROM debian:12\nRUN apt-get install curl\nCMD ["curl", "-V"]\n';

describe('help', () => {
  test('in general, for each command, and when nothing is asked', async () => {
    const cwd = folder({});
    expect((await run(cwd, ['--version'])).out).toBe('1.2.3\n');
    expect((await run(cwd, ['--help'])).out).toContain('Usage: dockwright COMMAND');
    expect((await run(cwd, [])).code).toBe(2);
    for (const command of ['lint', 'harden', 'rules', 'explain', 'parse', 'lsp']) {
      const { code, out } = await run(cwd, [command, '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: dockwright ${command}`);
      expect((await run(cwd, ['help', command])).out).toBe(out);
    }
  });
});

describe('harden', () => {
  test('shows a diff, and on standard error what was done and what is left', async () => {
    const cwd = folder({ Dockerfile: BAD });
    const { code, out, err } = await run(cwd, ['harden', 'Dockerfile']);
    expect(code).toBe(0);
    expect(out).toMatch(/^--- a\/Dockerfile\n\+\+\+ b\/Dockerfile\n/);
    expect(out).toContain('+USER ');
    expect(err).toContain('[apt-get-install-without-yes]');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(BAD);
  });
  test('says how many practices are followed, what stays and what to look at', async () => {
    const web = 'FROM node:24-alpine\nWORKDIR /srv/web\nCOPY a.js /\nADD b.js /\nEXPOSE 80\nCMD ["node", "/a.js"]\n';
    const { err } = await run(folder({ Dockerfile: web }), ['harden', 'Dockerfile']);
    expect(err).toMatch(
      /\n {2}\d+ of 17 practices followed, \d+ before, and one more once you have tried the new user; findings by practice, before → after:\n/,
    );
    expect(err).toMatch(/\n {4}Use COPY instead of ADD +1 → 0\n/);
    expect(err).toContain('It runs as node now');
    expect(err).toContain('listen on port 80');
    const job = 'ARG BASE\nFROM $BASE\nADD a /\n';
    expect((await run(folder({ Dockerfile: job }), ['harden', 'Dockerfile'])).err).toContain(
      'The user was not changed',
    );
  });
  test('a development container keeps its user', async () => {
    const cwd = folder({ '.devcontainer/Dockerfile': 'FROM debian:13\nADD a /\nCMD ["/a"]\n' });
    const { out, err } = await run(cwd, ['harden', '.devcontainer/Dockerfile']);
    expect(out).toContain('+COPY a /');
    expect(out).not.toContain('USER');
    expect(err).toContain('people work in a development container');
  });
  test('--write writes; a second time there is nothing to do', async () => {
    const cwd = folder({ Dockerfile: BAD });
    expect((await run(cwd, ['harden', '--write', 'Dockerfile'])).code).toBe(0);
    const once = readFileSync(join(cwd, 'Dockerfile'), 'utf8');
    expect(once).not.toBe(BAD);
    expect((await run(cwd, ['harden', '--write', 'Dockerfile'])).out).toContain('nothing to change');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(once);
  });
  test('json has the text before and after, what was applied, and what is left', async () => {
    const { out } = await run(folder({ Dockerfile: BAD }), ['harden', '--format', 'json', 'Dockerfile']);
    const { version, files } = JSON.parse(out);
    expect(version).toBe(1);
    expect(files[0]).toMatchObject({ path: 'Dockerfile', before: BAD });
    expect(files[0].after).toContain('apt-get install -y');
    expect(files[0].applied).toContainEqual({
      rule: 'apt-get-install-without-yes',
      title: 'Add -y',
      safety: 'safe',
      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 19 } },
    });
    for (const finding of files[0].left)
      expect(Object.keys(finding)).toEqual(['rule', 'codes', 'severity', 'message', 'range', 'docs', 'fixes']);
  });
  test('a second stage is added when it is asked for, or it is said why not', async () => {
    const dockerfile = 'FROM golang:1.27\nWORKDIR /src\nCOPY . .\nRUN go build -o /srv\nCMD ["/srv"]\n';
    const cwd = folder({ Dockerfile: dockerfile, 'go.mod': 'module a\n', 'main.go': 'package main\n' });
    const unasked = await run(cwd, ['harden', 'Dockerfile']);
    expect(unasked.out).not.toContain('AS build');
    expect(unasked.err).toContain('What is built could run in a stage of its own: --multi-stage adds it.');
    const asked = await run(cwd, ['harden', '--multi-stage', 'Dockerfile']);
    expect(asked.out).toContain('+COPY --from=build /srv /srv\n');
    expect(asked.err).toContain('✓ Build in a stage of its own, and run the result on debian:trixie-slim');
    expect(asked.err).toContain('• The second stage has what the build made and nothing else.');
    const other = folder({ Dockerfile: dockerfile.replace('CMD ["/srv"]', 'CMD ["/other"]'), 'main.go': '' });
    expect((await run(other, ['harden', '--multi-stage', 'Dockerfile'])).err).toContain(
      'No second stage was added: the build is not seen to make “/other”, which the container starts.',
    );
  });

  test('standard input comes out hardened', async () => {
    const { out } = await run(folder({}), ['harden', '-'], { stdin: BAD });
    expect(out).toMatch(/^FROM debian:12\n/);
    expect(out).toContain('USER ');
  });
  test('says why it leaves a file alone, and what it cannot read', async () => {
    const cwd = folder({ Dockerfile: 'RUN true\n', bin: new Uint8Array([0]) });
    const { code, err } = await run(cwd, ['harden', 'Dockerfile', 'bin']);
    expect(code).toBe(2);
    expect(err).toContain('Dockerfile: left as it is.');
    expect(err).toContain('bin: This is a binary file.');
  });
});

describe('rules and explain', () => {
  test('rules lists every rule, as text and as JSON', async () => {
    const cwd = folder({});
    expect((await run(cwd, ['rules'])).out.trimEnd().split('\n')).toHaveLength(ALL_RULES.length);
    const { rules } = JSON.parse((await run(cwd, ['rules', '--format', 'json'])).out);
    expect(rules.map((rule: { id: string }) => rule.id)).toEqual(ALL_RULES.map(rule => rule.id));
  });
  test('explain takes an id, a code of any tool in any case, or one of ShellCheck', async () => {
    const cwd = folder({});
    const { out } = await run(cwd, ['explain', 'apt-get-install-without-yes']);
    expect(out).toContain('RUN apt-get update && apt-get install -y curl');
    expect((await run(cwd, ['explain', 'dl3014'])).out).toBe(out);
    expect((await run(cwd, ['explain', 'AVD-DS-0021'])).out).toBe(out);
    const quoting = (await run(cwd, ['explain', 'sc2086'])).out;
    expect(quoting).toContain('RUN cp "$PWD/a" "$PWD"');
    expect(quoting).toContain('https://www.shellcheck.net/wiki/SC2086');
    // A code without words of ours has at least its page.
    expect((await run(cwd, ['explain', 'SC2999'])).out).toContain('https://www.shellcheck.net/wiki/SC2999');
  });
  test('explain knows what was probably meant', async () => {
    const { code, err } = await run(folder({}), ['explain', 'apt-get-install-without-yess']);
    expect([code, err]).toEqual([
      2,
      'dockwright: there is no rule “apt-get-install-without-yess”; did you mean apt-get-install-without-yes?\n',
    ]);
  });
});

describe('parse', () => {
  const parse = async (code: string) =>
    JSON.parse((await run(folder({ Dockerfile: code }), ['parse', '--format', 'json', 'Dockerfile'])).out).files[0];
  test('shows each instruction as BuildKit reads it, a key only where it applies', async () => {
    const { escape, errors, instructions } = await parse(
      'FROM --platform=linux/amd64 alpine:3.22 AS Build\nENV a=1 b="x y"\nRUN --network=none echo \\\n  # why\n  hi\nCMD ["a", "b"]\nHEALTHCHECK --retries=3 CMD ["c"]\nCOPY <<EOF /x\nhi $a\nEOF\nONBUILD RUN true\n',
    );
    expect(escape).toBe('\\');
    expect(errors).toEqual([]);
    expect(instructions).toEqual([
      {
        keyword: 'FROM',
        lines: [1, 1],
        flags: ['--platform=linux/amd64'],
        from: { image: 'alpine:3.22', name: 'build', platform: 'linux/amd64' },
      },
      {
        keyword: 'ENV',
        lines: [2, 2],
        pairs: [
          ['a', '1'],
          ['b', '"x y"'],
        ],
      },
      { keyword: 'RUN', lines: [3, 5], flags: ['--network=none'], text: 'echo   hi' },
      { keyword: 'CMD', lines: [6, 6], json: ['a', 'b'] },
      { keyword: 'HEALTHCHECK', lines: [7, 7], flags: ['--retries=3'], json: ['CMD', 'c'] },
      { keyword: 'COPY', lines: [8, 10], heredocs: [{ name: 'EOF', expand: true, content: 'hi $a\n' }] },
      { keyword: 'ONBUILD', lines: [11, 11], onbuild: { keyword: 'RUN', text: 'true' } },
    ]);
  });
  test('lists what BuildKit refuses, with lines', async () => {
    expect((await parse('FROM a\nRNU b\nENV A=1 B\n')).errors.map((error: { line: number }) => error.line)).toEqual([
      2, 3,
    ]);
    expect((await parse('# nothing\n')).errors).toHaveLength(1);
  });
});

test('lsp runs what it is given', async () => {
  let served = 0;
  const { code } = await run(folder({}), ['lsp', '--stdio'], {
    lsp: () => {
      served++;
      return Promise.resolve();
    },
  });
  expect([code, served]).toEqual([0, 1]);
});
