import { expect, test } from 'vitest';
import { folder, run } from './run.js';

const FILES = {
  'compose.yaml': 'services:\n  web:\n    build: .\n    privileged: true\n    ports: ["8080:80"]\n',
  Dockerfile: 'FROM debian:13\nADD app.py /app.py\nCMD ["python3", "/app.py"]\n',
};

test('bench tells by recommendation what both kinds of files do not follow', async () => {
  const { code, out } = await run(folder(FILES), ['bench']);
  expect(code).toBe(1);
  expect(out).toContain('[WARN] 5.5  No container is privileged\n         compose.yaml:4  ');
  expect(out).toContain('[WARN] 4.9  COPY is used instead of ADD\n         Dockerfile:2  ');
  expect(out).toContain('[PASS] 5.32 The socket of Docker is not mounted');
});

test('bench writes JSON, Markdown and SARIF, and has nothing to say of a project that follows all', async () => {
  const root = folder(FILES);
  const json = JSON.parse((await run(root, ['bench', '--format', 'json'])).out);
  expect(json.sections.find(({ id }: { id: string }) => id === '5.5')).toMatchObject({
    passed: false,
    findings: [{ path: 'compose.yaml', line: 4, rule: 'privileged-service', severity: 'error' }],
  });
  expect((await run(root, ['bench', '--format', 'markdown'])).out).toContain(
    '| 5.5 | No container is privileged | 1 |',
  );
  const sarif = JSON.parse((await run(root, ['bench', '--format', 'sarif'])).out);
  expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('add-instead-of-copy');
  expect(
    (
      await run(folder({ Dockerfile: 'FROM scratch\nUSER 1000\nHEALTHCHECK CMD ["/app"]\nENTRYPOINT ["/app"]\n' }), [
        'bench',
      ])
    ).code,
  ).toBe(0);
});

test('explain knows a recommendation of CIS', async () => {
  expect((await run(folder({}), ['explain', 'CIS-5.12'])).out).toContain('CPUs');
  expect((await run(folder({}), ['explain', 'CIS-4.9'])).out).toContain('ADD');
});
