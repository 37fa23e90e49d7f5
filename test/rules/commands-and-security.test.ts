import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/index.js';
import { lint } from '../../server/src/engine/lint.js';
import { asBusybox, asShadow, readAccount } from '../../server/src/facts/accounts/commands.js';
import { fixText } from '../../server/src/fixes/index.js';
import { isPlaceholder, secretsIn } from '../../server/src/rules/secrets/values.js';
import { scriptOf } from '../../server/src/shell/index.js';
import type { ProfileName } from '../../shared/src/settings.js';

/** The texts that a rule reports, in order. */
function found(rule: string, text: string, profile: ProfileName = 'all'): string[] {
  return lint(text, { profile }, (id, error) => {
    throw new Error(`${id}: ${String(error)}`);
  })
    .findings.filter(finding => finding.rule === rule)
    .map(finding => text.slice(finding.span.start, finding.span.end));
}

describe('command-not-in-image', () => {
  const quiet: readonly (readonly [why: string, text: string])[] = [
    [
      'a package with unknown dependencies may bring bash',
      'FROM alpine:3.22\nRUN apk add --no-cache gradle && bash -c x\n',
    ],
    ['a variable may hold the package', 'FROM alpine:3.22\nARG P\nRUN apk add $P && useradd x\n'],
    ['COPY may bring the program', 'FROM alpine:3.22\nCOPY --from=busybox /bin/bash /bin/\nRUN bash -c x\n'],
    ['a root file system may hold anything', 'FROM alpine:3.22\nADD rootfs.tar.gz /\nRUN useradd x\n'],
    ['an if asks first', 'FROM alpine:3.22\nRUN if [ -f /etc/debian_version ]; then apt-get update; fi\n'],
    ['the failure is expected', 'FROM alpine:3.22\nRUN useradd x || adduser -D x\n'],
    ['the image is a build argument', 'ARG B=alpine\nFROM $B\nRUN useradd x\n'],
    ['the parent stage installs it', 'FROM alpine:3.22 AS a\nRUN apk add --no-cache shadow\nFROM a\nRUN useradd x\n'],
    ['a script may install it', 'FROM debian:13\nCOPY i.sh /tmp/\nRUN /tmp/i.sh && adduser x\n'],
  ];
  for (const [why, text] of quiet)
    test(`stays quiet: ${why}`, () => expect(found('command-not-in-image', text)).toEqual([]));

  test('plain packages bring no bash', () => {
    expect(
      found('command-not-in-image', 'FROM alpine:3.22\nRUN apk add --no-cache curl git=2.49.0-r0 && bash -c x\n'),
    ).toEqual(['bash']);
  });

  test('two RUNs become one, also with CRLF', () => {
    const text = 'FROM alpine:3.22\r\nRUN groupadd -g 500 web\r\nRUN useradd -u 500 -g web web\r\nUSER web\r\n';
    const { text: fixed } = fixText(
      text,
      { select: ['command-not-in-image'] },
      'review',
      finding => finding.rule === 'command-not-in-image',
    );
    expect(fixed).toBe(
      'FROM alpine:3.22\r\nRUN addgroup -g 500 web && adduser -D -u 500 -G web -s /sbin/nologin web\r\nUSER web\r\n',
    );
  });
});

describe('accounts', () => {
  const command = (text: string) => {
    const [run] = parseDockerfile(`RUN ${text}\n`).instructions;
    const first = run ? scriptOf(run.instruction)?.commands[0] : undefined;
    if (!first) throw new Error(text);
    return first;
  };
  const busybox = (text: string): string | undefined => {
    const account = readAccount(command(text), 'shadow');
    return account && asBusybox(account, undefined, false);
  };
  test.each([
    ['useradd -rms /bin/bash app', 'addgroup -S app && adduser -S -D -G app -s /sbin/nologin app'],
    [
      'useradd -l -M -u 12 -g web -d /srv/web -c "Web user" web',
      'adduser -D -H -u 12 -G web -h /srv/web -s /sbin/nologin -g "Web user" web',
    ],
    ['useradd -G audio,video app', 'adduser -D -s /sbin/nologin app && addgroup app audio && addgroup app video'],
    ['useradd --uid=$ID app', 'adduser -D -u $ID -s /sbin/nologin app'],
    ['groupadd --system --gid 5 web', 'addgroup -S -g 5 web'],
    ['useradd -p secret app', undefined],
    ['useradd -K UID_MAX=9 app', undefined],
    ['useradd', undefined],
  ])('%s', (text, expected) => expect(busybox(text)).toBe(expected));

  test('to the tools of shadow', () => {
    const account = readAccount(command('adduser -S -D -H -u 12 -G web -h /srv web'), 'busybox');
    expect(account && asShadow(account)).toBe(
      'useradd --no-log-init --system --uid 12 --gid web --home-dir /srv --no-create-home --shell /usr/sbin/nologin web',
    );
  });
});

describe('secrets', () => {
  test.each(['changeme', 'your-token-here', '<token>', '{{ token }}', 'xxxxxxxx', '0000-0000', 'root', ''])(
    'placeholder: %s',
    value => expect(isPlaceholder(value)).toBe(true),
  );
  test.each(['hunter22', 's3cr3tkeyvalue99', 'Tr0ub4dor'])('no placeholder: %s', value =>
    expect(isPlaceholder(value)).toBe(false),
  );

  test.each([
    ['https://user:$PASS@example.com', []],
    ['https://user:${PASS}@example.com', []],
    ['https://x-access-token:abc123def@github.com/a', ['abc123def']],
    ['git@github.com:a/b.git', []],
    ['http://example.com:8080/a@b', []],
    ['grep -- "-----BEGIN PRIVATE KEY-----" f', []],
    ['-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0B', ['-----BEGIN PRIVATE KEY-----']],
  ])('%s', (text, expected) =>
    expect(secretsIn(text).map(({ span }) => text.slice(span.start, span.end))).toEqual(expected),
  );

  test('a long line takes no time', () => {
    const text = `RUN echo ${'eyJ://a:'.repeat(50_000)}`;
    const start = performance.now();
    secretsIn(text);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('names: each reading has its own', () => {
    const text =
      'FROM debian:12\nENV KMS_KEY_ALIAS=alias/app\nENV JENKINS_USERNAME=jenkins\nARG DB_PASSWORD\nONBUILD ARG NPM_TOKEN\n';
    expect(found('secret-in-variable', text)).toEqual(['DB_PASSWORD', 'NPM_TOKEN']);
    expect(found('secret-in-variable', text, 'buildkit')).toEqual(['KMS_KEY_ALIAS', 'DB_PASSWORD']);
    expect(found('secret-in-variable', text, 'hadolint')).toEqual(['JENKINS_USERNAME', 'DB_PASSWORD', 'NPM_TOKEN']);
  });
});

describe('hadolint reads commands its own way', () => {
  test.each([
    ['sudo-in-run', 'RUN exec sudo ls\n', ['sudo']],
    ['pip-cache-left', 'RUN sudo pip install x\n', []],
    ['pip-cache-left', 'RUN /usr/bin/pip install x\n', []],
    ['pip-cache-left', 'ENV PIP_NO_CACHE_DIR=off\nRUN pip install x\n', ['pip install']],
    ['wget-and-curl', 'ONBUILD RUN wget a\nONBUILD RUN curl b\n', ['curl']],
    ['wget-and-curl', 'RUN wget a\nONBUILD RUN curl b\n', []],
  ])('%s: %j', (rule, body, expected) => expect(found(rule, `FROM debian:12\n${body}`, 'hadolint')).toEqual(expected));
});

describe('verification-disabled', () => {
  test.each([
    ['curl -Lk https://example.com', ['-Lk']],
    ['curl -o k https://example.com', []],
    ['curl -ok https://example.com', []],
    ['curl -H "X: k" -k https://localhost:8443/', []],
    ['apt-get -y --force-yes install a', ['--force-yes']],
    ['apt-get -o Acquire::https::Verify-Peer=false update', ['Acquire::https::Verify-Peer=false']],
    ['git -c http.sslVerify=false clone https://example.com/a', ['http.sslVerify=false']],
    ['git config --global http.sslverify false', ['http.sslverify false']],
    ['export GIT_SSL_NO_VERIFY=true && git clone https://example.com/a', ['GIT_SSL_NO_VERIFY=true']],
    ['NODE_TLS_REJECT_UNAUTHORIZED=1 npm ci', []],
    ['echo "deb [trusted=yes] file:/tmp ./" > /etc/apt/sources.list.d/a.list', []],
    ['pip install --trusted-host=pypi.org a', ['--trusted-host=pypi.org']],
    ['rpm -i --nosignature a.rpm', ['--nosignature']],
  ])('%s', (command, expected) =>
    expect(found('verification-disabled', `FROM debian:12\nRUN ${command}\n`)).toEqual(expected),
  );
});

describe('pipes', () => {
  test.each([
    ['curl https://example.com/a | bash', 1],
    ['curl https://example.com/a | sudo -E bash -', 1],
    ['curl https://example.com/a | gunzip | tee b', 0],
    ['curl https://example.com/a | grep -q b', 0],
    ['curl https://example.com/a | sort || true', 0],
    ['set -euxo pipefail; curl https://example.com/a | sort', 0],
    ['echo a | sort', 0],
  ])('pipefail: %s', (command, count) =>
    expect(found('pipe-without-pipefail', `FROM debian:12\nRUN ${command}\n`)).toHaveLength(count),
  );

  test.each([
    ['curl https://example.com/a | python3 -', 1],
    ['curl https://example.com/a | python3 -c "import sys"', 0],
    ['bash <(curl https://example.com/a)', 1],
    ['eval "$(curl https://example.com/a)"', 1],
    ['curl https://example.com/a | jq -r .b', 0],
    ['VERSION=$(curl https://example.com/a) && echo $VERSION', 0],
  ])('to a shell: %s', (command, count) =>
    expect(found('pipe-to-shell', `FROM debian:12\nRUN ${command}\n`)).toHaveLength(count),
  );
});
