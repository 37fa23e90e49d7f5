import { type App, nodeServer, pythonServer } from '../app.js';

const PYTHON = 'FROM python:3.11-slim-bookworm\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\n';
const APP = { 'app.py': pythonServer(8000, "return 'hello'") };

/** A start script and a web service, of which the script needs root. */
const byScript = (name: string, what: string, lines: string, root: string, more: Partial<App> = {}): App => ({
  name: `script-${name}`,
  what,
  dockerfile: `${PYTHON}ENTRYPOINT ["/app/boot"]\n`,
  port: 8000,
  root,
  ...more,
  files: { ...APP, boot: `#!/bin/sh\nset -e\n${lines}\nexec python app.py\n`, ...more.files },
});

const byCommand = (name: string, what: string, command: string, root: string, more: Partial<App> = {}): App => ({
  name: `command-${name}`,
  what,
  dockerfile: `${PYTHON}CMD ${command}\n`,
  port: 8000,
  root,
  ...more,
  files: { ...APP, ...more.files },
});

/** What starts needs root, and says so: Harden must leave the user as it is. */
export const KEEP_ROOT_BY_COMMAND: readonly App[] = [
  byCommand(
    'chown',
    'CMD changes owners first',
    '["sh", "-c", "mkdir -p data && chown -R nobody data && exec python app.py"]',
    'chown in CMD',
  ),
  byCommand(
    'log',
    'it notes in /var/log that it started',
    'date > /var/log/started && exec python app.py',
    'it writes to /var/log',
    {
      leaves: ['/var/log/started'],
    },
  ),
  byCommand(
    'log-option',
    'an option names a log in /var/log',
    '["python", "app.py", "--log", "/var/log/requests.log"]',
    'it writes to /var/log',
    {
      files: { 'app.py': pythonServer(8000, "open(sys.argv[2], 'a').write(path)\nreturn 'hello'") },
      leaves: ['/var/log/requests.log'],
    },
  ),
  byCommand(
    'settings',
    'settings below /etc are made from a template',
    'sed s/x/y/ app.conf.in > /etc/app.conf && exec python app.py',
    'it writes to /etc',
    {
      files: { 'app.conf.in': 'x\n', 'app.py': pythonServer(8000, "return open('/etc/app.conf').read()") },
      leaves: ['/etc/app.conf'],
    },
  ),
  byCommand('socket', 'a socket in /run', '["python", "app.py", "--bind=unix:/run/app.sock"]', 'it writes to /run', {
    files: {
      'app.py': pythonServer(
        8000,
        "return os.path.exists('/run/app.sock')",
        "import socket; socket.socket(socket.AF_UNIX).bind(sys.argv[1].split(':')[1])",
      ),
    },
  }),
  byCommand('pid', 'a pid file in /run', 'echo $$ > /run/app.pid && exec python app.py', 'it writes to /run'),
  byScript(
    'chown',
    'a script whose name has no ending changes owners',
    'mkdir -p data\nchown -R nobody data',
    'chown in the script',
  ),
  byScript(
    'chown-in-one-line',
    'it does so in one line',
    'if [ -d /app ]; then chown nobody /app; fi',
    'chown in the script',
  ),
  byScript('chown-behind-test', 'it does so after a test', '[ ! -d /app ] || chown nobody /app', 'chown in the script'),
  byScript(
    'sourced',
    'a script that it sources changes owners',
    '. /app/lib/steps.sh\nprepare',
    'chown in a sourced script',
    {
      files: { 'lib/steps.sh': 'prepare() { chown -R nobody /app/lib; }\n' },
    },
  ),
  byScript(
    'sed',
    'it changes a page of the application',
    'sed -i s/before/after/ /app/public/index.html',
    'it changes files of root',
    {
      files: {
        'public/index.html': 'before\n',
        'app.py': pythonServer(8000, "return open('public/index.html').read()"),
      },
    },
  ),
  byScript('etc', 'it makes a folder below /etc', 'mkdir -p /etc/app\necho 1 > /etc/app/x', 'it writes to /etc'),
  byScript(
    'wants-root',
    'it ends when it is not root',
    'if [ "$(id -u)" -ne 0 ]; then echo no >&2; exit 1; fi',
    'the script wants root',
  ),
  byScript(
    'overwrites',
    'it writes over a file of the build',
    'echo after > settings.ini',
    'the file belongs to root',
    {
      files: { 'settings.ini': 'before\n', 'app.py': pythonServer(8000, "return open('settings.ini').read()") },
    },
  ),
  byScript(
    'unknown',
    'it writes where only the container knows',
    'mkdir -p "$(cat where)"\ntouch "$(cat where)/x"',
    'the place is not known',
    {
      files: { where: '/opt/state\n' },
      leaves: ['/opt/state/x'],
    },
  ),
  {
    name: 'npm-start-log',
    what: 'package.json writes a log to /var/log',
    dockerfile: 'FROM node:20-bookworm-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 3000\nCMD ["npm", "start"]\n',
    files: {
      'package.json':
        '{ "name": "s", "version": "1.0.0", "scripts": { "start": "node server.js > /var/log/app.log" } }\n',
      'server.js': nodeServer(3000, "return 'hello';"),
    },
    port: 3000,
    root: 'it writes to /var/log',
  },
];
