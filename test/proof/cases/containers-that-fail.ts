import { PORT } from '../downloads.js';
import { fails, halts, type Proof, prints, stays, turns } from '../proof.js';

/** The build goes well, and the container does not start, ends at once or stays unhealthy. */
export const CONTAINERS_THAT_FAIL: readonly Proof[] = [
  {
    rule: 'start-command-not-in-image',
    mistake: 'the entry point needs bash, and the image has none',
    dockerfile: 'FROM alpine:3.22\nCOPY start.sh /start.sh\nUSER 1000\nENTRYPOINT ["bash", "/start.sh"]\n',
    right: 'FROM alpine:3.22\nCOPY start.sh /start.sh\nUSER 1000\nENTRYPOINT ["sh", "/start.sh"]\n',
    files: { 'start.sh': 'echo hello\n' },
    before: fails('"bash": executable file not found'),
    after: prints('hello'),
  },
  {
    rule: 'start-command-not-in-image',
    mistake: 'CMD needs python3, and Debian has none',
    dockerfile: 'FROM debian:12-slim\nUSER 1000\nCMD ["python3", "-c", "print(42)"]\n',
    right: 'FROM debian:12-slim\nUSER 1000\nCMD ["perl", "-e", "print 42"]\n',
    before: fails('"python3": executable file not found'),
    after: prints('42'),
  },
  {
    rule: 'start-command-not-in-image',
    mistake: 'HEALTHCHECK needs curl, and the image has none',
    dockerfile:
      'FROM alpine:3.22\nRUN mkdir /www && echo hello > /www/index.html\nUSER 1000\nHEALTHCHECK --interval=1s --retries=2 CMD curl -f http://127.0.0.1:8080/ || exit 1\nCMD ["busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]\n',
    before: turns('unhealthy'),
    after: turns('healthy'),
  },
  {
    rule: 'exec-form-without-shell',
    mistake: 'program and arguments in one word',
    dockerfile: 'FROM debian:12-slim\nUSER 1000\nCMD ["echo hello"]\n',
    before: fails('"echo hello": executable file not found'),
    after: prints('hello'),
  },
  {
    rule: 'exec-form-without-shell',
    mistake: 'a variable in the name of the program',
    dockerfile:
      'FROM debian:12-slim\nENV APP_DIR=/srv\nCOPY --chmod=755 start.sh /srv/start.sh\nUSER 1000\nENTRYPOINT ["$APP_DIR/start.sh"]\n',
    files: { 'start.sh': '#!/bin/sh\necho hello\n' },
    before: fails('$APP_DIR/start.sh: no such file or directory'),
    after: prints('hello'),
  },
  {
    rule: 'exec-form-without-shell',
    mistake: 'a HEALTHCHECK with program and arguments in one word',
    dockerfile:
      'FROM debian:12-slim\nUSER 1000\nHEALTHCHECK --interval=1s --retries=2 CMD ["test -e /etc/passwd"]\nCMD ["sleep", "60"]\n',
    before: turns('unhealthy'),
    after: turns('healthy'),
  },
  {
    rule: 'exec-form-without-shell',
    mistake: '&& in an exec form',
    dockerfile: 'FROM debian:12-slim\nUSER 1000\nCMD ["ls", "/srv", "&&", "echo", "hello"]\n',
    right: 'FROM debian:12-slim\nUSER 1000\nCMD ["sh", "-c", "ls /srv && echo hello"]\n',
    before: fails("cannot access '&&'"),
    after: prints('hello'),
  },
  {
    rule: 'invalid-json-form',
    mistake: 'single quotes in an exec form',
    dockerfile: "FROM debian:12-slim\nUSER 1000\nCMD ['echo', 'hello']\n",
    before: fails('[echo,: not found'),
    after: prints('hello'),
  },
  {
    rule: 'invalid-json-form',
    mistake: 'a comma after the last word of an exec form',
    dockerfile: 'FROM debian:12-slim\nUSER 1000\nCMD ["echo", "hello",]\n',
    before: fails('[echo,: not found'),
    after: prints('hello'),
  },
  {
    rule: 'trailing-comment',
    mistake: 'a comment after an exec form',
    dockerfile: 'FROM debian:12-slim\nUSER 1000\nCMD ["echo", "hello"] # say so\n',
    before: fails('[echo,: not found'),
    after: prints('hello'),
  },
  {
    rule: 'shell-form-command',
    mistake: 'shell form in an image without a shell',
    dockerfile: 'FROM scratch\nCOPY busybox /busybox\nUSER 1000\nCMD /busybox echo hello\n',
    files: { busybox: '{busybox}' },
    before: fails('/bin/sh: no such file or directory'),
    after: prints('hello'),
  },
  {
    rule: 'invalid-json-form',
    mistake: 'a HEALTHCHECK with single quotes in its exec form',
    dockerfile:
      "FROM debian:12-slim\nUSER 1000\nHEALTHCHECK --interval=1s --retries=2 CMD ['test', '-e', '/etc/passwd']\nCMD [\"sleep\", \"60\"]\n",
    before: turns('unhealthy'),
    after: turns('healthy'),
  },
  {
    rule: 'unreadable-download',
    mistake: 'what ADD downloads can only be read by root',
    dockerfile: `FROM debian:12-slim\nADD http://127.0.0.1:${PORT}/greet /srv/greet\nUSER 1000\nCMD ["sh", "/srv/greet"]\n`,
    before: fails('cannot open /srv/greet: Permission denied'),
    after: prints('hello'),
  },
  {
    rule: 'tilde-not-expanded',
    mistake: '~ in PATH',
    dockerfile: 'FROM debian:12-slim\nCOPY --chmod=755 greet /root/bin/greet\nENV PATH=~/bin:$PATH\nCMD ["greet"]\n',
    files: { greet: '#!/bin/sh\necho hello\n' },
    before: fails('"greet": executable file not found'),
    after: prints('hello'),
  },
  {
    rule: 'tilde-not-expanded',
    mistake: '~ in the destination of COPY',
    dockerfile: 'FROM debian:12-slim\nCOPY greeting ~/greeting\nCMD ["cat", "/root/greeting"]\n',
    files: { greeting: 'hello' },
    before: fails('/root/greeting: No such file or directory'),
    after: prints('hello'),
  },
  {
    rule: 'copy-target-without-slash',
    mistake: 'several files to a target that becomes a file',
    dockerfile: 'FROM debian:12-slim\nCOPY a.txt b.txt /app\nCMD ["cat", "/app/a.txt"]\n',
    files: { 'a.txt': 'a', 'b.txt': 'b' },
    before: fails('Not a directory'),
    after: prints('a'),
  },
  {
    rule: 'cd-instead-of-workdir',
    mistake: 'cd in a RUN of its own',
    dockerfile: 'FROM debian:12-slim\nRUN mkdir /work\nRUN cd /work\nRUN touch made\nCMD ["ls", "/work/made"]\n',
    right: 'FROM debian:12-slim\nRUN mkdir /work\nWORKDIR /work\nRUN touch made\nCMD ["ls", "/work/made"]\n',
    before: fails("cannot access '/work/made'"),
    after: prints('/work/made'),
  },
  {
    rule: 'relative-workdir',
    mistake: '~ in WORKDIR',
    dockerfile: 'FROM debian:12-slim\nWORKDIR ~/app\nRUN touch made\nCMD ["ls", "/root/app/made"]\n',
    right: 'FROM debian:12-slim\nWORKDIR /root/app\nRUN touch made\nCMD ["ls", "/root/app/made"]\n',
    before: fails("cannot access '/root/app/made'"),
    after: prints('/root/app/made'),
  },
  {
    rule: 'useless-command',
    mistake: 'a service that is started in the build',
    dockerfile:
      'FROM debian:12-slim\nCOPY --chmod=755 init.sh /etc/init.d/demo\nRUN service demo start\nCMD ["sh", "-c", "kill -0 $(cat /run/demo.pid) && echo runs"]\n',
    right:
      'FROM debian:12-slim\nCOPY --chmod=755 init.sh /etc/init.d/demo\nCMD ["sh", "-c", "service demo start && kill -0 $(cat /run/demo.pid) && echo runs"]\n',
    files: { 'init.sh': '#!/bin/sh\nsleep 30 > /dev/null 2>&1 &\necho $! > /run/demo.pid\n' },
    before: fails('No such process'),
    after: prints('runs'),
  },
  {
    rule: 'command-ignored-by-entrypoint',
    mistake: 'an ENTRYPOINT in shell form, and a CMD with its arguments',
    dockerfile: 'FROM debian:12-slim\nUSER 1000\nENTRYPOINT echo hello\nCMD ["--world"]\n',
    before: prints('hello'),
    after: prints('hello --world'),
  },
  {
    rule: 'start-command-in-background',
    mistake: 'nginx goes to the background',
    dockerfile:
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends nginx-light && rm -rf /var/lib/apt/lists/*\nCMD ["nginx"]\n',
    before: stays('ended'),
    after: stays('running'),
  },
  {
    rule: 'start-command-in-background',
    mistake: 'a service is started by its script',
    dockerfile:
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends cron && rm -rf /var/lib/apt/lists/*\nCMD service cron start\n',
    before: stays('ended'),
    after: stays('running'),
  },
  {
    rule: 'start-command-in-background',
    mistake: 'sshd goes to the background',
    dockerfile:
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends openssh-server && rm -rf /var/lib/apt/lists/* && mkdir -p /run/sshd\nCMD ["/usr/sbin/sshd", "-e"]\n',
    before: stays('ended'),
    after: stays('running'),
  },
  {
    rule: 'start-command-in-background',
    mistake: 'Apache is started as a service',
    dockerfile:
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends apache2 && rm -rf /var/lib/apt/lists/*\nCMD ["apache2ctl", "start"]\n',
    before: stays('ended'),
    after: stays('running'),
  },
  {
    rule: 'start-command-in-background',
    mistake: 'php-fpm of Debian goes to the background',
    dockerfile:
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends php8.2-fpm && rm -rf /var/lib/apt/lists/*\nCMD ["php-fpm8.2"]\n',
    before: stays('ended'),
    after: stays('running'),
  },
  {
    rule: 'start-command-in-background',
    mistake: 'a server is told to be a daemon',
    dockerfile:
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends memcached && rm -rf /var/lib/apt/lists/*\nUSER 1000\nCMD ["memcached", "-d"]\n',
    before: stays('ended'),
    after: stays('running'),
  },
  {
    rule: 'start-command-in-background',
    mistake: '& at the end of a command',
    dockerfile: 'FROM debian:12-slim\nUSER 1000\nCMD tail -f /dev/null &\n',
    before: stays('ended'),
    after: stays('running'),
  },
  {
    rule: 'stop-signal-does-not-stop',
    mistake: 'a signal at which nginx only reloads its settings',
    dockerfile:
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends nginx-light && rm -rf /var/lib/apt/lists/*\nSTOPSIGNAL SIGHUP\nCMD ["nginx", "-g", "daemon off;"]\n',
    before: halts('killed'),
    after: halts('by itself'),
  },
  {
    rule: 'stop-signal-does-not-stop',
    mistake: 'a signal that only pauses',
    dockerfile:
      'FROM debian:12-slim\nUSER 1000\nSTOPSIGNAL SIGSTOP\nCMD ["perl", "-e", "$SIG{TERM} = sub { exit }; sleep 60"]\n',
    before: halts('killed'),
    after: halts('by itself'),
  },
];
