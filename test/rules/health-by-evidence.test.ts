import { describe, expect, test } from 'vitest';
import { planHarden } from '../../server/src/harden/index.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

/** The HEALTHCHECK that Harden adds. */
const check = (dockerfile: string, files: Readonly<Record<string, string>> = {}): string | undefined =>
  /^HEALTHCHECK [\s\S]*?CMD (.*)$/m.exec(planHarden(dockerfile, { context: snapshotFromFiles(files) }).after)?.[0];

const NODE = 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nEXPOSE 3000\n';
const PYTHON = 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\n';

describe('a check uses what is there at the end', () => {
  test.each([
    [
      'apk del of a virtual package',
      'RUN apk add --no-cache --virtual .build-deps python3 make g++ && npm ci && apk del .build-deps\n',
    ],
    ['the same with -t', 'RUN apk add --no-cache -t deps python3 && npm ci && apk del deps\n'],
    ['the base’s own language comes first', 'RUN apk add --no-cache python3\n'],
  ])('%s', (_, run) => {
    expect(check(`FROM node:22-alpine\n${run}EXPOSE 3000\nUSER node\nCMD ["node", "server.js"]\n`)).toContain(
      '["node", "-e"',
    );
  });

  test('not what is removed again', () => {
    const run = 'RUN apt-get update && apt-get install -y python3 && make && apt-get purge -y --auto-remove python3\n';
    const found = check(`FROM debian:12\n${run}COPY app /app\nEXPOSE 80\nUSER 7\nCMD ["/app"]\n`);
    expect(found).not.toContain('python3');
  });
});

describe('no check where nothing is known to listen', () => {
  test.each([
    ['another port', `${PYTHON}CMD uvicorn --port 9000 app:app\n`],
    ['another address', `${PYTHON}CMD ["gunicorn", "--bind=0.0.0.0:9000", "app:app"]\n`],
    ['a socket', `${PYTHON}CMD ["gunicorn", "-b", "unix:/tmp/app.sock", "app:app"]\n`],
    ['a container to enter', `${PYTHON}CMD ["sleep", "infinity"]\n`],
    ['a container that waits', `${PYTHON}CMD ["tail", "-f", "/dev/null"]\n`],
    ['a worker', `${PYTHON}CMD ["celery", "-A", "app", "worker"]\n`],
    ['roles by CMD', `${PYTHON}ENTRYPOINT ["/entrypoint.sh"]\nCMD ["server"]\n`],
    ['a shell', `${PYTHON}CMD ["bash"]\n`],
  ])('%s', (_, dockerfile) => {
    expect(check(dockerfile)).toBeUndefined();
  });

  test('roles in the script', () => {
    const script =
      '#!/bin/sh\ncase "$1" in\n  web) exec gunicorn app:app ;;\n  worker) exec celery -A app worker ;;\nesac\n';
    expect(check(`${PYTHON}ENTRYPOINT ["./run.sh"]\nCMD ["web", "-v"]\n`, { 'run.sh': script })).toBeUndefined();
  });
});

test.each([
  ['the port that is named', `${PYTHON}CMD ["uvicorn", "app:app", "--port", "8000"]\n`, '8000'],
  ['a script that hands over', `${PYTHON}ENTRYPOINT ["./go.sh"]\nCMD ["gunicorn", "app:app"]\n`, '8000'],
  [
    'a variable of the image',
    'FROM node:22\nWORKDIR /a\nENV PORT=3000\nEXPOSE $PORT\nCMD ["node", "x.js"]\n',
    'process.env.PORT || 3000',
  ],
  [
    'the same of Python',
    'FROM python:3.13\nWORKDIR /a\nENV PORT=80\nEXPOSE 80\nCMD ["python", "x.py"]\n',
    "os.environ.get('PORT') or 80",
  ],
  [
    'a Java virtual machine',
    'FROM eclipse-temurin:21-jre\nCOPY a.jar /a.jar\nRUN apt-get update && apt-get install -y curl\nEXPOSE 8080\nCMD ["java", "-jar", "/a.jar"]\n',
    '--start-period=30s',
  ],
  ['a model', `${PYTHON}RUN pip install torch\nCMD ["python", "serve.py"]\n`, '--start-period=60s'],
  ['others', `${NODE}CMD ["node", "x.js"]\n`, '--start-period=10s'],
])('follows %s', (_, dockerfile, part) => {
  expect(check(dockerfile, { 'go.sh': '#!/bin/sh\nexec "$@"\n' })).toContain(part);
});
