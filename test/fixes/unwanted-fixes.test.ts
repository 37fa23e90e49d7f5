import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { verifyFix } from '../../server/src/fixes/index.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

// Each of these was a fix that did something else than a maintainer of the file would have wished.

const all = { profile: 'all' } as const;

/** The fixes of a rule as they are offered: refused ones are not. */
function offered(text: string, rule: string): readonly { title: string; safety: string; text: string }[] {
  const { dockerfile, findings } = lint(text, all);
  return findings
    .filter(finding => finding.rule === rule)
    .flatMap(({ fixes }) => fixes)
    .flatMap(fix => {
      const verdict = verifyFix(dockerfile, fix);
      return 'text' in verdict ? [{ title: fix.title, safety: fix.safety, text: verdict.text }] : [];
    });
}

const titles = (text: string, rule: string): readonly string[] =>
  offered(text, rule).map(({ title, safety }) => `${title} (${safety})`);

const messages = (text: string, rule: string): readonly string[] =>
  lint(text, all)
    .findings.filter(finding => finding.rule === rule)
    .map(({ message }) => message);

describe('cache mounts for apt', () => {
  const run = 'RUN apt-get update && apt-get install -y jq\n';

  test('may begin any script, also below ONBUILD and after another escape', () => {
    const choose = (text: string): string | undefined => offered(text, 'apt-lists-left').at(-1)?.text;
    expect(choose(`# escape=\`\nFROM debian:13\nONBUILD ${run}`)).toBe(
      '# escape=`\nFROM debian:13\nONBUILD RUN --mount=type=cache,target=/var/cache/apt,sharing=locked `\n' +
        '    --mount=type=cache,target=/var/lib/apt,sharing=locked `\n' +
        '    rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y jq\n',
    );
  });

  test('are the last RUN’s first: what an earlier one keeps, a later one without them would put into its layer', () => {
    expect(titles(`FROM debian:13\n${run}COPY a /a\n${run}`, 'apt-lists-left')).toEqual([
      'Append rm -rf /var/lib/apt/lists/* (safe)',
      'Append rm -rf /var/lib/apt/lists/* (safe)',
      'Use cache mounts for apt (manual)',
    ]);
  });
});

describe('a tag to choose', () => {
  test.each([
    ['python:2-alpine', 'apk add git', ['python:3.14-alpine']],
    ['debian:bullseye-slim', 'true', ['debian:13-slim', 'debian:trixie-slim', 'debian:bookworm-slim']],
    ['golang:1.10', 'apt-get install -y git', ['golang:1.27', 'golang:1.26']],
    ['golang:1.10', 'apk add git', ['golang:1.27-alpine']],
    ['alpine:3.5', 'apk add git', ['alpine:3.24', 'alpine:3.23', 'alpine:3.22']],
    ['openjdk:8', 'true', []],
  ])('for %s with %s', (image, script, expected) => {
    const found = titles(`FROM ${image}\nRUN ${script}\n`, 'end-of-life-image');
    expect(found.map(title => /^Use (\S+)/.exec(title)?.[1])).toEqual(expected);
  });

  test('does not help where the image itself has ended', () => {
    expect(messages('FROM openjdk:8\n', 'end-of-life-image')).toEqual([
      'The openjdk image has had no updates since 2022. Use eclipse-temurin or another build of OpenJDK.',
    ]);
    expect(messages('FROM centos:7\n', 'end-of-life-image')[0]).toContain('. Move to CentOS Stream, AlmaLinux');
    expect(messages('FROM alpine:3.5\n', 'end-of-life-image')).toEqual([
      'Alpine 3.5 reached end of life on 2018-11-01. Upgrade to alpine:3.24.',
    ]);
  });
});

describe('a USER', () => {
  const script = (packages: string): string =>
    `FROM alpine:3.22\nRUN apk add --no-cache ${packages}\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n`;

  test.each(['iptables tinc', 'nfs-utils', 'openssh', 'nginx'])(
    'is yours to add where a script starts %s',
    packages => {
      expect(titles(script(packages), 'final-stage-runs-as-root')).toEqual([
        'Run as a new non-root user (10001:10001) (manual)',
      ]);
    },
  );

  test('is left to a person where the script cannot be read, whatever it may start', () => {
    expect(titles(script('jq curl'), 'final-stage-runs-as-root')).toEqual([
      'Run as a new non-root user (10001:10001) (manual)',
    ]);
  });

  test('cannot use plugins that lie in /root', () => {
    const text = 'FROM debian:13\nRUN vagrant plugin install vagrant-libvirt\nENTRYPOINT ["vagrant"]\n';
    expect(messages(text, 'final-stage-runs-as-root')[0]).toContain('vagrant puts plugins into /root');
    expect(titles(text, 'final-stage-runs-as-root')).toEqual(['Run as a new non-root user (10001:10001) (manual)']);
  });

  const volume = (paths: string): string => `FROM alpine:3.22\nWORKDIR /data\nVOLUME ${paths}\nCMD ["app"]\n`;

  test('gets a volume once, and never /root', () => {
    expect(titles(volume('/data/'), 'final-stage-runs-as-root')).toEqual([
      'Run as a new non-root user (10001:10001), which gets /data (review)',
    ]);
    expect(titles(volume('/data /root/.app'), 'final-stage-runs-as-root')).toEqual([
      'Run as a new non-root user (10001:10001), which gets /data (manual)',
    ]);
  });

  test('gets many directories in lines that can be read', () => {
    const paths = ['one', 'two', 'three', 'four', 'five'].map(name => `/srv/application/${name}`);
    const [fix] = offered(volume(paths.join(' ')), 'final-stage-runs-as-root');
    expect(fix?.title).toBe(
      'Run as a new non-root user (10001:10001), which gets /srv/application/one, /srv/application/two, /srv/application/three and 3 more',
    );
    expect(fix?.text).toMatch(/\\\n {4}&& mkdir -p \S[^&]+ \\\n {4}&& chown 10001:10001 [^&]+\nVOLUME/);
  });
});

describe('a title says all', () => {
  test.each([
    [
      'apt-get-install-recommends',
      'FROM debian:13\nRUN apt-get install -y curl\n',
      'Add --no-install-recommends and ca-certificates (review)',
    ],
    ['apk-cache-left', 'FROM alpine:3.22\nRUN apk add -U jq\n', 'Add --no-cache in place of -U (safe)'],
    ['env-self-reference', 'FROM alpine:3.22\nENV A=1 B=$A C=2\n', 'Begin another ENV with “B” (review)'],
    [
      'debian-frontend-in-env',
      'FROM debian:13\nENV DEBIAN_FRONTEND=noninteractive\n',
      'Set it with ARG, for the build only (review)',
    ],
  ])('%s', (rule, text, title) => {
    expect(titles(text, rule)).toEqual([title]);
  });
});

test('DEBIAN_FRONTEND is yours to move where another stage is FROM this one', () => {
  const text = 'FROM debian:13 AS base\nENV DEBIAN_FRONTEND=noninteractive\nFROM base\nRUN apt-get install -y tzdata\n';
  expect(titles(text, 'debian-frontend-in-env')).toEqual(['Set it with ARG, for the build only (manual)']);
});

test('a question about what is installed needs no index, so the cache goes', () => {
  const text = 'FROM alpine:3.22\nRUN apk add -U jq && apk info -v jq && rm -rf /var/cache/apk/*\n';
  expect(offered(text, 'apk-cache-left')[0]?.text).toBe(
    'FROM alpine:3.22\nRUN apk add --no-cache jq && apk info -v jq\n',
  );
});

test('a destination that is named like a file is yours to look at', () => {
  const slash = (path: string): readonly string[] => titles(`FROM a\nCOPY a b ${path}\n`, 'copy-target-without-slash');
  expect(slash('/srv/app.js')).toEqual(['Add the slash (manual)']);
  expect(slash('/etc/nginx/conf.d')).toEqual(['Add the slash (review)']);
});

test('a user and its group get the id together, or neither does', () => {
  const text = 'FROM alpine:3.22\nRUN useradd svc\nRUN groupadd app\nRUN useradd -g app worker\n';
  expect(offered(text, 'command-not-in-image').at(-1)?.text).toBe(
    'FROM alpine:3.22\nRUN useradd svc\nRUN addgroup app && adduser -D -G app -s /sbin/nologin worker\n',
  );
});

test('lists stay, and a cache stays', () => {
  const text = (install: string, clean: string): string =>
    `FROM fedora:43\nRUN ${install}\nUSER 1\nUSER 0\nRUN ${clean}\n`;
  expect(messages(text('dnf install -y jq', 'dnf clean all'), 'cleanup-in-later-layer')[0]).toContain(
    'The package cache will stay in the earlier layer',
  );
  expect(
    messages(
      text('apt-get update', 'rm -rf /var/lib/apt/lists/*').replace('fedora:43', 'debian:13'),
      'cleanup-in-later-layer',
    )[0],
  ).toContain('The package lists will stay in the earlier layer');
});

describe('what is inserted into a file in lower case is in lower case', () => {
  test.each([
    ['missing-oci-labels', 'from debian:13\ncmd ["app"]\n', 'label org.opencontainers'],
    ['missing-healthcheck', 'from python:3.13\nexpose 80\ncmd ["app"]\n', 'healthcheck --interval'],
    ['undefined-arg-in-from', 'from debian:$V\n', 'arg V\n'],
    ['pipe-without-pipefail', 'from debian:13\nrun curl https://example.com/a | sh\n', 'shell ["/bin/bash"'],
    ['sh-replaced', 'from debian:13\nrun ln -sf /bin/bash /bin/sh\n', 'shell ["/bin/bash"'],
  ])('%s', (rule, text, expected) => {
    expect(offered(text, rule)[0]?.text).toContain(expected);
  });
});

describe('what is only recommended is named where it is needed', () => {
  const install = (packages: string, after = 'true', base = 'debian:13'): readonly string[] =>
    titles(`FROM ${base}\nRUN apt-get install -y ${packages} && ${after}\n`, 'apt-get-install-recommends');

  test.each([
    ['gcc', 'Add --no-install-recommends and libc6-dev (review)'],
    ['gcc build-essential', 'Add --no-install-recommends (review)'],
    ['curl gcc cmake', 'Add --no-install-recommends, ca-certificates, libc6-dev and make (review)'],
    ['xvfb', 'Add --no-install-recommends and xauth (review)'],
  ])('%s', (packages, title) => {
    expect(install(packages)).toEqual([title]);
  });

  test('and left to you where pip may have to compile', () => {
    expect(install('python3-pip', 'pip3 install numpy')).toEqual(['Add --no-install-recommends (manual)']);
    expect(install('python3-pip gcc python-dev', 'pip3 install numpy')).toEqual([
      'Add --no-install-recommends and libc6-dev (manual)',
    ]);
    expect(install('python3-pip gcc python3-dev', 'pip3 install numpy')).toEqual([
      'Add --no-install-recommends and libc6-dev (review)',
    ]);
    expect(install('python3-pip')).toEqual(['Add --no-install-recommends (review)']);
  });

  test('but not in an image that has it', () => {
    expect(install('gcc curl', 'true', 'python:3.13')).toEqual(['Add --no-install-recommends (review)']);
    expect(install('gcc', 'true', 'python:3.13-slim')).toEqual(['Add --no-install-recommends and libc6-dev (review)']);
  });
});

test('what is kept out already does not keep another line from being added to .dockerignore', () => {
  const context = snapshotFromFiles({
    '.git/HEAD': '',
    'config/a.yml': '',
    'main.c': '',
    '.dockerignore': 'config\n',
  });
  const { findings } = lint('FROM debian:13\nCOPY . /src\nCOPY config/a.yml /etc/\n', { ...all, context });
  expect(findings.find(({ rule }) => rule === 'leaky-build-context')?.fixes.map(({ title }) => title)).toEqual([
    'Add .git to .dockerignore',
  ]);
});

test('a program that writes its number into /run is not given another user unasked', () => {
  const text = 'FROM debian:13\nCOPY influx /usr/bin/\nCMD /usr/bin/influx --pidfile /var/run/influx.pid\n';
  expect(titles(text, 'final-stage-runs-as-root')).toEqual(['Run as a new non-root user (10001:10001) (manual)']);
  expect(messages(text, 'final-stage-runs-as-root')[0]).toContain('check whether influx can run as another user');
});
