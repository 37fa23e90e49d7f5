import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

function severity(dockerfile: string, files?: Readonly<Record<string, string>>): string | undefined {
  const options = files ? { context: snapshotFromFiles(files) } : {};
  return lint(dockerfile, options).findings.find(({ rule }) => rule === 'final-stage-runs-as-root')?.severity;
}

const APP = 'CMD ["/srv/app"]\n';

describe('root is only hinted at where it may be needed', () => {
  test.each([
    ['WireGuard', `FROM alpine:3.22\nRUN apk add --no-cache wireguard-tools\n${APP}`],
    ['a firewall', `FROM debian:13\nRUN apt-get install -y iptables\n${APP}`],
    ['a newer firewall', `FROM alpine:3.22\nRUN apk add nftables\n${APP}`],
    ['a VPN', `FROM debian:13\nRUN apt-get install -y openvpn\n${APP}`],
    ['addresses for a network', `FROM alpine:3.22\nRUN apk add dnsmasq\n${APP}`],
    ['the client of Docker', `FROM alpine:3.22\nRUN apk add docker-cli\n${APP}`],
    ['a right on the host', `FROM alpine:3.22\n# docker run --cap-add NET_ADMIN app\n${APP}`],
    ['the socket of Docker', `FROM alpine:3.22\n${APP}# Mount /var/run/docker.sock.\nVOLUME /run\n`],
    ['an entrypoint that nobody has read', 'FROM debian:13\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n'],
    ['another name of it', 'FROM debian:13\nENTRYPOINT ["docker-php-entrypoint"]\nCMD ["serve"]\n'],
    ['a script and an account for it', 'FROM debian:13\nRUN useradd agent\nCMD ["/start.sh"]\n'],
    ['a script and a daemon', 'FROM debian:13\nRUN apt-get install -y cron\nCMD ["bash", "/run"]\n'],
    ['a server that steps down', 'FROM debian:13\nCMD ["nginx", "-g", "daemon off;"]\n'],
    ['s6-overlay', 'FROM debian:13\nCMD ["/init"]\n'],
    ['no command', 'FROM debian:13\nRUN make\n'],
    ['no command, on a server', 'FROM php:8.4-apache\nCOPY . /var/www/html\n'],
    ['USER root', `FROM debian:13\nUSER root\n${APP}`],
    ['tests', 'FROM golang:1.27\nCMD ["go", "test", "./..."]\n'],
    ['work on files', 'FROM debian:13\nCMD ["zip", "-r", "/out.zip", "."]\n'],
    ['a container to enter', 'FROM debian:13\nCMD ["sleep", "infinity"]\n'],
    ['a shell below an init', 'FROM alpine:3.22\nENTRYPOINT ["/sbin/tini", "-g", "sh"]\n'],
    ['a server to develop with', 'FROM node:24\nCMD ["astro", "dev", "--host"]\n'],
    ['a stage to test with', `FROM debian:13 AS test\n${APP}`],
  ])('%s', (_, dockerfile) => {
    expect(severity(dockerfile)).toBe('hint');
  });
});

describe('nothing is said where root is given up, or not Docker’s to give', () => {
  test.each([
    ['su', 'exec su agent -c "python app.py"'],
    ['su with its environment', 'exec su - "$APP_USER" -c ./run'],
    ['sudo', 'exec sudo -E -u app ./run'],
    ['start-stop-daemon', 'start-stop-daemon --start --chuid app --exec /run'],
    ['chroot', 'exec chroot --userspec=1000:1000 / ./run'],
    ['setuidgid', 'exec setuidgid app ./run'],
    ['a system call', 'exec python -c "import os; os.setuid(1000)"'],
  ])('%s in the script', (_, line) => {
    const text = 'FROM debian:13\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n';
    expect(severity(text, { 'start.sh': `#!/bin/sh\nset -e\n${line}\n` })).toBeUndefined();
  });

  test.each([
    ['an option of the program', 'FROM python:3.14\nCMD ["uwsgi", "--uid", "www-data", "app.ini"]\n'],
    ['another', 'FROM debian:13\nENTRYPOINT tracker --user=nobody\n'],
    ['AWS Lambda', 'FROM python:3.14\nENTRYPOINT ["python", "-m", "awslambdaric"]\nCMD ["app.handler"]\n'],
    ['Azure Functions', `FROM debian:13\nENV AzureWebJobsScriptRoot=/home/site\n${APP}`],
  ])('%s', (_, dockerfile) => {
    expect(severity(dockerfile)).toBeUndefined();
  });
});

describe('root is reported', () => {
  test.each([
    ['a program', `FROM debian:13\n${APP}`, 'warning'],
    ['a script that su only names', 'FROM debian:13\nCMD ["result.sh"]\n', 'info'],
    ['a supervisor', 'FROM debian:13\nCMD ["supervisord"]\n', 'info'],
    ['a user who was left for the packages', `FROM debian:13\nRUN useradd web\nUSER web\nUSER root\n${APP}`, 'warning'],
    ['a server and its script', 'FROM tomcat:11\nCMD ["catalina.sh", "run"]\n', 'warning'],
  ])('%s', (_, dockerfile, expected) => {
    expect(severity(dockerfile)).toBe(expected);
  });

  test('a script that only mentions users', () => {
    const text = 'FROM debian:13\nCOPY start.sh /\nCMD ["/start.sh"]\n';
    expect(severity(text, { 'start.sh': '#!/bin/sh\n# The sum of users.\nexport RESULT=su\nexec /srv/app\n' })).toBe(
      'warning',
    );
  });
});
