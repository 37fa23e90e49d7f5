import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { planHarden } from '../../server/src/harden/index.js';
import type { Finding } from '../../server/src/profiles/types.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

type Files = Readonly<Record<string, string>>;

const finding = (dockerfile: string, files: Files = {}): Finding | undefined =>
  lint(dockerfile, { context: snapshotFromFiles(files) }).findings.find(
    ({ rule }) => rule === 'final-stage-runs-as-root',
  );

const hardened = (dockerfile: string, files: Files = {}): string =>
  planHarden(dockerfile, { context: snapshotFromFiles(files) }).after;

const NODE = 'FROM node:22-bookworm-slim\nWORKDIR /app\nCOPY . .\n';
const PYTHON = 'FROM python:3.12-slim-bookworm\nWORKDIR /app\nCOPY . .\n';

describe('what CMD and ENTRYPOINT say themselves keeps root', () => {
  test.each([
    [
      'a chown in an inline shell',
      `${NODE}CMD ["sh", "-c", "chown -R node /app/data && node server.js"]\n`,
      'chown -R node /app/data',
    ],
    ['a log of the system', `${PYTHON}CMD date > /var/log/started && python app.py\n`, '> /var/log/started'],
    [
      'an option that names a log',
      'FROM debian:13\nCOPY app.jar /srv/\nCMD ["/srv/run-app", "--log", "/var/log/requests.log"]\n',
      '--log /var/log/requests.log',
    ],
    [
      'settings that are made from a template',
      `${PYTHON}CMD envsubst < app.conf.in > /etc/app.conf && python app.py\n`,
      '/etc/app.conf',
    ],
    ['a socket', `${PYTHON}CMD ["gunicorn", "-b", "unix:/run/app.sock", "app:app"]\n`, 'unix:/run/app.sock'],
    ['a pid file', `${PYTHON}CMD ["gunicorn", "--pid=/run/app.pid", "app:app"]\n`, '/run/app.pid'],
    ['installing packages', `${NODE}CMD npm install && node server.js\n`, 'npm install'],
    ['a pid file', `${PYTHON}CMD echo $$ > /run/app.pid && exec python app.py\n`, 'echo $$ > /run/app.pid'],
    ['a pid file after ;', `${PYTHON}CMD echo 1 > /run/app.pid; python app.py\n`, '/run/app.pid'],
    ['a pid file in sh -c', `${PYTHON}CMD ["sh", "-c", "echo 1 > /run/a.pid && exec python app.py"]\n`, '/run/a.pid'],
    ['a line added', `${PYTHON}CMD echo 1 >> /etc/app.conf; python app.py\n`, '/etc/app.conf'],
    ['a pid file after sleep', `${PYTHON}CMD sleep 1 && echo 1 > /run/a.pid && python app.py\n`, '/run/a.pid'],
    ['a list of files', `${PYTHON}CMD ls / > /etc/list; python app.py\n`, '/etc/list'],
    ['a pid file by touch', `${PYTHON}CMD touch /run/a.pid; python app.py\n`, '/run/a.pid'],
    ['a pid file by tee', `${PYTHON}CMD echo $$ | tee /run/a.pid; python app.py\n`, 'tee /run/a.pid'],
    ['a copy', `${PYTHON}CMD cp app.conf /etc/app.conf && python app.py\n`, '/etc/app.conf'],
    ['a copy by install', `${PYTHON}CMD install -m 644 app.conf /etc/ && python app.py\n`, 'install -m 644'],
    ['a directory made anew', `${PYTHON}CMD mkdir /run/app && python app.py\n`, 'mkdir /run/app'],
    ['a group of commands', `${PYTHON}CMD { echo 1; echo 2; } > /etc/a.conf; python app.py\n`, '> /etc/a.conf'],
    ['a subshell', `${PYTHON}CMD (echo 1) > /etc/a.conf; python app.py\n`, '> /etc/a.conf'],
    ['a loop', `${PYTHON}CMD for i in 1 2; do echo $i; done > /etc/a.conf; python app.py\n`, '> /etc/a.conf'],
    ['a condition', `${PYTHON}CMD if [ -n "$A" ]; then echo a; fi > /etc/a; python app.py\n`, '> /etc/a'],
    ['work that writes', `${PYTHON}CMD echo hello > /etc/hello\n`, 'echo'],
    ['waiting after work', `${PYTHON}CMD touch /etc/x; tail -f /dev/null\n`, 'touch'],
  ])('%s', (_, dockerfile, line) => {
    expect(finding(dockerfile)?.message).toContain(line);
    expect(hardened(dockerfile)).not.toContain('USER');
  });
});

describe('what a start script does keeps root', () => {
  test.each([
    ['a program by its path', 'exec /usr/bin/supervisord -nc /etc/s.conf'],
    ['a daemon by its path', '/usr/sbin/sshd\nexec python app.py'],
    ['a web server', 'nginx\nexec python app.py'],
    ['a change in one line', 'if [ -d /data ]; then chown -R 1000 /data; fi\nexec python app.py'],
    ['a change after a test', '[ -d /x ] && chown 1 /x\nexec python app.py'],
    ['settings below /etc', 'envsubst < a > /etc/app/app.conf\nexec python app.py'],
    ['changing a file of the application', 'sed -i s/a/b/ /app/public/index.html\nexec python app.py'],
    ['a directory below /etc', 'mkdir -p /etc/app\nexec python app.py'],
    ['containers of the host', 'docker ps\nexec python app.py'],
    ['a script that wants root', 'if [ "$(id -u)" != 0 ]; then echo no; exit 1; fi\nexec python app.py'],
    ['the same in one line', '[ "$EUID" -eq 0 ] || exit 1\nexec python app.py'],
    ['a function’s output', 'settings() {\necho a\n}\nsettings > /etc/app.conf\nexec python app.py'],
    ['the log of what CMD says', 'exec "$@" > /srv/out.txt'],
    ['a sourced script that is not there', '. /app/functions.sh\nexec python app.py'],
    ['a place that only the container knows', 'mkdir -p "$TARGET"\nexec python app.py'],
  ])('%s', (_, lines) => {
    for (const name of ['entrypoint.sh', 'boot']) {
      const dockerfile = `${PYTHON}ENTRYPOINT ["/app/${name}"]\n`;
      const files = { [name]: `#!/bin/sh\nset -e\n${lines}\n`, 'app.py': 'print()\n' };
      expect(hardened(dockerfile, files)).not.toContain('USER');
      expect(finding(dockerfile, files)?.message).toContain(name);
    }
  });

  test.each([
    ['nothing that needs it', 'echo starting\nexec python app.py'],
    ['work that root alone does', 'if [ "$(id -u)" = 0 ]; then chown -R 1000 /data; fi\nexec python app.py'],
    ['what may fail', 'chown -R 1000 /app/x || true\nexec python app.py'],
    ['files for everybody', 'mkdir -p /tmp/x && date > /tmp/x/started\nexec python app.py'],
    ['asking whether a program is there', 'command -v nginx >/dev/null && echo yes\nexec python app.py'],
  ])('but not %s', (_, lines) => {
    const dockerfile = `${PYTHON}ENTRYPOINT ["/app/boot"]\n`;
    expect(hardened(dockerfile, { boot: `#!/bin/sh\nset -e\n${lines}\n`, 'app.py': '' })).toContain('USER 10001:10001');
  });

  test('its own directory is given to the user', () => {
    const files = {
      'start.sh': '#!/bin/sh\nmkdir -p /var/lib/shop/cache\ncp a.cfg /shop/config/\nexec python app.py\n',
    };
    const text = hardened(`${PYTHON}CMD ["./start.sh"]\n`, files);
    expect(text).toContain('chown 10001:10001 /var/lib/shop/cache');
    expect(text).toContain('/shop/config');
  });

  test('scripts that it runs or sources are read, too', () => {
    const files = {
      'start.sh': '#!/bin/sh\n. ./lib/steps.sh\nprepare\nexec "$@"\n',
      'lib/steps.sh': 'prepare() { chown -R www-data /app/x; }\n',
    };
    expect(finding(`${PYTHON}ENTRYPOINT ["./start.sh"]\nCMD ["python", "app.py"]\n`, files)?.message).toContain(
      'lib/steps.sh needs that for chown',
    );
  });

  test('package.json and Procfile are read', () => {
    const start = { scripts: { start: 'mkdir -p /var/log/app && node server.js > /var/log/app.log' } };
    expect(finding(`${NODE}CMD ["npm", "start"]\n`, { 'package.json': JSON.stringify(start) })?.message).toContain(
      'in package.json writes to a directory of the system',
    );
    expect(
      finding(`${PYTHON}CMD ["honcho", "start"]\n`, { Procfile: 'web: nginx -g "daemon off;"\n' })?.message,
    ).toContain('nginx');
  });

  test('a script in the folder around the Dockerfile’s is found by its path in the context', () => {
    const files = { 'docker/Dockerfile': '', 'scripts/start.sh': '#!/bin/sh\nchown -R app /data\n' };
    expect(hardened('FROM debian:13\nCOPY scripts/start.sh /start.sh\nCMD ["/start.sh"]\n', files)).not.toContain(
      'USER',
    );
  });

  test('one that is copied and cannot be read keeps root', () => {
    expect(hardened('FROM debian:13\nCOPY start.sh /start.sh\nCMD ["/start.sh"]\n')).not.toContain('USER');
    expect(hardened('FROM debian:13\nCOPY --from=build /src/start.sh /start.sh\nCMD ["/start.sh"]\n')).not.toContain(
      'USER',
    );
  });
});

describe('modes', () => {
  test.each([
    'RUN chmod 700 /app/start.sh\nCMD ["/app/start.sh"]\n',
    'RUN chmod 744 /app/start.sh\nCMD ["/app/start.sh"]\n',
    'COPY --chmod=700 start.sh /app/\nCMD ["/app/start.sh"]\n',
    'RUN chmod 600 /app/config.yml\nCMD ["python", "app.py"]\n',
    'COPY --chmod=600 acme.json /acme.json\nCMD ["python", "app.py"]\n',
  ])('%j', lines => {
    const files = { 'start.sh': '#!/bin/sh\nexec python app.py\n' };
    expect(hardened(PYTHON + lines, files)).not.toContain('USER');
    expect(finding(PYTHON + lines, files)?.message).toMatch(/has the mode (?:700|744|600)/);
  });

  test('not where the file is opened again, or given away', () => {
    expect(hardened(`${PYTHON}RUN chmod 700 x && chmod 755 x\nCMD ["python", "app.py"]\n`)).toContain('USER');
    expect(hardened(`${PYTHON}COPY --chmod=600 --chown=7:7 c /c\nCMD ["python", "app.py"]\n`)).toContain('USER 7:7');
  });
});

describe('directories made to be written to', () => {
  test.each([
    ['left empty', 'RUN mkdir /datastore\nCMD ["python", "app.py", "-d", "/datastore"]\n', '/datastore'],
    ['without being named again', 'RUN mkdir /reports\nCMD ["python", "app.py"]\n', '/reports'],
    [
      'named by ENV and made by nobody',
      'ENV CONFIG_PATH=/config METADATA_PATH=/metadata\nCMD ["python", "app.py"]\n',
      '/config /metadata',
    ],
    ['named by an argument and made by nobody', 'CMD ["python", "app.py", "--state-dir", "/state"]\n', '/state'],
  ])('%s', (_, lines, paths) => {
    expect(hardened(PYTHON + lines)).toContain(`mkdir -p ${paths}`);
  });

  test.each([
    ['what COPY fills', 'RUN mkdir /srv/site\nCOPY site /srv/site\nCMD ["python", "app.py"]\n'],
    ['the system', 'ENV CERT_PATH=/etc/ssl/certs\nCMD ["python", "app.py"]\n'],
    ['where programs are looked for', 'ENV PYTHONPATH=/opt/lib GEM_PATH=/gems\nCMD ["python", "app.py"]\n'],
  ])('not %s', (_, lines) => {
    expect(hardened(PYTHON + lines)).not.toContain('mkdir -p');
  });
});

describe('images that keep root', () => {
  test.each([
    [
      'a tool for what is mounted',
      'FROM python:3.12-slim\nRUN pip install mkdocs-tool\nWORKDIR /docs\nENTRYPOINT ["mkdocs-tool"]\nCMD ["serve"]\n',
    ],
    ['Caddy', 'FROM caddy:2.10-alpine\nCOPY Caddyfile /etc/caddy/\n'],
    ['Traefik', 'FROM docker.io/library/traefik:v3.1\nCOPY traefik.yml /etc/traefik/\n'],
    ['an explicit last USER root', 'FROM debian:13\nRUN useradd web\nUSER web\nRUN make\nUSER root\nCMD ["/app"]\n'],
    [
      'settings of git for root',
      `${PYTHON}RUN git config --global --add safe.directory /repo\nCMD ["python", "app.py"]\n`,
    ],
    [
      'keys of ssh in the home directory',
      `${PYTHON}RUN mkdir -p ~/.ssh && ssh-keyscan example.com >> ~/.ssh/known_hosts\nCMD ["python", "app.py"]\n`,
    ],
    ['a browser in the home directory', `${NODE}RUN npm install puppeteer\nCMD ["node", "server.js"]\n`],
    ['a program in /, which writes beside itself', 'FROM python:3.12-slim\nCOPY app.py .\nCMD ["python", "app.py"]\n'],
  ])('%s', (_, dockerfile) => {
    const before = dockerfile.split('USER').length;
    expect(hardened(dockerfile).split('USER').length).toBeLessThanOrEqual(before);
    expect(hardened(dockerfile)).not.toMatch(/USER (?:10001|node)/);
    expect(hardened(dockerfile)).toMatch(/USER root|^(?![\s\S]*USER)/);
  });

  test('a GitHub action', () => {
    const files = { 'action.yml': "name: x\nruns:\n  using: 'docker'\n  image: Dockerfile\n" };
    const plan = planHarden(`${PYTHON}CMD ["python", "app.py"]\n`, { context: snapshotFromFiles(files) });
    expect(plan.after).not.toContain('USER');
    expect(plan.kept).toContain('GitHub starts the container of an action as root');
  });
});

describe('what the build has put there is not copied into another layer to be given away', () => {
  test.each([
    [
      'models that the build has fetched',
      `${PYTHON}ENV HF_HOME=/models/cache\nRUN python -c "from x import y; y.from_pretrained('z')"\nCMD ["python", "app.py"]\n`,
      '/models/cache',
    ],
    [
      'a WAR that Tomcat unpacks',
      'FROM tomcat:11\nCOPY a.war /usr/local/tomcat/webapps/\nCMD ["catalina.sh", "run"]\n',
      '/usr/local/tomcat/webapps',
    ],
  ])('%s', (_, dockerfile, path) => {
    expect(hardened(dockerfile)).toMatch(new RegExp(`chown 10001:10001 (?:/app )?${path}`));
    expect(hardened(dockerfile)).not.toContain('chown -R');
  });

  test('browsers that Playwright has installed', () => {
    const dockerfile = `${NODE}ENV PLAYWRIGHT_BROWSERS_PATH=/browsers\nRUN npx playwright install chromium\nCMD ["node", "server.js"]\n`;
    expect(hardened(dockerfile)).toMatch(/chown node \/app\nUSER node/);
  });
});

test.each(['php:8.4-fpm', 'php:8.4-apache', 'tomcat:11'])('an image of %s to build others on keeps root', image => {
  expect(hardened(`FROM ${image}\nRUN docker-php-ext-install pdo_mysql\n`)).not.toContain('USER');
  const download = 'ADD --chmod=755 https://example.com/install /usr/local/bin/\n';
  expect(hardened(`FROM ${image}\n${download}RUN install a\n`)).not.toContain('USER');
});
