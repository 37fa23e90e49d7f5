import { type App, pythonServer } from '../app.js';

const PYTHON = 'FROM python:3.11-slim-bookworm\nWORKDIR /app\nCOPY . .\n';
const APP = { 'app.py': pythonServer(8000, "return 'hello'") };
const WEB = { port: 8000 };

/** What the image holds, or is for, needs root: Harden must leave the user as it is. */
export const KEEP_ROOT_BY_IMAGE: readonly App[] = [
  {
    name: 'mode-744',
    what: 'a start script that others may not run',
    dockerfile: `${PYTHON}RUN chmod 744 /app/start.sh\nEXPOSE 8000\nCMD ["/app/start.sh"]\n`,
    files: { ...APP, 'start.sh': '#!/bin/sh\nexec python app.py\n' },
    ...WEB,
    root: 'the mode of its start script',
  },
  {
    name: 'mode-600',
    what: 'settings that others may not read',
    dockerfile: `${PYTHON}RUN chmod 600 /app/settings.ini\nEXPOSE 8000\nCMD ["python", "app.py"]\n`,
    files: { 'settings.ini': 'x\n', 'app.py': pythonServer(8000, "return open('settings.ini').read()") },
    ...WEB,
    root: 'the mode of its settings',
  },
  {
    name: 'copy-chmod-700',
    what: 'a folder that others may not enter',
    dockerfile:
      'FROM python:3.11-slim-bookworm\nWORKDIR /app\nCOPY --chmod=700 . /opt/app\nEXPOSE 8000\nCMD ["python", "/opt/app/app.py"]\n',
    files: APP,
    ...WEB,
    root: 'the mode of its folder',
  },
  {
    name: 'home-of-root',
    what: 'settings in root’s home',
    dockerfile: `${PYTHON}RUN mkdir -p ~/.tool && echo 42 > ~/.tool/rc\nEXPOSE 8000\nCMD ["python", "app.py"]\n`,
    files: { 'app.py': pythonServer(8000, "return open(os.path.expanduser('~/.tool/rc')).read()") },
    ...WEB,
    root: 'its settings are in /root',
  },
  {
    name: 'workdir-of-root',
    what: 'the application is in root’s home',
    dockerfile:
      'FROM python:3.11-slim-bookworm\nWORKDIR /root/app\nCOPY app.py .\nEXPOSE 8000\nCMD ["python", "app.py"]\n',
    files: APP,
    ...WEB,
    root: 'it is in /root',
  },
  {
    name: 'no-workdir',
    what: 'it writes beside itself, into /',
    dockerfile: 'FROM python:3.11-slim-bookworm\nCOPY app.py .\nEXPOSE 8000\nCMD ["python", "app.py"]\n',
    files: { 'app.py': pythonServer(8000, "open('dump.txt', 'w').write('x')\nreturn 'hello'") },
    ...WEB,
    leaves: ['/dump.txt'],
    root: 'it writes into /',
  },
  {
    name: 'user-root-on-purpose',
    what: 'USER root is its last word',
    dockerfile:
      'FROM python:3.11-slim-bookworm\nRUN useradd web\nWORKDIR /app\nCOPY app.py .\nUSER web\nEXPOSE 8000\nUSER root\nCMD ["python", "app.py"]\n',
    files: { 'app.py': pythonServer(8000, "return len(open('/etc/shadow').read()) > 0") },
    ...WEB,
    root: 'USER root is its last word',
  },
  {
    name: 'github-action',
    what: 'the action of a workflow, which writes to the workspace',
    dockerfile: `${PYTHON}CMD ["python", "/app/action.py"]\n`,
    files: {
      'action.yml': 'name: x\ndescription: x\nruns:\n  using: docker\n  image: Dockerfile\n',
      'action.py': "open('/github/workspace/out.txt', 'w').write('x')\nprint('done')\n",
    },
    mount: '/github/workspace',
    root: 'GitHub starts it as root',
  },
  {
    name: 'tool-for-mounts',
    what: 'a tool that works on what is mounted',
    dockerfile:
      'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends zip\nWORKDIR /docs\nENTRYPOINT ["zip"]\n',
    files: {},
    mount: '/docs',
    run: ['-q', 'out.zip', '/etc/hostname'],
    root: 'it writes to what is mounted',
  },
  {
    name: 'cron',
    what: 'cron, which changes users itself',
    dockerfile:
      'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends cron\nCOPY start.sh /start.sh\nCMD ["/start.sh"]\n',
    files: { 'start.sh': '#!/bin/sh\nset -e\ncron\ntest -s /run/crond.pid && echo started\n' },
    root: 'cron needs root',
  },
  {
    name: 'nginx',
    what: 'nginx, started by its path from a script',
    dockerfile:
      'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends nginx-light\nCOPY run /usr/local/bin/run\nEXPOSE 80\nENTRYPOINT ["run"]\n',
    files: { run: '#!/bin/sh\nset -e\nexec /usr/sbin/nginx -g "daemon off;"\n' },
    port: 80,
    asks: ['/'],
    root: 'nginx needs root',
  },
  {
    name: 'several-roles',
    what: 'one image for a web service and a worker',
    dockerfile: `${PYTHON}EXPOSE 8000\nENTRYPOINT ["/app/run.sh"]\nCMD ["web"]\n`,
    files: {
      ...APP,
      'run.sh':
        '#!/bin/sh\nset -e\nmkdir -p /etc/app\ncase "$1" in\n  web) exec python app.py ;;\n  worker) exec sleep 60 ;;\nesac\n',
    },
    ...WEB,
    root: 'its script writes to /etc',
  },
];
