import { fails, type Proof, prints, stops, weighs, weighsLess } from '../proof.js';

/** Everything goes well, and the result is another one than the file seems to say. */
export const WRONG_RESULTS: readonly Proof[] = [
  {
    rule: 'undefined-variable',
    mistake: 'an argument from above FROM, used in a stage',
    dockerfile:
      'ARG VERSION=1.2\nFROM debian:12-slim\nRUN echo "version $VERSION" > /version\nCMD ["cat", "/version"]\n',
    before: prints('version'),
    after: prints('version 1.2'),
  },
  {
    rule: 'undefined-variable',
    mistake: 'a platform argument in RUN without ARG',
    dockerfile: 'FROM debian:12-slim\nRUN echo "for $TARGETARCH" > /built\nCMD ["cat", "/built"]\n',
    platform: 'linux/amd64',
    before: prints('for'),
    after: prints('for amd64'),
  },
  {
    rule: 'undefined-variable',
    mistake: 'a variable in the body of a heredoc that COPY expands',
    dockerfile:
      'FROM debian:12-slim\nCOPY <<EOF /start\necho "$GREETING"\nEOF\nENV GREETING=hello\nCMD ["sh", "/start"]\n',
    before: prints(''),
    after: prints('hello'),
  },
  {
    rule: 'platform-argument-default',
    mistake: 'a default for a platform argument',
    dockerfile:
      'FROM scratch\nARG TARGETARCH=amd64\nCOPY busybox /busybox\nCOPY app-$TARGETARCH /app\nUSER 1000\nCMD ["/busybox", "cat", "/app"]\n',
    files: { busybox: '{busybox}', 'app-amd64': 'for amd64', 'app-arm64': 'for arm64' },
    platform: 'linux/arm64',
    before: prints('for amd64'),
    after: prints('for arm64'),
  },
  {
    rule: 'env-self-reference',
    mistake: 'ENV uses a variable that it sets itself',
    dockerfile: 'FROM debian:12-slim\nENV BASE=/srv BIN=$BASE/bin\nCMD ["printenv", "BIN"]\n',
    before: prints('/bin'),
    after: prints('/srv/bin'),
  },
  {
    rule: 'effect-ends-with-run',
    mistake: 'export in a RUN of its own',
    dockerfile: 'FROM debian:12-slim\nRUN export GREETING=hello\nCMD ["sh", "-c", "echo $GREETING"]\n',
    before: prints(''),
    after: prints('hello'),
  },
  {
    rule: 'effect-ends-with-run',
    mistake: 'a file of variables that is read in a RUN of its own',
    dockerfile:
      'FROM debian:12-slim\nCOPY activate /venv/bin/activate\nRUN . /venv/bin/activate\nRUN echo "$GREETING" > /said\nCMD ["cat", "/said"]\n',
    right:
      'FROM debian:12-slim\nCOPY activate /venv/bin/activate\nRUN . /venv/bin/activate && echo "$GREETING" > /said\nCMD ["cat", "/said"]\n',
    files: { activate: 'GREETING=hello\n' },
    before: prints(''),
    after: prints('hello'),
  },
  {
    rule: 'exec-form-without-shell',
    mistake: 'a variable in an exec form',
    dockerfile: 'FROM debian:12-slim\nENV GREETING=hello\nUSER 1000\nCMD ["echo", "$GREETING"]\n',
    before: prints('$GREETING'),
    after: prints('hello'),
  },
  {
    rule: 'heredoc-without-errexit',
    mistake: 'a heredoc goes on after a command that failed',
    dockerfile:
      'FROM debian:12-slim\nRUN <<EOF\ncat /no-such-file > /copy\necho done > /log\nEOF\nCMD ["cat", "/log"]\n',
    before: prints('done'),
    after: stops('No such file or directory'),
  },
  {
    rule: 'pipe-without-pipefail',
    mistake: 'a pipe hides that the download failed',
    dockerfile:
      'FROM alpine:3.22\nRUN wget -qO- http://127.0.0.1:9/list | sort > /sorted\nUSER 1000\nCMD ["cat", "/sorted"]\n',
    before: prints(''),
    after: stops("can't connect to remote host"),
  },
  {
    rule: 'trailing-comment',
    mistake: 'a comment after the value of an ENV',
    dockerfile: 'FROM debian:12-slim\nENV PORT 80 # web\nCMD ["printenv", "PORT"]\n',
    before: prints('80 # web'),
    after: prints('80'),
  },
  {
    rule: 'swallowed-instruction',
    mistake: 'a backslash before USER: the container runs as root',
    dockerfile: 'FROM debian:12-slim\nRUN echo hello > /greeting \\\nUSER nobody\nCMD ["id", "-un"]\n',
    before: prints('root'),
    after: prints('nobody'),
  },
  {
    rule: 'final-stage-runs-as-root',
    mistake: 'no USER: the container runs as root',
    dockerfile: 'FROM debian:12-slim\nCMD ["id", "-u"]\n',
    before: prints('0'),
    after: prints('10001'),
  },
  {
    rule: 'debian-frontend-in-env',
    mistake: 'a variable for the build stays in the container',
    dockerfile:
      'FROM debian:12-slim\nENV DEBIAN_FRONTEND=noninteractive\nCMD ["sh", "-c", "echo in:$DEBIAN_FRONTEND"]\n',
    before: prints('in:noninteractive'),
    after: prints('in:'),
  },
  {
    rule: 'world-writable',
    mistake: 'everybody may change the files',
    dockerfile: 'FROM debian:12-slim\nRUN mkdir /data && chmod 777 /data\nCMD ["stat", "-c", "%a", "/data"]\n',
    before: prints('777'),
    after: prints('775'),
  },
  {
    rule: 'leaky-build-context',
    mistake: 'COPY . takes a file of secrets along',
    dockerfile: 'FROM debian:12-slim\nCOPY . /app\nCMD ["cat", "/app/.env"]\n',
    files: { 'app.sh': 'true\n', '.env': 'TOKEN=abc\n' },
    before: prints('TOKEN=abc'),
    after: fails('/app/.env: No such file or directory'),
  },
  {
    rule: 'cleanup-in-later-layer',
    mistake: 'files that a later layer removes stay in the image',
    dockerfile:
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends jq\nRUN rm -rf /var/lib/apt/lists/*\nCMD ["jq", "-n", "1"]\n',
    before: weighs,
    after: weighsLess(5),
  },
  {
    rule: 'apt-lists-left',
    mistake: 'package lists stay in the image',
    dockerfile:
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends jq\nCMD ["jq", "-n", "1"]\n',
    before: weighs,
    after: weighsLess(5),
  },
  {
    rule: 'source-not-in-context',
    mistake: '../ in a source is left out',
    dockerfile: 'FROM debian:12-slim\nCOPY ../config.txt /srv/\nUSER 1000\nCMD ["cat", "/srv/config.txt"]\n',
    right: 'FROM debian:12-slim\nCOPY shared/config.txt /srv/\nUSER 1000\nCMD ["cat", "/srv/config.txt"]\n',
    files: { 'config.txt': 'of the context\n', 'shared/config.txt': 'the one that was meant\n' },
    before: prints('of the context'),
    after: prints('the one that was meant'),
  },
  {
    rule: 'permissions-in-extra-layer',
    mistake: 'chown -R after COPY writes all files a second time',
    dockerfile: 'FROM debian:12-slim\nWORKDIR /app\nCOPY tools tools\nRUN chown -R 1000:1000 /app\nUSER 1000\n',
    files: { 'tools/a': '{busybox}', 'tools/b': '{busybox}' },
    before: weighs,
    after: weighsLess(2),
  },
  {
    rule: 'permissions-in-extra-layer',
    mistake: 'chmod after COPY writes the file a second time',
    dockerfile:
      'FROM debian:12-slim\nCOPY tool.bin /usr/local/bin/\nRUN chmod 750 /usr/local/bin/tool.bin\nUSER 1000\n',
    files: { 'tool.bin': '{busybox}' },
    before: weighs,
    after: weighsLess(1),
  },
  {
    rule: 'permissions-in-extra-layer',
    mistake: 'the owner after COPY --chown is the one of chown -R',
    dockerfile:
      'FROM debian:12-slim\nWORKDIR /app\nCOPY tools/ tools/\nRUN chown -R 1000:1000 /app\nUSER 1000\nCMD ["find", "/app", "-not", "-user", "1000"]\n',
    files: { 'tools/a': 'a\n', 'tools/deep/b': 'b\n' },
    before: prints(''),
    after: prints(''),
  },
  {
    rule: 'account-not-in-image',
    mistake: 'COPY --chown before the account is created: the file belongs to root',
    dockerfile:
      'FROM debian:12-slim\nCOPY --chown=app note.txt /srv/note.txt\nRUN useradd app\nUSER app\nCMD ["stat", "-c", "%U", "/srv/note.txt"]\n',
    right:
      'FROM debian:12-slim\nRUN useradd app\nCOPY --chown=app note.txt /srv/note.txt\nUSER app\nCMD ["stat", "-c", "%U", "/srv/note.txt"]\n',
    files: { 'note.txt': 'hello\n' },
    before: prints('root'),
    after: prints('app'),
  },
  {
    rule: 'log-into-file',
    mistake: 'the output goes to a file, and docker logs has none',
    dockerfile: 'FROM debian:12-slim\nUSER 1000\nCMD perl -e \'print "hello\\n"\' > /tmp/app.log\n',
    before: prints(''),
    after: prints('hello'),
  },
];
