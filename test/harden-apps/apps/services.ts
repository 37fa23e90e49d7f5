import { type App, nodeServer, pythonServer } from '../app.js';

const PYTHON = 'FROM python:3.11-slim-bookworm\n';
const NODE = 'FROM node:20-bookworm-slim\n';

/** Web services that can run as another user, each with a habit of its own. */
export const SERVICES: readonly App[] = [
  {
    name: 'python-plain',
    what: 'web service in Python, dependencies before the sources',
    dockerfile: `${PYTHON}WORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nEXPOSE 8000\nCMD python app.py\n`,
    files: { 'requirements.txt': '\n', 'app.py': pythonServer(8000, "return 'hello'") },
    port: 8000,
    source: 'app.py',
  },
  {
    name: 'python-log-beside',
    what: 'makes a folder for its logs beside itself',
    dockerfile: `${PYTHON}WORKDIR /srv/blog\nCOPY app.py .\nEXPOSE 8000\nCMD ["python", "app.py"]\n`,
    files: {
      'app.py': pythonServer(
        8000,
        "return open('logs/blog.log').read()",
        "os.mkdir('logs'); open('logs/blog.log', 'w').write('started')",
      ),
    },
    port: 8000,
    leaves: ['/srv/blog/logs/blog.log'],
  },
  {
    name: 'python-sqlite-at-start',
    what: 'makes its database when it starts',
    dockerfile: `${PYTHON}WORKDIR /srv/shop\nCOPY . .\nEXPOSE 8000\nCMD ["python", "app.py"]\n`,
    files: {
      'app.py': pythonServer(
        8000,
        "db = sqlite3.connect('shop.db'); db.execute('create table if not exists t (n)'); db.execute('insert into t values (1)'); db.commit()\nreturn db.execute('select count(*) from t').fetchone()[0]",
        'import sqlite3',
      ),
    },
    port: 8000,
    asks: ['/', '/'],
    leaves: ['/srv/shop/shop.db'],
  },
  {
    name: 'python-sqlite-from-build',
    what: 'its database is made by the build',
    dockerfile: `${PYTHON}WORKDIR /srv/shop\nCOPY . .\nRUN python manage.py migrate\nEXPOSE 8000\nCMD ["python", "app.py"]\n`,
    files: {
      'manage.py':
        "import sqlite3\ndb = sqlite3.connect('db.sqlite3')\ndb.execute('create table t (n)')\ndb.commit()\n",
      'app.py': pythonServer(
        8000,
        "db = sqlite3.connect('db.sqlite3'); db.execute('insert into t values (1)'); db.commit()\nreturn db.execute('select count(*) from t').fetchone()[0]",
        'import sqlite3',
      ),
    },
    port: 8000,
    asks: ['/', '/'],
    source: 'app.py',
  },
  {
    name: 'python-datastore',
    what: 'a folder that the build makes and an argument names',
    dockerfile: `${PYTHON}WORKDIR /app\nRUN mkdir /datastore\nCOPY app.py .\nEXPOSE 5000\nCMD ["python", "app.py", "-d", "/datastore"]\n`,
    files: {
      'app.py': pythonServer(5000, "open(sys.argv[2] + '/x', 'a').write('x')\nreturn open(sys.argv[2] + '/x').read()"),
    },
    port: 5000,
    asks: ['/', '/'],
    leaves: ['/datastore/x'],
  },
  {
    name: 'python-named-by-env',
    what: 'folders that ENV names and nothing makes',
    dockerfile: `${PYTHON}ENV CONFIG_PATH=/config METADATA_PATH=/metadata\nWORKDIR /app\nCOPY app.py .\nEXPOSE 5000\nCMD ["python", "app.py"]\n`,
    files: {
      'app.py': pythonServer(
        5000,
        "return sorted(os.listdir('/config') + os.listdir('/metadata'))",
        "for name in ('CONFIG_PATH', 'METADATA_PATH'):\n    os.makedirs(os.environ[name], exist_ok=True)\n    open(os.environ[name] + '/' + name, 'w').close()",
      ),
    },
    port: 5000,
    leaves: ['/config/CONFIG_PATH', '/metadata/METADATA_PATH'],
  },
  {
    name: 'python-volume',
    what: 'writes to a volume',
    dockerfile: `${PYTHON}WORKDIR /app\nCOPY app.py .\nVOLUME /data\nEXPOSE 5000\nCMD ["python", "app.py"]\n`,
    files: { 'app.py': pythonServer(5000, "open('/data/x', 'a').write('x')\nreturn open('/data/x').read()") },
    port: 5000,
    asks: ['/', '/'],
  },
  {
    name: 'python-lists-after-sources',
    what: 'web service in Python, its dependencies installed after all is copied',
    dockerfile: `${PYTHON}COPY . /app\nWORKDIR /app\nRUN pip install -r requirements.txt\nEXPOSE 8000\nCMD ["python", "app.py"]\n`,
    files: { 'requirements.txt': '\n', 'app.py': pythonServer(8000, "return 'hello'") },
    port: 8000,
    source: 'app.py',
  },
  {
    name: 'python-low-port',
    what: 'listens on port 80',
    dockerfile: `${PYTHON}WORKDIR /app\nCOPY app.py .\nEXPOSE 80\nCMD ["python", "app.py"]\n`,
    files: { 'app.py': pythonServer(80, "return 'hello'") },
    port: 80,
  },
  {
    name: 'python-port-by-env',
    what: 'listens where ENV PORT says',
    dockerfile: `${PYTHON}ENV PORT=5080\nWORKDIR /app\nCOPY app.py .\nEXPOSE $PORT\nCMD ["python", "app.py"]\n`,
    files: { 'app.py': pythonServer("int(os.environ['PORT'])", "return 'hello'") },
    port: 5080,
  },
  {
    name: 'python-entrypoint',
    what: 'an entry point that prepares and hands over to CMD',
    dockerfile: `${PYTHON}WORKDIR /app\nCOPY . .\nEXPOSE 8000\nENTRYPOINT ["./docker-entrypoint.sh"]\nCMD ["python", "app.py"]\n`,
    files: {
      'docker-entrypoint.sh':
        '#!/bin/sh\nset -e\nmkdir -p /var/lib/shop\necho ready > /var/lib/shop/state\nexec "$@"\n',
      'app.py': pythonServer(8000, "return open('/var/lib/shop/state').read()"),
    },
    port: 8000,
    leaves: ['/var/lib/shop/state'],
    source: 'app.py',
  },
  {
    name: 'python-pid-file',
    what: 'a start script without an ending that writes a pid file beside the program',
    dockerfile: `${PYTHON}WORKDIR /pool\nCOPY . .\nEXPOSE 8000\nENTRYPOINT ["bash", "start"]\n`,
    files: {
      start: '#!/bin/bash\necho $$ > pool.pid\nexec python app.py\n',
      'app.py': pythonServer(8000, "return os.path.exists('pool.pid')"),
    },
    port: 8000,
    leaves: ['/pool/pool.pid'],
  },
  {
    name: 'python-root-branch',
    what: 'an entry point that changes owners only as root',
    dockerfile: `${PYTHON}WORKDIR /app\nCOPY . .\nEXPOSE 8000\nENTRYPOINT ["/app/boot"]\n`,
    files: {
      boot: '#!/bin/sh\nset -e\nif [ "$(id -u)" = 0 ]; then\n  chown -R 1000 /app\nfi\nexec python app.py\n',
      'app.py': pythonServer(8000, "return 'hello'"),
    },
    port: 8000,
  },
  {
    name: 'python-mkdir-uploads',
    what: 'uploads go to a folder with files in it',
    dockerfile: `${PYTHON}WORKDIR /srv\nCOPY . /srv/app\nWORKDIR /srv/app\nRUN mkdir -p uploads && echo first > uploads/first.txt\nEXPOSE 8000\nCMD ["python", "app.py"]\n`,
    files: {
      'app.py': pythonServer(
        8000,
        "open('uploads/first.txt', 'a').write('more')\nreturn open('uploads/first.txt').read()",
      ),
    },
    port: 8000,
    asks: ['/', '/'],
  },
  {
    name: 'python-purged',
    what: 'build tools are removed in the RUN that installed them',
    dockerfile: `${PYTHON}WORKDIR /app\nRUN apt-get update && apt-get install -y --no-install-recommends make && make --version && apt-get purge -y --auto-remove make\nCOPY app.py .\nEXPOSE 8000\nCMD ["python", "app.py"]\n`,
    files: { 'app.py': pythonServer(8000, "return 'hello'") },
    port: 8000,
    source: 'app.py',
  },
  {
    name: 'node-plain',
    what: 'web service in JavaScript; the image has a user',
    dockerfile: `${NODE}WORKDIR /usr/src/app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nEXPOSE 3000\nCMD node server.js\n`,
    files: {
      'package.json': '{ "name": "plain", "version": "1.0.0" }\n',
      'package-lock.json':
        '{ "name": "plain", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": { "name": "plain", "version": "1.0.0" } } }\n',
      'server.js': nodeServer(3000, "return 'hello';"),
    },
    port: 3000,
    source: 'server.js',
  },
  {
    name: 'node-lock-behind',
    what: 'a lock file that lacks a dependency: npm install works, npm ci would not',
    dockerfile: `${NODE}WORKDIR /app\nCOPY package.json package-lock.json ./\nCOPY lib ./lib\nRUN npm install --no-audit --no-fund\nCOPY server.js .\nEXPOSE 3000\nCMD ["node", "server.js"]\n`,
    files: {
      'package.json': '{ "name": "late", "version": "1.0.0", "dependencies": { "words": "file:lib" } }\n',
      'package-lock.json':
        '{ "name": "late", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": { "name": "late", "version": "1.0.0" } } }\n',
      'lib/package.json': '{ "name": "words", "version": "1.0.0", "main": "index.js" }\n',
      'lib/index.js': "module.exports = 'hello';\n",
      'server.js': nodeServer(3000, "return require('words');"),
    },
    port: 3000,
    source: 'server.js',
  },
  {
    name: 'node-npm-start',
    what: 'npm start, which package.json explains',
    dockerfile: `${NODE}WORKDIR /app\nCOPY . .\nEXPOSE 3000\nCMD ["npm", "start"]\n`,
    files: {
      'package.json': '{ "name": "s", "version": "1.0.0", "scripts": { "start": "node server.js" } }\n',
      'server.js': nodeServer(3000, "return 'hello';"),
    },
    port: 3000,
  },
  {
    name: 'node-next-cache',
    what: 'the whole application is in a folder called data, and only its cache is written to',
    dockerfile: `${NODE}WORKDIR /data\nCOPY . .\nRUN mkdir -p web/.next/cache\nEXPOSE 3000\nCMD ["node", "server.js"]\n`,
    files: {
      'server.js': nodeServer(
        3000,
        "fs.writeFileSync('web/.next/cache/page', path); return fs.readFileSync('web/.next/cache/page');",
      ),
      'web/page.html': 'x'.repeat(200_000),
    },
    port: 3000,
    asks: ['/', '/a'],
    leaves: ['/data/web/.next/cache/page'],
  },
  {
    name: 'node-port-by-env',
    what: 'listens where ENV PORT says',
    dockerfile: `${NODE}ENV PORT=4000\nWORKDIR /app\nCOPY server.js .\nEXPOSE 4000\nCMD ["node", "server.js"]\n`,
    files: { 'server.js': nodeServer('process.env.PORT', "return 'hello';") },
    port: 4000,
  },
];
