import { nodeServer, pythonServer } from '../../harden-apps/app.js';
import { GET, node, python, type Stack } from '../stack.js';

const COUNTER = (file: string): string =>
  pythonServer(8000, `with open('${file}', 'a') as f:\n    f.write('x')\nreturn len(open('${file}').read())`);

const TWICE = [
  { service: 'web', port: 8000 },
  { service: 'web', port: 8000 },
] as const;

/** Services that write. */
export const STATE: readonly Stack[] = [
  {
    name: 'named-volume',
    what: 'counts in a named volume',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    volumes:
      - type: volume
        source: counts
        target: /data
volumes:
  counts: {}
`,
      ...python('web', COUNTER('/data/count')),
    },
    asks: TWICE,
  },
  {
    name: 'bind-mount',
    what: 'counts in a folder of the host',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n    volumes:\n      - ./data:/data\n',
      'data/.keep': '',
      ...python('web', COUNTER('/data/count')),
    },
    asks: TWICE,
  },
  {
    name: 'own-folder',
    what: 'writes beside its program, where nothing is mounted',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n',
      ...node(
        'web',
        nodeServer(
          8000,
          "fs.mkdirSync('cache', { recursive: true });\n  fs.appendFileSync('cache/count', 'x');\n  return fs.readFileSync('cache/count', 'utf8').length;",
        ),
      ),
    },
    asks: TWICE,
  },
  {
    name: 'temporary-files',
    what: 'writes below /tmp only',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n',
      ...python('web', COUNTER('/tmp/count')),
    },
    asks: TWICE,
  },
  {
    name: 'declared-volume',
    what: 'writes where its Dockerfile declares a VOLUME',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n',
      ...python('web', COUNTER('/var/lib/app/count'), 'VOLUME /var/lib/app\n'),
    },
    asks: TWICE,
  },
  {
    name: 'log-file',
    what: 'logs into /var/log',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n    command: sh -c "python app.py >> /var/log/app.log"\n',
      ...python('web', `print('started', flush=True)\n${pythonServer(8000, "return open('/var/log/app.log').read()")}`),
    },
    asks: TWICE,
  },
  {
    name: 'pid-file',
    what: 'puts its number into /run',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    command: ["sh", "-c", "echo $$$$ > /run/app.pid && exec python app.py"]
`,
      ...python('web', pythonServer(8000, "return open('/run/app.pid').read().strip().isdigit()")),
    },
    asks: TWICE,
  },
  {
    name: 'shared-socket',
    what: 'two services meet at a socket in a volume',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    volumes: ["sockets:/sockets"]
    depends_on: [app]
  app:
    build: ./app
    volumes: ["sockets:/sockets"]
volumes:
  sockets:
`,
      ...python(
        'web',
        pythonServer(
          8000,
          `for _ in range(50):
    try:
        with socket.socket(socket.AF_UNIX) as s:
            s.connect('/sockets/app')
            return s.recv(100).decode()
    except OSError:
        time.sleep(0.1)`,
          'import socket, time',
        ),
      ),
      ...python(
        'app',
        `import os, signal, socket, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
if os.path.exists('/sockets/app'):
    os.remove('/sockets/app')
with socket.socket(socket.AF_UNIX) as s:
    s.bind('/sockets/app')
    s.listen()
    while True:
        other, _ = s.accept()
        other.sendall(b'by socket')
        other.close()
`,
      ),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'read-only-already',
    what: 'was made read-only by its owner, with a tmpfs',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    read_only: true
    tmpfs: /work
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
`,
      ...python('web', COUNTER('/work/count')),
    },
    asks: TWICE,
  },
  {
    name: 'secret-and-config',
    what: 'reads a secret and a configuration',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    secrets: [token]
    configs:
      - source: settings
        target: /etc/app/settings
secrets:
  token:
    file: ./token.txt
configs:
  settings:
    file: ./settings.ini
`,
      'token.txt': 'abc\n',
      'settings.ini': 'colour=blue\n',
      ...python(
        'web',
        pythonServer(8000, "return open('/run/secrets/token').read() + open('/etc/app/settings').read()"),
      ),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'settings-by-environment',
    what: 'takes its port and its folder from files of variables',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    env_file: app.env
    environment:
      PORT: \${WEB_PORT:-8000}
`,
      '.env': 'WEB_PORT=8123\n',
      'app.env': 'FOLDER=/srv/state\n',
      ...python(
        'web',
        pythonServer(
          "int(os.environ['PORT'])",
          "os.makedirs(os.environ['FOLDER'], exist_ok=True)\nopen(os.environ['FOLDER'] + '/x', 'w').write('kept')\nreturn open(os.environ['FOLDER'] + '/x').read()",
        ),
      ),
    },
    asks: [{ service: 'web', port: 8123 }],
  },
  {
    name: 'uploads',
    what: 'one service writes a volume that another serves',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    depends_on: [files]
    volumes:
      - uploads:/uploads
  files:
    build: ./files
    volumes:
      - uploads:/srv/uploads:ro
volumes:
  uploads:
`,
      ...python(
        'web',
        `${GET}${pythonServer(8000, "open('/uploads/a.txt', 'w').write('uploaded')\nreturn get('http://files:8000/a.txt')")}`,
      ),
      ...python('files', pythonServer(8000, "return open('/srv/uploads' + path).read()")),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
];
