import { nodeServer, pythonServer } from '../../harden-apps/app.js';
import { GET, node, python, REDIS, type Stack } from '../stack.js';

/** Web services with what they need. */
export const WEB: readonly Stack[] = [
  {
    name: 'web-and-database',
    what: 'a web service and PostgreSQL, which is asked whether it speaks TLS',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    ports:
      - "18100:8000"
    depends_on:
      - db
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: example
    volumes:
      - data:/var/lib/postgresql/data
volumes:
  data:
`,
      ...python(
        'web',
        pythonServer(
          8000,
          `for _ in range(50):
    try:
        with socket.create_connection(('db', 5432), 5) as s:
            s.sendall(bytes([0, 0, 0, 8, 4, 210, 22, 47]))
            return s.recv(1)
    except OSError:
        time.sleep(0.2)`,
          'import socket, time',
        ),
      ),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'worker-and-queue',
    what: 'a web service puts work into Redis, a worker does it',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    depends_on: [redis, worker]
  worker:
    build: ./worker
    depends_on: [redis]
  redis:
    image: redis:7
`,
      ...python(
        'web',
        `${REDIS}${pythonServer(
          8000,
          `redis('LPUSH', 'work', 'seven')
for _ in range(50):
    done = redis('GET', 'done')
    if done != '$-1':
        return done
    time.sleep(0.1)`,
          'import time',
        )}`,
      ),
      ...python(
        'worker',
        `${REDIS}import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
while True:
    try:
        work = redis('RPOP', 'work')
        if work != '$-1':
            redis('SET', 'done', work.split()[-1].upper())
    except OSError:
        pass
    time.sleep(0.1)
`,
      ),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'reverse-proxy',
    what: 'nginx before two services',
    files: {
      'compose.yaml': `services:
  proxy:
    image: nginx:1.28
    ports:
      - 18101:80
    volumes:
      - ./proxy.conf:/etc/nginx/conf.d/default.conf:ro
    depends_on:
      - api
      - pages
  api:
    build: api
  pages:
    build: pages
`,
      'proxy.conf':
        'server {\n  listen 80;\n  location /api/ { proxy_pass http://api:3000/; }\n  location / { proxy_pass http://pages:3000/; }\n}\n',
      ...node('api', nodeServer(3000, "return 'api ' + path;")),
      ...node('pages', nodeServer(3000, "return 'pages ' + path;")),
    },
    asks: [
      { service: 'proxy', port: 80, path: '/api/x' },
      { service: 'proxy', port: 80, path: '/y' },
    ],
  },
  {
    name: 'static-site',
    what: 'nginx with pages of the host',
    files: {
      'compose.yaml': `services:
  site:
    image: nginx:1.28
    volumes:
      - ./html:/usr/share/nginx/html:ro
    ports: ["127.0.0.1:18102:80"]
`,
      'html/index.html': '<h1>Hello</h1>\n',
    },
    asks: [{ service: 'site', port: 80 }],
  },
  {
    name: 'site-built-in',
    what: 'pages that a Dockerfile puts into nginx',
    files: {
      'compose.yaml': `services:
  site:
    build: .
    restart: unless-stopped
`,
      Dockerfile: 'FROM nginx:1.28\nCOPY html /usr/share/nginx/html\n',
      'html/index.html': '<h1>Built in</h1>\n',
    },
    asks: [{ service: 'site', port: 80 }],
  },
  {
    name: 'cache-beside',
    what: 'memcached beside a web service',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    depends_on:
      cache:
        condition: service_started
  cache:
    image: memcached:1.6
    command: ["-m", "64"]
`,
      ...python(
        'web',
        pythonServer(
          8000,
          `with socket.create_connection(('cache', 11211), 5) as s:
    s.sendall(b'set k 0 0 1\\r\\nv\\r\\n')
    return s.recv(100).decode().strip()`,
          'import socket',
        ),
      ),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'two-networks',
    what: 'a front and a back network, the back one internal',
    files: {
      'compose.yaml': `services:
  front:
    build: ./front
    networks: [outside, inside]
    ports: ["18103:8000"]
  back:
    build: ./back
    networks: [inside]
networks:
  outside:
  inside:
    internal: true
`,
      ...python('front', `${GET}${pythonServer(8000, "return get('http://back:8000/x')")}`),
      ...python('back', pythonServer(8000, "return 'from the back ' + path")),
    },
    asks: [{ service: 'front', port: 8000 }],
  },
  {
    name: 'replicas',
    what: 'two containers of one service',
    files: {
      'compose.yaml': `services:
  front:
    build: ./front
    depends_on: [back]
  back:
    build: ./back
    deploy:
      replicas: 2
`,
      ...python('front', `${GET}${pythonServer(8000, "return get('http://back:8000/')")}`),
      ...python('back', pythonServer(8000, "return 'one of two'")),
    },
    asks: [
      { service: 'front', port: 8000 },
      { service: 'front', port: 8000 },
    ],
  },
  {
    name: 'port-below-1024',
    what: 'listens on port 80 as root',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n    ports:\n      - "18104:80"\n',
      ...python('web', pythonServer(80, "return 'port 80'"), 'EXPOSE 80\n'),
    },
    asks: [{ service: 'web', port: 80 }],
  },
  {
    name: 'port-below-1024-as-user',
    what: 'listens on port 80 with a capability, as a user',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    user: "1000:1000"
    cap_add: [NET_BIND_SERVICE]
`,
      ...python('web', pythonServer(80, "return 'port 80, uid %d' % os.getuid()"), 'EXPOSE 80\n'),
    },
    asks: [{ service: 'web', port: 80 }],
  },
  {
    name: 'host-network',
    what: 'uses the host’s network',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n    network_mode: host\n',
      ...python('web', pythonServer(18105, "return 'on the host'")),
    },
    asks: [{ service: 'web', port: 18105 }],
  },
];
