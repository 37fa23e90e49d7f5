import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, run } from './run.js';

const CODE = 'FROM debian:12\nRUN echo "🐳" && apt-get install curl # <&>\nUSER 1000\n';
const report = (format: string, code = CODE, ...more: string[]) =>
  run(folder({ 'my app/Dockerfile': code, bin: new Uint8Array([0, 0]) }), [
    'lint',
    '--no-config',
    '--no-shellcheck',
    '--ignore',
    'DL3015,apt-lists-left',
    '--format',
    format,
    'my app/Dockerfile',
    ...more,
  ]);

test('json is what the contract says, in UTF-16 columns', async () => {
  const { out } = await report('json');
  expect(JSON.parse(out)).toEqual({
    version: 1,
    files: [
      {
        path: 'my app/Dockerfile',
        error: null,
        findings: [
          {
            rule: 'apt-get-install-without-yes',
            codes: ['DL3014', 'DS-0021'],
            severity: 'warning',
            message: expect.stringContaining('-y'),
            range: { start: { line: 1, character: 17 }, end: { line: 1, character: 32 } },
            docs: expect.stringMatching(/^https:.*apt-get-install-without-yes/),
            fixes: [{ title: 'Add -y', safety: 'safe', preferred: true }],
          },
        ],
      },
    ],
  });
});

test('text shows the line, and marks the columns that a terminal gives to it', async () => {
  const { out } = await report('text');
  const [head, source, marks, fix] = out.split('\n');
  expect(head).toMatch(/^my app\/Dockerfile:2:18 warning .* \[apt-get-install-without-yes DL3014 DS-0021\]$/);
  expect(source).toBe('   2 │ RUN echo "🐳" && apt-get install curl # <&>');
  expect(marks).toBe('     │                  ^^^^^^^^^^^^^^^');
  expect(fix).toContain('fix: Add -y');
  expect(out).toMatch(
    /\n1 problem in 1 file \(1 warning\); 1 can be fixed with --fix\. Checked 1 file in \d+\.\d s\.\n$/,
  );
});

test('text never lets a file write to the terminal, nor prints endless lines', async () => {
  const { out } = await report(
    'text',
    `FROM debian:12\nRUN apt-get install \u001B[31mcurl ${'x'.repeat(100_000)}\nUSER 1000\n`,
  );
  expect(out).not.toContain('\u001B');
  expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThan(300);
});

test('colours only where they are wanted', async () => {
  const cwd = folder({ Dockerfile: CODE });
  const colored = async (io: object, ...more: string[]) =>
    (await run(cwd, ['lint', '--no-shellcheck', ...more, 'Dockerfile'], io)).out.includes('\u001B[');
  expect(await colored({ isTerminal: true })).toBe(true);
  expect(await colored({ isTerminal: false })).toBe(false);
  expect(await colored({ isTerminal: true, env: { NO_COLOR: '1' } })).toBe(false);
  expect(await colored({ isTerminal: false, env: { FORCE_COLOR: '1' } })).toBe(true);
  expect(await colored({ isTerminal: true }, '--no-color')).toBe(false);
  expect(await colored({ isTerminal: true }, '--output', 'report.txt')).toBe(false);
  expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).not.toContain('\u001B');
});

test('sarif lists the rules, and gives places and fixes', async () => {
  const { out } = await report('sarif', CODE, 'bin');
  const log = JSON.parse(out);
  const [first] = log.runs[0].results;
  expect(log.version).toBe('2.1.0');
  expect(log.runs[0].tool.driver.rules[first.ruleIndex].id).toBe('apt-get-install-without-yes');
  expect(first.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'my%20app/Dockerfile', uriBaseId: 'SRCROOT' },
    region: { startLine: 2, startColumn: 18, endLine: 2, endColumn: 33 },
  });
  expect(first.fixes[0].artifactChanges[0].replacements).toEqual([
    { deletedRegion: { startLine: 2, startColumn: 33, endLine: 2, endColumn: 33 }, insertedContent: { text: ' -y' } },
  ]);
  expect(log.runs[0].invocations[0].executionSuccessful).toBe(false);
  expect(log.runs[0].invocations[0].toolExecutionNotifications[0].message.text).toBe('This is a binary file.');
});

test('github writes workflow commands', async () => {
  const { out } = await report('github', CODE, 'bin');
  expect(out).toMatch(
    /^::warning file=my app\/Dockerfile,line=2,endLine=2,col=18,endColumn=32,title=apt-get-install-without-yes \(DL3014%2C DS-0021\)::.*\n::error file=bin,title=dockwright::This is a binary file\.\n$/,
  );
});

test('checkstyle and junit are well-formed', async () => {
  for (const format of ['checkstyle', 'junit']) {
    const { out } = await report(format, 'FROM debian:12\n<&"\u0001> x\nUSER 1000\n', 'bin');
    expect(out).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/);
    expect(out.replace(/<\?.*?\?>/, '').replace(/<\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?>/g, '')).not.toMatch(/[<>\u0001]/);
    expect(out).toContain('This is a binary file.');
  }
});

test('codeclimate’s fingerprints do not change when lines move', async () => {
  const prints = async (code: string): Promise<string[]> =>
    JSON.parse((await report('codeclimate', code)).out).map((issue: { fingerprint: string }) => issue.fingerprint);
  const [before] = await prints(CODE);
  expect(before).toMatch(/^[0-9a-f]{40}$/);
  expect(await prints(`# A line more.\n\n${CODE}`)).toEqual([before]);
  const twice = await prints(
    'FROM debian:12\nRUN apt-get install curl\nWORKDIR /x\nRUN apt-get install curl\nUSER 1000\n',
  );
  expect(new Set(twice).size).toBe(twice.length);
});

test('markdown keeps tables whole', async () => {
  const { out } = await report('markdown', 'FROM debian:12\nA|B x\nUSER 1000\n');
  const rows = out.split('\n').filter(line => line.startsWith('|'));
  for (const row of rows) expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(6);
  expect((await report('markdown', 'FROM debian:12\nUSER 1000\n')).out).toBe('No problems found.\n');
});

test('--output writes a file; one that cannot be written is exit 2', async () => {
  const cwd = folder({ Dockerfile: CODE });
  const { code, out } = await run(cwd, [
    'lint',
    '--no-shellcheck',
    '--format',
    'json',
    '--output',
    'report.json',
    'Dockerfile',
  ]);
  expect([code, out]).toEqual([1, '']);
  expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).version).toBe(1);
  expect((await run(cwd, ['lint', '--no-shellcheck', '--output', 'no/such/folder', 'Dockerfile'])).code).toBe(2);
});

test('rdjson counts columns in bytes, and offers fixes as suggestions', async () => {
  const { diagnostics, source } = JSON.parse((await report('rdjson')).out);
  expect(source.name).toBe('dockwright');
  const [{ location, suggestions, severity }] = diagnostics;
  expect([location.path, severity]).toEqual(['my app/Dockerfile', 'WARNING']);
  const line = Buffer.from(CODE.split('\n')[location.range.start.line - 1] ?? '');
  const text = (range: { start: { column: number }; end: { column: number } }): string =>
    line.subarray(range.start.column - 1, range.end.column - 1).toString();
  expect(text(location.range)).toBe('apt-get install');
  expect(suggestions).toEqual([{ range: { start: location.range.end, end: location.range.end }, text: ' -y' }]);
});

test('sonarqube names each rule, and gives ranges with characters or whole lines', async () => {
  const { rules, issues } = JSON.parse((await report('sonarqube')).out);
  expect(rules).toMatchObject([
    { id: 'apt-get-install-without-yes', engineId: 'dockwright', impacts: [{ severity: 'MEDIUM' }] },
  ]);
  expect(issues).toMatchObject([
    {
      ruleId: 'apt-get-install-without-yes',
      primaryLocation: {
        filePath: 'my app/Dockerfile',
        textRange: { startLine: 2, endLine: 2, startColumn: 17, endColumn: 32 },
      },
    },
  ]);
});

test('a byte order mark is not a column', async () => {
  const { out } = await report('json', '\uFEFFFROM debian\nUSER 1000\n');
  const [{ range }] = JSON.parse(out).files[0].findings;
  expect(range).toEqual({ start: { line: 0, character: 5 }, end: { line: 0, character: 11 } });
});

test('junit fails what fails the run, and says the rest', async () => {
  const { out } = await report('junit', CODE, '--fail-on', 'error');
  expect(out).toContain('failures="0"');
  expect(out).toContain('<system-out>my app/Dockerfile:2:18 warning: ');
});

test('sarif has for each rule what code scanning asks for', async () => {
  const [{ tool, results }] = JSON.parse((await report('sarif', CODE.replace('#', '&& cd /tmp #'))).out).runs;
  for (const rule of tool.driver.rules) {
    expect(rule).toMatchObject({ help: { text: expect.any(String) }, shortDescription: {}, fullDescription: {} });
    if (rule.properties.category === 'security') {
      expect(Number(rule.properties['security-severity'])).toBeGreaterThan(0);
      expect(rule.properties.tags).toContain('security');
    }
  }
  for (const { partialFingerprints } of results)
    expect(partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{16}:1$/);
});
