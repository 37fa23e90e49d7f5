import fc from 'fast-check';

/** Dockerfiles as people write them, with everything that has broken a fixer before: continuations, comments, heredocs, quotes. */

const from = fc.constantFrom(
  'FROM debian:12-slim',
  'FROM debian',
  'FROM alpine:3.20',
  'FROM python:3.12-slim',
  'FROM node:22',
  'FROM ubuntu:latest',
  'FROM golang:1.25 AS Build',
  'FROM scratch',
  'from nginx:1.27 as web',
  'FROM --platform=linux/amd64 fedora:41',
  'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4',
  'FROM $BASE',
  'FROM debian:$A-$B',
  'FROM build',
  'FROM gcr.io/distroless/static-debian12',
  'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022',
);

const packages = fc.subarray(['curl', 'git', 'ca-certificates', 'libpq5=15.*', 'build-essential', '"vim"', '$EXTRA'], {
  minLength: 1,
});

const command = fc.oneof(
  fc.constantFrom(
    'apt-get update',
    'apt update',
    'rm -rf /var/lib/apt/lists/*',
    'apt-get clean',
    'apk update',
    'echo "hello  world"',
    "printf '%s\\n' a",
    'cd /srv',
    'make install',
    'useradd app',
    'adduser -D app',
    'groupadd app',
    'chmod 777 /data',
    'curl -fsSL https://example.com/x.sh | sh',
    'wget https://example.com/a',
    'set -eux',
    'sudo mkdir /x',
    'export A=1',
    'X=2',
    'ln -sf /bin/bash /bin/sh',
    'true || false',
    '(cd /tmp && ls)',
    'if [ -f a ]; then rm a; fi',
    'for f in a b; do echo $f; done',
    'npm install',
    'npm ci',
    'yarn install',
    'echo 😀 > /e',
    'pip install -r requirements.txt',
    'pip3 install flask',
    'gem install rake',
    'microdnf install python3.11',
    'dnf install -y httpd',
    'yum install httpd',
    'zypper install vim',
    'service ssh start',
    'sh -c "apt-get install curl"',
    'git clone https://example.com/r.git',
    'DEBIAN_FRONTEND=noninteractive apt-get install -y tzdata',
    'useradd -u 123456 app',
    '! test -f /x',
    'echo "a && b; c" > /x',
    "sh -c 'a; b' 2>&1",
    '{ cd /y; make; }',
    'case $A in a) ls;; *) true;; esac',
    'f() { apt-get clean; }; f',
    'A=1 B="two words" make >> /log 2>/dev/null',
    'echo $(apt-get install -y wget)',
    'while read l; do echo "$l"; done < /etc/passwd',
    'pip install --upgrade pip \\\n  # pinned below\n  setuptools',
    'apt-get install -y \\\n\tcurl \\\n\t# for git\n\tgit \\\n\tvim',
    'apk add --update --virtual .deps gcc',
    'apk upgrade',
    'yum clean all',
    'npm install -g yarn@1.22.22',
    'yarn install --frozen-lockfile',
    'useradd -m app app',
    'adduser --disabled-password --gecos "" app',
    'addgroup app',
    'apt-get dist-upgrade -y',
    'tar xzf vendor.tar.gz && rm vendor.tar.gz',
    'mkdir -p /x && cd /x && make',
    'sudo -u app npm install',
    'cat <<X > /etc/y\n$A && b\nX',
  ),
  packages.map(list => `apt-get install ${list.join(' ')}`),
  packages.map(list => `apt-get install -y --no-install-recommends ${list.join(' ')}`),
  packages.map(list => `apk add ${list.join(' ')}`),
  packages.map(list => `apk add -t deps ${list.join(' ')}`),
);

const joiner = fc.constantFrom(
  ' && ',
  ' \\\n    && ',
  ' && \\\n    ',
  ' \\\n  # why\n  && ',
  '; ',
  ' || ',
  ' \\\n\n    && ',
  ' | ',
  ' \\  \n\t&& ',
  ' && \\\n# at the margin\n',
  ' \\\n    # hadolint ignore=DL3015\n    && ',
  '; \\\n  ',
  ' & ',
);

const script = fc
  .tuple(command, fc.array(fc.tuple(joiner, command), { maxLength: 3 }))
  .map(([first, rest]) => first + rest.map(([join, next]) => join + next).join(''));

const run = fc.oneof(
  { weight: 6, arbitrary: script.map(text => `RUN ${text}`) },
  { weight: 1, arbitrary: script.map(text => `RUN --mount=type=cache,target=/var/cache/apt ${text}`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('RUN <<EOF', 'RUN <<-"EOF"', 'RUN --network=none <<EOF', 'run <<EOF', 'ONBUILD RUN <<EOF'),
        fc.constantFrom('', '', '#!/bin/bash\n', 'set -e\n', '#!/usr/bin/env python3\n', '# a comment\n'),
        fc.array(command, { minLength: 1, maxLength: 3 }),
      )
      .map(([first, lead, lines]) => `${first}\n${lead}${lines.join('\n')}\nEOF`),
  },
  { weight: 1, arbitrary: command.map(text => `RUN ["sh", "-c", ${JSON.stringify(text)}]`) },
  { weight: 1, arbitrary: script.map(text => `ONBUILD RUN ${text}`) },
);

const other = fc.constantFrom(
  'ADD app.py /app/',
  'ADD https://example.com/x.tgz /tmp/',
  'ADD --chown=1:1 a b /c/',
  'ADD vendor.tar.gz /opt/',
  'ADD $SRC /x',
  'COPY . .',
  'COPY a b /c',
  'COPY --from=build /a /b',
  'COPY ["a b", "/c d"]',
  'ENV A hello world',
  'ENV B "quoted text"',
  'ENV C=1 D="two words"',
  'ENV E a\\ b',
  'ENV F \'{"a": 1}\'',
  'ENV G one \\\n  two',
  'LABEL maintainer "J <j@x>"',
  'LABEL a=b c="d e"',
  'ARG TOKEN',
  'ARG BASE=debian',
  'ENV DB_PASSWORD=hunter22',
  'MAINTAINER Jane "JD" Doe <j@x.org>',
  'WORKDIR app',
  'WORKDIR /srv',
  'USER root',
  'USER app',
  'USER 1000  # node',
  'EXPOSE 8080',
  'EXPOSE 80/TCP',
  'EXPOSE 127.0.0.1:80:80',
  'VOLUME /data',
  'CMD node server.js',
  'CMD ["node", "server.js"]',
  "CMD ['node', 'x']",
  'ENTRYPOINT exec java $OPTS -jar a.jar',
  'ENTRYPOINT ["/e"]',
  'CMD npm start && echo',
  'HEALTHCHECK CMD curl -f http://x || exit 1',
  'HEALTHCHECK NONE',
  'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
  'STOPSIGNAL SIGTERM',
  'ONBUILD ADD x /y',
  'COPY <<EOF /etc/x\na $B\nEOF',
  'RNU x',
  'copy x y',
  'ENV H=1 \\\n    # about I\n    I="two  words" \\\n\tJ=😀',
  'ENV K value with # hash',
  "LABEL a='it''s' \\\n  b=\"c \\\n d\"",
  'LABEL description="😀 two" org.opencontainers.image.title=x',
  'ARG A=1 B="two words"',
  'ARG UNUSED',
  'LABEL version=$VERSION name=$NAME',
  'ENV V=$VERSION',
  'RUN echo "$NAME" > /name',
  'EXPOSE 80 443/TCP 22',
  'VOLUME ["/a", "/b c"]',
  'HEALTHCHECK --interval=5s --timeout=3s \\\n  CMD curl -f http://localhost/ || exit 1',
  'CMD [ "node" , "a b" ]',
  'CMD exec node \\\n  # with options\n  server.js',
  'SHELL ["powershell", "-Command"]',
  'SHELL ["/bin/sh", "-ec"]',
  'ONBUILD COPY . /app',
  'ONBUILD ENV A b c',
  'ONBUILD USER root',
  'COPY --chmod=644 <<-"EOF" /etc/y\n\ta $B\n\tEOF',
  'COPY <<A <<B /etc/\none\nA\ntwo\nB',
  'COPY package*.json ./',
  'COPY a /x/\nCOPY b /x/',
  'ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://e.org/x /x',
  'WORKDIR /app\\\n/sub',
  'WORKDIR $HOME',
  'USER $APP',
  'USER 0:0',
  'Entrypoint ["docker-entrypoint.sh"]',
  'maintainer x',
  '\tLABEL indented=yes',
);

const trivia = fc.constantFrom(
  '',
  '',
  '',
  '# a comment',
  '# dockwright ignore=DL3059 -- on purpose',
  '# hadolint ignore=DL3008',
  '   # indented',
  '# check=skip=JSONArgsRecommended',
  '# dockwright ignore=DL3020,DL3025',
  '# syntax = not a directive here',
  '# 😀',
);

const block = fc
  .tuple(trivia, fc.oneof({ weight: 3, arbitrary: run }, { weight: 4, arbitrary: other }), fc.boolean())
  .map(([comment, text, blank]) => (comment === '' ? '' : `${comment}\n`) + text + (blank ? '\n' : ''));

const stage = fc.tuple(from, fc.array(block, { maxLength: 7 })).map(([first, rest]) => [first, ...rest].join('\n'));

const header = fc.constantFrom(
  '',
  '',
  '',
  '# syntax=docker/dockerfile:1\n',
  'ARG BASE=debian:12\n',
  'ARG VERSION=1.0\nARG NAME=app\n',
  '# escape=`\n',
  '# check=error=true\n',
  '# dockwright file-ignore=DL3008\n\n',
);

/** Any Dockerfile; under `# escape=\`` the continuations use the backtick too. */
export const dockerfile: fc.Arbitrary<string> = fc
  .tuple(
    header,
    fc.array(stage, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.boolean(),
    fc.constantFrom('', '', '\ufeff'),
  )
  .map(([head, stages, eol, final, bom]) => {
    let text = head + stages.join('\n\n') + (final ? '\n' : '');
    if (head.startsWith('# escape')) text = text.replace(/\\(?=[ \t]*\n)/g, '`');
    return bom + (eol === '\n' ? text : text.replace(/\n/g, eol));
  });
