import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import type { Finding } from '../../server/src/profiles/types.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

type Files = Readonly<Record<string, string>>;

function finding(dockerfile: string, files: Files = {}, folder = '/project'): Finding | undefined {
  const context = { ...snapshotFromFiles(files), folder };
  return lint(dockerfile, { context }).findings.find(({ rule }) => rule === 'final-stage-runs-as-root');
}

/** The title of the fix that Harden applies. */
const applied = (dockerfile: string, files?: Files): string | undefined =>
  finding(dockerfile, files)?.fixes.find(({ safety }) => safety === 'review')?.title;

const START = 'CMD ["/srv/app/run"]\n';
const python = (lines: string): string => `FROM python:3.12-slim\nWORKDIR /app\n${lines}\nCMD ["python", "app.py"]\n`;

describe('gives the user what the program writes to', () => {
  test.each([
    ['a directory made for it', python('COPY . .\nRUN mkdir uploads'), '/app/uploads'],
    ['the topmost name that says so', python('RUN mkdir -p /app/data/cache/big'), '/app/data'],
    ['its own folder below a shared one', python('RUN mkdir -p /var/lib/tool/x'), '/var/lib/tool'],
    ['what a variable names', python('ENV LOG_DIR=/app/log'), '/app/log'],
    ['the folder of a database', python('ENV DATABASE_URL=sqlite:////app/store/x.db'), '/app/store'],
    ['a model cache', python('ENV HF_HOME=/models'), '/models'],
    ['a WORKDIR that nothing was put into', 'FROM alpine:3.22\nWORKDIR /data\nCMD ["/bin/app"]\n', '/data'],
    [
      'Rails',
      'FROM ruby:3.4\nWORKDIR /r\nCOPY . .\nCMD ["bin/rails", "server"]\n',
      '/r/db, /r/log, /r/storage and 2 more',
    ],
    [
      'Laravel',
      'FROM php:8.4-cli\nWORKDIR /l\nCOPY . .\nCMD ["php", "artisan", "serve"]\n',
      '/l/storage, /l/bootstrap/cache and /l',
    ],
    [
      'Next.js',
      'FROM node:24\nWORKDIR /n\nCOPY --from=x:1 /a/.next ./.next\nCMD ["next", "start"]\n',
      '/n/.next/cache',
    ],
    [
      'a release of Elixir',
      'FROM debian:13\nCOPY --from=b:1 /a/_build/prod/rel/shop /shop\nCMD ["/shop/bin/shop", "start"]\n',
      '/shop/tmp',
    ],
    [
      'where Tomcat unpacks',
      'FROM tomcat:11\nCOPY a.war /usr/local/tomcat/webapps/\nCMD ["catalina.sh", "run"]\n',
      '/usr/local/tomcat/webapps',
    ],
  ])('%s', (_, dockerfile, list) => {
    const title = applied(dockerfile);
    expect(title).toContain(`which gets ${list}`);
  });

  test.each([
    ['given already', python('RUN mkdir uploads && chown -R 5000 uploads && useradd -u 5000 web')],
    ['given with what is around it', python('RUN useradd web && mkdir -p data && chown -R web .')],
    ['given on the next line', python('RUN mkdir data && useradd web && chown -R web \\\n    data')],
    ['open to everybody', python('RUN mkdir logs && chmod 777 logs')],
    ['taken away again', python('RUN mkdir tmp && make && rm -rf tmp')],
    ['a system directory', python('RUN mkdir -p /etc/app/cache /tmp/build /usr/share/data')],
    ['a package manager’s', python('RUN mkdir -p /var/cache/apt/archives\nENV PIP_CACHE_DIR=/c YARN_CACHE_FOLDER=/y')],
    ['a file', python('ENV LOG_PATH=/app/app.log')],
    ['unknown', python('RUN mkdir $DATA\nARG D\nENV CACHE_DIR=$D')],
    ['somewhere else after cd', python('RUN cd /x && mkdir data')],
    ['a name that says nothing', python('RUN mkdir /app/lib')],
  ])('nothing that is %s', (_, dockerfile) => {
    expect(applied(dockerfile)).not.toMatch(/which gets(?! \/app(?:,|$))/);
  });

  test('with its contents where there are any, before VOLUME', () => {
    const fix = finding(`FROM debian:13\nCOPY seed /data/seed\nRUN mkdir /cache\nVOLUME /data\n${START}`)?.fixes[0];
    expect(fix?.edits[0]?.text).toContain(
      'mkdir -p /data /cache && chown 10001:10001 /cache && chown -R 10001:10001 /data',
    );
  });

  test('not what everybody may write to', () => {
    expect(applied(`FROM debian:13\nVOLUME /tmp\n${START}`)).toBe('Run as a new non-root user (10001:10001)');
  });

  test('not where there is no shell to do it', () => {
    expect(applied('FROM scratch\nENV DATA_DIR=/data\nENTRYPOINT ["/app"]\n')).toBeUndefined();
  });
});

describe('the owner that the file names is the user', () => {
  test.each([
    ['a number', 'FROM debian:13\nCOPY --chown=1000:1000 . /srv\nCMD ["/srv/a"]\n', '1000:1000'],
    ['a number alone', 'FROM debian:13\nRUN chown -R 1234 /srv\nCMD ["/srv/a"]\n', '1234:1234'],
    ['a user of Debian', 'FROM python:3.12\nCOPY --chown=www-data:www-data . /srv\nCMD ["/srv/a"]\n', 'www-data'],
    ['Ubuntu’s own', 'FROM ubuntu:24.04\nCOPY --chown=ubuntu . /srv\nCMD ["/srv/a"]\n', 'ubuntu'],
    ['a user of the image', 'FROM node:24\nCOPY --chown=node . /srv\nCMD ["/srv/a"]\n', 'node'],
  ])('%s', (_, dockerfile, user) => {
    expect(applied(dockerfile)).toBe(`Run as the user ${user}`);
  });

  test.each([
    ['one that may not be there', 'FROM alpine:3.22\nCOPY --chown=www-data . /srv\nCMD ["/srv/a"]\n'],
    ['one that came later', 'FROM ubuntu:22.04\nCOPY --chown=ubuntu . /srv\nCMD ["/srv/a"]\n'],
    ['several', 'FROM debian:13\nCOPY --chown=1:1 a /a\nCOPY --chown=2:2 b /b\nCMD ["/a"]\n'],
  ])('not %s', (_, dockerfile) => {
    expect(finding(dockerfile)).toBeDefined();
    expect(applied(dockerfile)).toBeUndefined();
  });
});

describe('leaves to a person', () => {
  test.each([
    ['WORKDIR in /root', 'FROM alpine:3.22\nWORKDIR /root/\nCOPY a .\nCMD ["./a"]\n', 'its WORKDIR is /root'],
    ['PATH in /root', `FROM debian:13\nENV PATH=/root/.cargo/bin:$PATH\n${START}`, 'PATH names /root/.cargo/bin'],
    ['COPY to /root', `FROM debian:13\nCOPY --from=b:1 /x /root/.local\n${START}`, 'COPY puts files into /root/.local'],
    ['a program in /root', 'FROM debian:13\nCMD ["/root/app"]\n', 'CMD names /root/app'],
    ['packages in /root', python('RUN pip install --user flask'), 'pip install --user'],
    [
      'a build at the start',
      'FROM maven:3\nWORKDIR /a\nCMD ["mvn", "spring-boot:run"]\n',
      '“mvn” builds when it starts',
    ],
    ['a development server', 'FROM node:24\nWORKDIR /a\nCMD npm run dev\n', '“npm run dev” builds'],
    ['a database server', 'FROM debian:13\nRUN apt-get install mysql-server\nCMD ["mysqld"]\n', 'whether mysqld can'],
    ['what works on the host', 'FROM debian:13\nCMD ["docker-compose", "up"]\n', 'whether docker-compose can'],
    ['a shell to enter', 'FROM alpine:3.22\nENTRYPOINT ["/bin/ash"]\n', 'unless other images are built on this one'],
    ['an image to build on', 'FROM debian:13\nRUN make install\n', 'unless other images are built on this one'],
    ['ONBUILD', `FROM debian:13\nONBUILD RUN make\n${START}`, 'ONBUILD triggers'],
    [
      'a script that changes owners',
      'FROM debian:13\nCOPY <<EOF /start.sh\n#!/bin/sh\nchown -R app /data\nEOF\nCMD ["/start.sh"]\n',
      'start.sh needs that for chown',
    ],
  ])('%s', (_, dockerfile, says) => {
    const found = finding(dockerfile);
    expect(found?.message).toContain(says);
    expect(found?.fixes.filter(({ safety }) => safety !== 'manual')).toEqual([]);
  });

  test.each([
    python('ENV HF_HOME=/models\nRUN python -c "A.from_pretrained(1)"'),
    python('RUN poetry config virtualenvs.create false\nRUN poetry install'),
    python('ENV HOME=/srv/home\nRUN pipx install x'),
    'FROM node:24\nWORKDIR /a\nRUN corepack enable\nCMD ["node", "."]\n',
    'FROM node:24\nWORKDIR /a\nENV COREPACK_HOME=/c\nRUN corepack enable\nCMD ["yarn", "start"]\n',
  ])('not where it is put elsewhere: %j', dockerfile => {
    expect(applied(dockerfile)).toBeDefined();
  });

  const COPIED = 'FROM debian:13\nCOPY . /srv\nENTRYPOINT ["/srv/docker/entrypoint.sh"]\n';
  const NAMED = 'FROM debian:13\nCOPY docker/entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n';

  test.each([
    ['named', NAMED, 'docker/entrypoint.sh'],
    ['renamed', 'FROM debian:13\nCOPY a.sh /run-it\nENTRYPOINT ["/run-it"]\n', 'a.sh'],
    ['in a folder of the whole context', COPIED, 'docker/entrypoint.sh'],
    ['in a folder', 'FROM debian:13\nCOPY docker /srv\nENTRYPOINT ["/srv/entrypoint.sh"]\n', 'docker/entrypoint.sh'],
  ])('a script of the build context, %s', (_, dockerfile, path) => {
    const script = '#!/bin/sh\nset -e\nservice nginx start\nexec "$@"\n';
    expect(finding(dockerfile, { [path]: script })?.message).toContain('needs that for service');
    expect(applied(dockerfile, { [path]: '#!/bin/sh\nexec "$@"\n' })).toContain('Run as a new non-root user');
  });

  test('nothing is said where the script gives up root itself', () => {
    expect(finding(NAMED, { 'docker/entrypoint.sh': '#!/bin/sh\nexec gosu app "$@"\n' })).toBeUndefined();
  });

  test('a script that is not the one that is started says nothing', () => {
    const files = { 'other/entrypoint.sh': 'chown -R x /y\n' };
    expect(finding(COPIED, files)?.message).toContain(
      '“/srv/docker/entrypoint.sh” in ENTRYPOINT gives that up, which cannot be read',
    );
    expect(applied(COPIED, files)).toBeUndefined();
  });
});

test('says nothing in a development container', () => {
  const dockerfile = `FROM debian:13\n${START}`;
  expect(finding(dockerfile, {}, '/project/.devcontainer')).toBeUndefined();
  expect(finding(dockerfile, {}, 'file:///project/.devcontainer/api')).toBeUndefined();
  expect(finding(dockerfile, {}, '/project/devcontainer')).toBeDefined();
});

test('gives away a directory made for it, not the application around it', () => {
  const dockerfile =
    'FROM node:22\nWORKDIR /data\nCOPY . .\nRUN mkdir -p web/.next/cache\nCMD ["node", "web/server.js"]\n';
  expect(applied(dockerfile)).toBe('Run as the user node, which gets /data/web/.next/cache and /data');
});

test('takes a number that no account has', () => {
  const dockerfile = `FROM alpine:3.22\nRUN addgroup -g 10001 web\n${START}`;
  expect(finding(dockerfile)?.fixes[0]?.edits[0]?.text).toContain('addgroup -g 10002 app && adduser -D -u 10002');
});

test('gives the databases that the build makes, and a WORKDIR that VOLUME comes before', () => {
  const fix = finding(
    'FROM python:3.12-slim\nVOLUME /data\nWORKDIR /app\nCOPY . .\nRUN python manage.py migrate\nCMD ["python", "app.py"]\n',
  )?.fixes[0];
  expect(fix?.edits[0]?.text).toContain('mkdir -p /data /app && chown 10001:10001 /data /app');
  expect(fix?.edits[1]?.text).toContain("RUN find /app \\( -name '*.db'");
});

test('waits until the commands for accounts are those that the image has', () => {
  expect(finding(`FROM alpine:3.22\nRUN groupadd web\n${START}`)?.fixes).toEqual([]);
});
