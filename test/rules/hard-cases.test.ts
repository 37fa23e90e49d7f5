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
    'behind wrappers',
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
    'only what comes behind the clean-up',
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
  ['invalid-port', 'a comment is another matter', 'FROM a:1\nEXPOSE 80 # web\n', []],
  ['invalid-port', 'a separator of another language', 'FROM a:1\nEXPOSE 80;443\n', ['80;443']],
];

for (const [rule, why, text, expected] of CASES) {
  test(`${rule}: ${why}: ${JSON.stringify(text)}`, () => {
    const found = lint(text, { profile: 'all' }, (id, error) => {
      throw new Error(`${id}: ${String(error)}`);
    }).findings.filter(finding => finding.rule === rule);
    expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual(expected);
  });
}
