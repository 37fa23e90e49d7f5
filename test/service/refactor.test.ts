import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { verifyFix } from '../../server/src/fixes/index.js';
import { refactorings } from '../../server/src/service/refactor.js';
import { applyEdits } from '../../server/src/text/edits.js';

/** The file after a refactoring of its last RUN, or of all text; `undefined` where it is not offered. */
function refactor(text: string, title: string, all = false): string | undefined {
  const result = lint(text, {});
  const at = text.lastIndexOf('RUN');
  const offered = refactorings(result, all ? { start: 0, end: text.length } : { start: at, end: at });
  const found = offered.find(one => one.title.startsWith(title));
  if (!found) return undefined;
  expect(verifyFix(result.dockerfile, found)).not.toHaveProperty('refusal');
  return applyEdits(text, found.edits);
}

const toHeredoc = (text: string): string | undefined => refactor(text, 'Convert to a heredoc');
const toList = (text: string): string | undefined => refactor(text, 'Convert to an && list');
const split = (text: string): string | undefined => refactor(text, 'Split');
const mergeAbove = (text: string): string | undefined => refactor(text, 'Merge this RUN with the one above');

test('a RUN with flags on lines of their own is split, also with spaces after the line ends', () => {
  expect(split('FROM debian:13\nRUN --mount=type=cache,target=/t \\ \t\n    --network=none \\\n    a && b\n')).toBe(
    'FROM debian:13\nRUN --mount=type=cache,target=/t \\ \t\n    --network=none \\\n    a\nRUN --mount=type=cache,target=/t --network=none b\n',
  );
});

describe('a list becomes a heredoc', () => {
  test('with the lines of each command as they were', () => {
    expect(
      toHeredoc(
        'FROM alpine:3.22\nRUN apk add --no-cache \\\n\t\tcurl \\\n\t\tgit \\\n\t&& make \\\n\t\t-C /src | \\\n\t\ttee log \\\n\t&& rm log\nUSER 1\n',
      ),
    ).toBe(
      "FROM alpine:3.22\nRUN <<'EOF'\nset -e\napk add --no-cache \\\n\t\tcurl \\\n\t\tgit\nmake \\\n\t-C /src | \\\n\ttee log\nrm log\nEOF\nUSER 1\n",
    );
  });

  test('that ends where it should, also with spaces after the last command', () => {
    expect(toHeredoc('FROM debian:13\nRUN make \\\n    && make install \t \nUSER 1\n')).toBe(
      "FROM debian:13\nRUN <<'EOF'\nset -e\nmake\nmake install\nEOF\nUSER 1\n",
    );
  });

  test('with words aligned as they were', () => {
    expect(
      toHeredoc(
        'FROM debian:13\nRUN set -xe \\\n    && apt-get update \\\n    && apt-get install -y curl \\\n                          git\n',
      ),
    ).toBe(
      "FROM debian:13\nRUN <<'EOF'\nset -xe\napt-get update\napt-get install -y curl \\\n                   git\nEOF\n",
    );
  });

  test('with the continuation character of the shell, and CRLF', () => {
    expect(toHeredoc('# escape=`\r\nFROM alpine:3.22\r\nRUN apk add `\r\n  curl `\r\n && make\r\n')).toBe(
      "# escape=`\r\nFROM alpine:3.22\r\nRUN <<'EOF'\r\nset -e\r\napk add \\\r\n  curl\r\nmake\r\nEOF\r\n",
    );
  });

  test('with words that go over several lines as the shell gets them', () => {
    expect(toHeredoc("FROM alpine:3.22\nRUN echo 'a \\\n   b' > f \\\n && cat f\n")).toBe(
      "FROM alpine:3.22\nRUN <<'EOF'\nset -e\necho 'a    b' > f\ncat f\nEOF\n",
    );
  });

  test.each([
    ['a loop goes on after a failure', 'FROM alpine:3.22\nRUN for f in a b; do cp $f /x; chmod 1 /x; done && make\n'],
    ['a group goes on after a failure', 'FROM alpine:3.22\nRUN { a; b; } > log && make\n'],
    ['a script that is read would stop', 'FROM debian:13\nRUN . ./env.sh && make\n'],
    ['a substitution would stop', 'FROM alpine:3.22\nRUN V=$(a; b) && make\n'],
    ['`set +e` turns it off', 'FROM alpine:3.22\nRUN set +e && make && a\n'],
    ['a comment would be lost', 'FROM alpine:3.22\nRUN make && \\\n # why\n a\n'],
    ['the frontend knows none', '# syntax=docker/dockerfile:1.2\nFROM alpine:3.22\nRUN make && a\n'],
    ['it is the only command', 'FROM alpine:3.22\nRUN make\n'],
  ])('not when %s', (_, text) => {
    expect(toHeredoc(text)).toBeUndefined();
  });

  test('when the frontend is new enough', () => {
    expect(toHeredoc('# syntax=docker/dockerfile:1.10\nFROM alpine:3.22\nRUN make && (cd a && b)\n')).toContain(
      '\nmake\n(cd a && b)\n',
    );
  });
});

describe('a heredoc becomes a list', () => {
  test('with the lines of each command as they were', () => {
    expect(
      toList(
        'FROM alpine:3.22\nRUN <<EOF\n  set -e\n  apk add \\\n    curl \\\n    git\n  a |\n    b\n  make\nEOF\nUSER 1\n',
      ),
    ).toBe(
      'FROM alpine:3.22\nRUN apk add \\\n      curl \\\n      git \\\n    && a | \\\n      b \\\n    && make\nUSER 1\n',
    );
  });

  test('below flags on lines of their own', () => {
    expect(
      toList(
        'FROM golang:1.25\nRUN --mount=type=bind,source=go.mod,target=go.mod \\\n  --mount=type=cache,target=/go/pkg <<EOT\nset -ex\ngo mod download\ngo build && touch /done\nEOT\n',
      ),
    ).toBe(
      'FROM golang:1.25\nRUN --mount=type=bind,source=go.mod,target=go.mod \\\n  --mount=type=cache,target=/go/pkg \\\n  set -ex \\\n  && go mod download \\\n  && go build \\\n  && touch /done\n',
    );
  });

  test('with the continuation character of the file', () => {
    expect(toList("# escape=`\nFROM alpine:3.22\nRUN <<-'EOF'\n\tset -e\n\tapk add \\\n\t\tgit\n\tmake\nEOF\n")).toBe(
      '# escape=`\nFROM alpine:3.22\nRUN apk add `\n    \tgit `\n    && make\n',
    );
  });

  test.each([
    ['`a && b` may fail and the script go on', 'FROM alpine:3.22\nRUN <<EOF\nset -e\n[ -f x ] && rm x\nmake\nEOF\n'],
    ['`a || b` would bind otherwise', 'FROM alpine:3.22\nRUN <<EOF\nset -e\nmake || a\nb\nEOF\n'],
    ['it goes on after a failure', 'FROM alpine:3.22\nRUN <<EOF\nmake\na\nEOF\n'],
    ['a script that is read would no longer stop', 'FROM alpine:3.22\nRUN <<EOF\nset -e\n. ./env.sh\nmake\nEOF\n'],
    ['a word has a line ending in it', "FROM alpine:3.22\nRUN <<EOF\nset -e\necho 'a\nb'\nEOF\n"],
    ['a comment would be lost', 'FROM alpine:3.22\nRUN <<EOF\nset -e\n# why\nmake\nEOF\n'],
  ])('not when %s', (_, text) => {
    expect(toList(text)).toBeUndefined();
  });
});

describe('a RUN is split', () => {
  test('with its flags and indentation', () => {
    expect(split('FROM alpine:3.22\n  RUN --network=none a && \\\n    b \\\n      c && d\n')).toBe(
      'FROM alpine:3.22\n  RUN --network=none a\n  RUN --network=none b \\\n      c\n  RUN --network=none d\n',
    );
  });

  test.each([
    ['a service would be gone', 'FROM debian:13\nRUN service mysql start && mysql < a.sql\n'],
    ['a daemon would be gone', 'FROM debian:13\nRUN redis-server --daemonize yes && redis-cli ping\n'],
    ['files would be gone', 'FROM debian:13\nRUN --mount=type=tmpfs,target=/b make -C /b && cp /b/a /a\n'],
    ['changes would be thrown away', 'FROM debian:13\nRUN --mount=type=bind,target=.,rw make && cp a /a\n'],
    ['each RUN has its own', 'FROM debian:13\nRUN echo 127.0.0.1 a >> /etc/hosts && make\n'],
    ['a function would be gone', 'FROM debian:13\nRUN f() { a; } && f\n'],
    ['a variable would be gone', 'FROM debian:13\nRUN : ${A:=1} && echo $A\n'],
    ['the directory would be another', 'FROM debian:13\nRUN cd /a && make\n'],
    ['another shell reads it', 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN mkdir a && copy b a\n'],
  ])('not when %s', (_, text) => {
    expect(split(text)).toBeUndefined();
  });
});

describe('RUNs are merged', () => {
  test('also from a selection', () => {
    expect(refactor('FROM debian:13\nRUN a\nRUN b\n# why\nRUN c\n', 'Merge these', true)).toBe(
      'FROM debian:13\nRUN a \\\n    && b \\\n# why\n    && c\n',
    );
  });

  test('in the style of the one that has several lines', () => {
    const runs = 'FROM debian:13\nRUN a\nRUN apk add \\\n\tx\nRUN b && \\\n  c\nRUN d\n';
    expect(refactor(runs, 'Merge these', true)).toBe(
      'FROM debian:13\nRUN a && \\\n  apk add \\\n\tx && \\\n  b && \\\n  c && \\\n  d\n',
    );
    expect(mergeAbove('FROM debian:13\nRUN apk add \\\n\tx\nRUN b && \\\n  c\n')).toBe(
      'FROM debian:13\nRUN apk add \\\n\tx && \\\n  b && \\\n  c\n',
    );
  });

  test.each([
    ['a service would still run', 'FROM debian:13\nRUN /etc/init.d/postgresql start && psql -c a\nRUN make\n'],
    [
      'files would still be there',
      'FROM debian:13\nRUN --mount=type=tmpfs,target=/b a\nRUN --mount=type=tmpfs,target=/b b\n',
    ],
    ['each has its own', 'FROM debian:13\nRUN echo 127.0.0.1 a >> /etc/hosts\nRUN make\n'],
  ])('not when %s', (_, text) => {
    expect(mergeAbove(text)).toBeUndefined();
  });
});
