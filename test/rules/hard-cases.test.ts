import { expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

/** Cases that a shallow reading gets wrong: the rule, why, the file, and what is to be reported of it. */
const CASES: readonly (readonly [rule: string, why: string, text: string, found: readonly string[]])[] = [
  ['add-instead-of-copy', 'no file of the context', 'FROM a:1\nADD ftp://example.com/a /x\n', []],
  [
    'apk-cache-left',
    'a directory, and the assignment',
    'FROM alpine:3.22\nRUN A=1 /sbin/apk add x\n',
    ['A=1 /sbin/apk add'],
  ],
  [
    'apk-cache-left',
    'the clean-up of another RUN',
    'FROM alpine:3.22\nRUN apk add x\nRUN rm -rf /var/cache/apk/*\n',
    ['apk add'],
  ],
  [
    'cleanup-in-later-layer',
    'said above already',
    'FROM alpine:3.22\nRUN apk add x\nRUN rm -rf /var/cache/apk/*\n',
    [],
  ],
  [
    'apt-get-install-recommends',
    'a heredoc configures it',
    'FROM debian:12\nCOPY <<E /etc/apt/apt.conf.d/x\nAPT::Install-Recommends "0";\nE\nRUN apt-get install -y x\n',
    [],
  ],
  [
    'apt-get-install-recommends',
    'a heredoc configures something else',
    'FROM debian:12\nCOPY <<E /etc/apt/apt.conf.d/x\nAcquire::Retries "3";\nE\nRUN apt-get install -y x\n',
    ['apt-get install'],
  ],
  [
    'apt-get-install-recommends',
    'an option of another command',
    'FROM debian:12\nRUN apt-get install -y --no-install-recommends a && apt-get install -y b\n',
    ['apt-get install'],
  ],
  [
    'apt-get-install-recommends',
    'the word is cut in two',
    'FROM debian:12\nRUN apt-get install -y --no-install-reco\\\nmmends x\n',
    [],
  ],
  [
    'apt-get-install-without-yes',
    'a file may say yes',
    'FROM debian:12\nCOPY x /etc/apt/apt.conf.d/\nRUN apt-get install x\n',
    [],
  ],
  [
    'apt-get-install-without-yes',
    'in the same RUN',
    'FROM debian:12\nRUN echo \'APT::Get::Assume-Yes "1";\' >/etc/apt/apt.conf.d/y && apt-get install x\n',
    [],
  ],
  [
    'apt-get-install-without-yes',
    'an option of another command',
    'FROM debian:12\nRUN apt-get install -y a && apt-get install b\n',
    ['apt-get install'],
  ],
  ['apt-get-install-without-yes', 'yes, in long', 'FROM debian:12\nRUN apt-get install -y=true x\n', []],
  [
    'apt-get-install-without-yes',
    'after wrappers',
    'FROM debian:12\nRUN if a; then sudo env X=1 timeout 60 apt-get install x; fi\n',
    ['apt-get install'],
  ],
  [
    'apt-lists-left',
    'a script',
    'FROM debian:12\nRUN apt-get update && apt-get install -y x && /bin/clean-layer.sh\n',
    [],
  ],
  [
    'apt-lists-left',
    'in the directory',
    'FROM debian:12\nRUN apt-get update && apt-get install -y x && cd /var/lib/apt/lists && rm -rf *\n',
    [],
  ],
  [
    'apt-lists-left',
    'braces further up',
    'FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -rf /var/{log,lib/apt/lists}/*\n',
    [],
  ],
  [
    'apt-lists-left',
    'a variable with the path',
    'FROM debian:12\nARG D=/var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y x && rm -rf $D\n',
    [],
  ],
  [
    'apt-lists-left',
    'a variable of the shell',
    'FROM debian:12\nRUN D=/var/lib/apt/lists; apt-get update && apt-get install -y x && rm -rf "$D"\n',
    [],
  ],
  [
    'apt-lists-left',
    'a bind mount forgets what is written',
    'FROM debian:12\nRUN --mount=from=a,target=/var/lib/apt/lists,rw apt-get update && apt-get install -y x\n',
    [],
  ],
  [
    'apt-lists-left',
    'another variable',
    'FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -rf "$GNUPGHOME"\n',
    ['apt-get update'],
  ],
  [
    'apt-lists-left',
    'a function',
    'FROM debian:12\nRUN tidy() { rm -rf /var/lib/apt/lists/*; }; apt-get update && apt-get install -y x && tidy\n',
    [],
  ],
  [
    'apt-lists-left',
    'only what comes after the clean-up',
    'FROM debian:12\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/* && apt-get  update && apt-get install -y y\n',
    ['apt-get  update'],
  ],
  [
    'archive-copied-then-extracted',
    'by option, relative',
    'FROM a:1\nWORKDIR /t\nCOPY a.tgz .\nRUN tar --extract --file=a.tgz\n',
    ['a.tgz'],
  ],
  [
    'archive-copied-then-extracted',
    'ADD does not know it',
    'FROM a:1\nCOPY a.tar.lz /t/\nRUN tar xf /t/a.tar.lz\n',
    [],
  ],
  [
    'archive-copied-then-extracted',
    'only listed',
    'FROM a:1\nCOPY a.tgz /t/\nRUN tar czf b.tgz /etc && tar tf /t/a.tgz\n',
    [],
  ],
  ['command-not-in-image', 'something may depend on it', 'FROM node:24-trixie\nRUN adduser --system x\n', []],
  [
    'command-not-in-image',
    'a longer search path',
    'FROM debian:12\nADD jdk.tgz /opt/\nENV PATH=/opt/jdk/bin:$PATH\nRUN java -version\n',
    [],
  ],
  [
    'command-not-in-image',
    'a search path for one command',
    'FROM alpine:3.22\nRUN --mount=from=node:24,target=/n PATH=/n/bin:$PATH npm ci\n',
    [],
  ],
  [
    'command-not-in-image',
    'a mounted program',
    'FROM alpine:3.22\nRUN --mount=from=x,source=/curl,target=/usr/bin/curl curl x\n',
    [],
  ],
  [
    'command-not-in-image',
    'no account tool in it',
    'FROM python:3.13-alpine\nENV PATH=/venv/bin:$PATH\nRUN useradd app\n',
    ['useradd'],
  ],
  ['command-not-in-image', 'a function', 'FROM debian:12\nRUN git() { true; }; git x\n', []],
  ['command-not-in-image', 'an old release had more', 'FROM ubuntu:14.04\nRUN python3 -V && ping x\n', []],
  ['command-not-in-image', 'but never this', 'FROM ubuntu:14.04\nRUN apk add x\n', ['apk']],
  ['constant-platform', 'named so', 'FROM --platform=linux/amd64 debian:13 AS x86_64\n', []],
  ['copy-root-filesystem', 'a system', 'FROM debian:13-slim\nCOPY --from=alpine:3.22 / /\n', ['/']],
  [
    'copy-root-filesystem',
    'the tools of xx, by registry',
    'FROM debian:13\nCOPY --from=docker.io/tonistiigi/xx:1 / /\n',
    [],
  ],
  ['copy-secret-file', 'a key with a name', 'FROM a:1\nCOPY id_ed25519_deploy id_rsa.pub /k/\n', ['id_ed25519_deploy']],
  ['copy-secret-file', 'the key of Rails', 'FROM a:1\nCOPY config/master.key config/\n', ['config/master.key']],
  ['copy-secret-file', 'of a dial-in server', 'FROM a:1\nCOPY data/chap-secrets /etc/ppp/\n', ['data/chap-secrets']],
  ['copy-secret-file', 'public', 'FROM a:1\nCOPY fullchain.pem public-key.pem node.gpg.key /etc/\n', []],
  ['dnf-cache-left', 'braces', 'FROM fedora:42\nRUN dnf -y install x && rm -rf /var/{cache,log}/*\n', []],
  [
    'dnf-install-without-yes',
    'configured above',
    'FROM fedora:42\nRUN echo assumeyes=1 >>/etc/dnf/dnf.conf\nRUN dnf install x\n',
    [],
  ],
  ['dnf-install-without-yes', 'no on purpose', 'FROM fedora:42\nRUN dnf install --assumeno x || true\n', []],
  ['dnf-install-without-yes', 'a group', 'FROM fedora:42\nRUN dnf group install x\n', ['dnf group install']],
  ['exposed-ssh-port', 'a range', 'FROM a:1\nEXPOSE 20-25\n', ['20-25']],
  ['final-stage-runs-as-root', 'su', 'FROM debian:13\nCMD ["su", "-c", "x", "app"]\n', []],
  ['final-stage-runs-as-root', 'su to root', 'FROM debian:13\nCMD su root -c x\n', ['debian:13']],
  ['invalid-json-form', 'a test', 'FROM a:1\nCMD [ "$A" = "b" ] && exec c\n', []],
  ['invalid-json-form', 'a comment is another matter', 'FROM a:1\nCMD ["a"] # why\n', []],
  ['invalid-port', 'a template', 'FROM a:1\nEXPOSE {{ .Port }}\n', []],
  ['invalid-image-reference', 'a template', '{% if x %}\nFROM debian:{{ x }}\n{% endif %}\n', []],
  ['invalid-port', 'a comment is another matter', 'FROM a:1\nEXPOSE 80 # web\n', []],
  ['invalid-port', 'a separator of another language', 'FROM a:1\nEXPOSE 80;443\n', ['80;443']],
  [
    'final-stage-runs-as-root',
    'a stage that checks',
    'FROM debian:13 AS base\nRUN a\nFROM base AS lint\nRUN b\n',
    ['base'],
  ],
  ['consecutive-runs', 'nothing to add', 'FROM debian:13\nRUN mkdir /a\nRUN chown x /a\n', ['RUN']],
  ['debian-frontend-in-env', 'reset to the default', 'FROM debian:12\nENV DEBIAN_FRONTEND=dialog\n', []],
];

/** Ways in which a RUN runs `apt-get install x`; what is to be reported is marked. */
const RUNS: readonly string[] = [
  "su -c '«apt-get install» x'",
  'stdbuf -oL «apt-get install» x',
  'runuser -u root -- «apt-get install» x',
  'sudo -E -H -u root -- «apt-get install» x',
  'time nice -n 5 «apt-get install» x',
  'chroot /y «apt-get install» x',
  'y=$(«apt-get install» x)',
  'for y in a b; do \\\n  # why\n  «apt-get install» $y; \\\n  done',
  'while ! «apt-get install» x; do sleep 1; done',
  'f() { «apt-get install» "$@"; }; f x',
  'case x in x) «apt-get install» x;; esac',
  '{ «apt-get install» x; } >/dev/null 2>&1',
  '«\\apt-get install» x',
  '«"apt-get" \'install\'» x',
  '«apt-get -o Acquire::Retries=3 -t bookworm-backports install» x',
  '«apt-get inst\\\nall» x',
  '«DEBIAN_FRONTEND=noninteractive \\\n  apt-get install» x',
  "bash -euxo pipefail -c '«apt-get install» x'",
  '["/bin/bash", "-c", "«apt-get install» x"]',
  '<<EOF\n#!/bin/bash\n«apt-get install» x\nEOF',
  "<<'EOF' bash -ex\n«apt-get install» x \\\n  y\nEOF",
  'bash -o pipefail <<EOF && echo y\n«apt-get install» x\nEOF',
  'bash -s -- a <<EOF\n«apt-get install» x\nEOF',
  'bash script.sh <<EOF\napt-get install x\nEOF',
  "bash -c 'cat' <<EOF\napt-get install x\nEOF",
  '<<EOF\n#!/usr/bin/env python3\napt-get install x\nEOF',
  'cat <<EOF >x\napt-get install x\nEOF',
  "printf 'y\\n' | apt-get install x",
  'apt-get -o Acquire::Retries=3 -t install update',
];

for (const run of RUNS) {
  test(`apt-get-install-without-yes: ${JSON.stringify(run)}`, () => {
    const text = `FROM debian:12\nRUN ${run.replace(/[«»]/g, '')}\n`;
    const spans = lint(text, { profile: 'all' })
      .findings.filter(finding => finding.rule === 'apt-get-install-without-yes')
      .map(finding => finding.span);
    const marked = spans.reduceRight(
      (rest, { start, end }) => `${rest.slice(0, start)}«${rest.slice(start, end)}»${rest.slice(end)}`,
      text,
    );
    expect(marked).toBe(`FROM debian:12\nRUN ${run}\n`);
  });
}

for (const [rule, why, text, expected] of CASES) {
  test(`${rule}: ${why}: ${JSON.stringify(text)}`, () => {
    const found = lint(text, { profile: 'all' }, (id, error) => {
      throw new Error(`${id}: ${String(error)}`);
    }).findings.filter(finding => finding.rule === rule);
    expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual(expected);
  });
}
