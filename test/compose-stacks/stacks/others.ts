import { nodeServer, pythonServer } from '../../harden-apps/app.js';
import { GET, node, python, type Stack, script } from '../stack.js';

/** Jobs, images that need root, and files in the forms that Compose has. */
export const OTHERS: readonly Stack[] = [
  {
    name: 'migration-first',
    what: 'a job prepares the volume before the service starts',
    files: {
      'compose.yaml': `services:
  migrate:
    build: ./app
    command: ["python", "-c", "open('/data/schema', 'w').write('3'); print('migrated')"]
    volumes: ["data:/data"]
  web:
    build: ./app
    volumes: ["data:/data"]
    depends_on:
      migrate:
        condition: service_completed_successfully
volumes:
  data:
`,
      ...python('app', pythonServer(8000, "return open('/data/schema').read()")),
    },
    asks: [{ service: 'web', port: 8000 }],
    jobs: ['migrate'],
  },
  {
    name: 'backup-job',
    what: 'a job packs files that belong to another user and that only he may read',
    files: {
      'compose.yaml': `services:
  backup:
    build: ./backup
    volumes: ["data:/data"]
volumes:
  data:
`,
      ...script(
        'backup',
        'tar -cf /tmp/backup.tar -C /data .\ntar -tvf /tmp/backup.tar | sort | sed "s/  */ /g" | cut -d" " -f1,2,6\n',
        'RUN mkdir /data && echo secret > /data/private && chmod 600 /data/private && chown 1234:1234 /data/private\n',
      ),
    },
    jobs: ['backup'],
  },
  {
    name: 'scheduled-job',
    what: 'a loop that does its work again and again',
    files: {
      'compose.yaml': `services:
  clock:
    build: ./clock
    volumes: ["ticks:/ticks"]
  web:
    build: ./web
    volumes: ["ticks:/ticks:ro"]
    depends_on: [clock]
volumes:
  ticks:
`,
      ...script('clock', "trap 'exit 0' TERM\nwhile :; do echo tick > /ticks/last; sleep 1 & wait $!; done\n"),
      ...python(
        'web',
        pythonServer(
          8000,
          "while not os.path.exists('/ticks/last'):\n    time.sleep(0.1)\nreturn open('/ticks/last').read()",
          'import time',
        ),
      ),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'owner-at-start',
    what: 'its start script gives the volume to a user and becomes that user',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n    volumes: ["state:/state"]\nvolumes:\n  state:\n',
      'web/Dockerfile': `FROM python:3.11-slim-bookworm
RUN groupadd -g 10500 app && useradd -u 10500 -g 10500 app
WORKDIR /app
COPY . .
ENTRYPOINT ["./start.sh"]
CMD ["python", "app.py"]
`,
      'web/start.sh':
        '#!/bin/sh\nset -e\nchown -R app:app /state\nexec setpriv --reuid=10500 --regid=10500 --clear-groups "$@"\n',
      'web/app.py': pythonServer(
        8000,
        "open('/state/x', 'w').write('mine')\nreturn open('/state/x').read(), os.getuid()",
      ),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'two-programs',
    what: 'a script starts two programs and waits',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n',
      'web/Dockerfile':
        'FROM python:3.11-slim-bookworm\nWORKDIR /app\nCOPY . .\nRUN chmod +x start.sh\nCMD ["./start.sh"]\n',
      'web/start.sh': '#!/bin/bash\npython helper.py &\npython app.py &\ntrap "kill %1 %2" TERM\nwait -n\n',
      'web/helper.py': pythonServer(9000, "return 'helped'"),
      'web/app.py': `${GET}${pythonServer(8000, "return get('http://localhost:9000/')")}`,
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'ping',
    what: 'sends an ICMP echo to its neighbour',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    depends_on: [other]
  other:
    build: ./other
`,
      ...python(
        'web',
        pythonServer(
          8000,
          "return subprocess.run(['ping', '-c', '1', '-W', '3', 'other'], capture_output=True).returncode",
          'import subprocess',
        ),
        'RUN apt-get update && apt-get install -y --no-install-recommends iputils-ping && rm -rf /var/lib/apt/lists/*\n',
      ),
      ...python('other', pythonServer(8000, "return 'there'")),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'user-in-compose',
    what: 'its user is set in the Compose file',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n    user: "1000"\n',
      ...python('web', pythonServer(8000, 'return os.getuid()')),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'user-in-dockerfile',
    what: 'its user is set in the Dockerfile, with a folder of its own',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n',
      ...python(
        'web',
        pythonServer(8000, "open('/home/app/x', 'w').write('home')\nreturn open('/home/app/x').read()"),
        'RUN useradd -m app\nUSER app\n',
      ),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'health-awaited',
    what: 'one service waits until the other is healthy',
    files: {
      'compose.yaml': `services:
  web:
    build: ./web
    depends_on:
      slow:
        condition: service_healthy
  slow:
    build: ./slow
    healthcheck:
      test: ["CMD", "python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8000/')"]
      interval: 1s
      retries: 20
`,
      ...python('web', `${GET}${pythonServer(8000, "return get('http://slow:8000/')")}`),
      ...python('slow', `import time\ntime.sleep(1.5)\n${pythonServer(8000, "return 'at last'")}`),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'anchors',
    what: 'services share keys by anchors, merges and extension fields',
    files: {
      'compose.yaml': `x-common: &common
  restart: unless-stopped
  environment: &settings
    COLOUR: green

services:
  one:
    <<: *common
    build: ./app   # the same image
  two:
    <<: *common
    build: ./app
    environment:
      <<: *settings
      SIZE: "2"
`,
      ...node('app', nodeServer(8000, "return [process.env.COLOUR, process.env.SIZE].join(' ');")),
    },
    asks: [
      { service: 'one', port: 8000 },
      { service: 'two', port: 8000 },
    ],
  },
  {
    name: 'override',
    what: 'a second file says more of the same services',
    files: {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n    environment:\n      MODE: plain\n',
      'compose.override.yaml':
        'services:\n  web:\n    environment:\n      MODE: developer\n    volumes:\n      - ./web:/app\n',
      ...python('web', pythonServer(8000, "open('/app/written', 'w').write('x')\nreturn os.environ['MODE']")),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'extended',
    what: 'a service extends one of another file',
    files: {
      'compose.yaml':
        'services:\n  web:\n    extends:\n      file: base.yaml\n      service: base\n    command: ["python", "app.py", "extended"]\n',
      'base.yaml': 'services:\n  base:\n    build: ./web\n    tmpfs:\n      - /scratch\n',
      ...python(
        'web',
        pythonServer(8000, "open('/scratch/x', 'w').write(sys.argv[1])\nreturn open('/scratch/x').read()"),
      ),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'static-binary',
    what: 'a program in C on an empty image',
    files: {
      'compose.yaml': 'services:\n  tool:\n    build: .\n',
      Dockerfile:
        'FROM gcc:12 AS build\nCOPY main.c .\nRUN gcc -static -o /tool main.c\n\nFROM scratch\nCOPY --from=build /tool /tool\nENTRYPOINT ["/tool"]\n',
      'main.c': '#include <stdio.h>\nint main(void) { puts("from scratch"); return 0; }\n',
    },
    jobs: ['tool'],
  },
  {
    name: 'inline-dockerfile',
    what: 'its Dockerfile is in the Compose file',
    files: {
      'compose.yaml': `services:
  web:
    build:
      context: ./web
      dockerfile_inline: |
        FROM python:3.11-slim-bookworm
        WORKDIR /srv
        COPY app.py .
        CMD ["python", "app.py"]
`,
      'web/app.py': pythonServer(8000, 'return os.getcwd()'),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
  {
    name: 'target-and-arguments',
    what: 'builds one stage of several, with an argument',
    files: {
      'compose.yaml': `services:
  web:
    build:
      context: ./web
      target: production
      args:
        GREETING: hello
`,
      'web/Dockerfile': `FROM python:3.11-slim-bookworm AS base
ARG GREETING=nothing
ENV GREETING=\${GREETING}
WORKDIR /app
COPY app.py .

FROM base AS production
CMD ["python", "app.py"]

FROM base AS debug
CMD ["python", "-m", "pdb", "app.py"]
`,
      'web/app.py': pythonServer(8000, "return os.environ['GREETING']"),
    },
    asks: [{ service: 'web', port: 8000 }],
  },
];
