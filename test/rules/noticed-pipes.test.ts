import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

const severityOf = (text: string) => lint(text).findings.find(({ rule }) => rule === 'pipe-without-pipefail')?.severity;

const LIST = 'curl -fsSL https://pkgs.example.com/acmevpn/jammy.list | tee /etc/apt/sources.list.d/acmevpn.list';

describe('a pipe whose failure apt notices in the same RUN is a hint', () => {
  test.each([
    ['the list has the package', `FROM ubuntu:22.04\nRUN ${LIST} && apt-get update && apt-get install -y acmevpn\n`],
    ['under -e', `FROM ubuntu:22.04\nRUN set -e; ${LIST}; apt-get update; apt-get install -y acmevpn; echo done\n`],
    [
      'an earlier RUN has removed the lists',
      'FROM example/base\nRUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\nRUN curl -fsSL https://deb.nodesource.com/setup_24.x | bash - && apt-get install -y nodejs\n',
    ],
  ])('%s', (_, text) => expect(severityOf(text)).toBe('hint'));

  test.each([
    [
      'the lists are there, and the distribution has the package',
      'FROM debian:13\nRUN apt-get update && apt-get install -y curl\nRUN curl -fsSL https://deb.nodesource.com/setup_24.x | bash - && apt-get install -y nodejs\n',
    ],
    [
      'the RUN fetches the lists itself',
      'FROM debian:13\nRUN apt-get update && curl -fsSL https://deb.nodesource.com/setup_24.x | bash - && apt-get install -y nodejs\n',
    ],
    [
      'the distribution has a package of that name',
      'FROM ubuntu:22.04\nRUN curl -fsSL https://nginx.example.com/nginx.list | tee /etc/apt/sources.list.d/x.list && apt-get update && apt-get install -y nginx\n',
    ],
    [
      'the installation may fail',
      `FROM ubuntu:22.04\nRUN ${LIST} && apt-get update && apt-get install -y acmevpn || true\n`,
    ],
    ['nothing is installed', `FROM ubuntu:22.04\nRUN ${LIST} && apt-get update\n`],
  ])('not where %s', (_, text) => expect(severityOf(text)).toBe('warning'));
});
