import { describe, expect, it } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

/** The errors about one instruction on plain Alpine: what each points at, and what its fix makes of that. */
function refused(instruction: string, before = ''): string[] {
  const text = `${before}FROM alpine:3.22\n${instruction}\n`;
  return lint(text, { profile: 'recommended' })
    .findings.filter(({ rule, severity }) => rule === 'syntax-error' && severity === 'error')
    .map(({ span, fixes }) => {
      const [edit] = fixes[0]?.edits ?? [];
      const at = text.slice(span.start, span.end);
      return edit ? `${at} → ${edit.text}` : at;
    });
}

const builds: readonly string[] = [
  'HEALTHCHECK --interval=30s --timeout=1m30s --start-period=0 --start-interval=1.5h --retries=+3 CMD true',
  'HEALTHCHECK --interval= CMD true',
  'HEALTHCHECK --interval=30 NONE',
  'HEALTHCHECK --timeout=.5s CMD true',
  'COPY --chmod=755 a /a',
  'COPY --chmod=07777 a /a',
  'COPY --chmod=u=rwX,go=rX a /a',
  'COPY --chmod=+x a /a',
  'COPY --chmod= a /a',
  'COPY --link --chown=1000:1000 a /a',
  'COPY --link=false --chown=app a /a',
  'COPY --chown=app a /a',
  'COPY --exclude=*.md --exclude=docs . /a',
  `ADD --checksum=sha256:${'0a'.repeat(32)} https://example.com/a /a`,
  'ADD https://example.com/r.git#v1:sub /a',
  'ADD --keep-git-dir=true https://example.com/r.git?ref=v1 /a',
  'ADD --checksum=0123abc https://example.com/r.git /a',
  'ADD git@example.com:me/r.git /a',
  'ADD ftp://example.com/a /a',
  'RUN --network=none true',
  'RUN --security=insecure true',
  'RUN --device=vendor.com/gpu=all,required true',
  'RUN --mount=type=cache,target=/t,sharing=LOCKED,mode=0755,uid=1,gid=1 true',
  'RUN --mount=type=tmpfs,target=/t,size=64m true',
  'RUN --mount=type=secret,id=a,required true',
  'RUN --mount=type=secret,id=a,env=TOKEN true',
  'RUN --mount=type=ssh,required=true true',
  'RUN --mount=type=bind,target=/t,ro,from=alpine true',
  'RUN --mount=source=a,target=t true',
  'RUN --mount=type=cache,target=/t,id=a=b true',
  'RUN "--mount=type=cache,target=/t" true',
  'STOPSIGNAL SIGRTMIN+3',
  'STOPSIGNAL term',
  'STOPSIGNAL 9',
  'STOPSIGNAL ${SIGNAL:-SIGTERM}',
  'VOLUME /a ["/b"]',
  'WORKDIR /app\nRUN --mount=type=cache true',
  'ENV T=cache\nRUN --mount=type=$T,target=/t true',
  'ARG M=755\nCOPY --chmod=$M a /a',
  'ARG M\nCOPY --chmod=$M a /a',
];

const stops: readonly (readonly [string, ...string[]])[] = [
  ['HEALTHCHECK --interval=30 CMD true', '30 → 30s'],
  ['HEALTHCHECK --timeout=5sec CMD true', '5sec → 5s'],
  ['HEALTHCHECK --start-period=1d CMD true', '1d → 24h'],
  ['HEALTHCHECK --start-interval=30S CMD true', '30S → 30s'],
  ['HEALTHCHECK --interval=-1s CMD true', '-1s'],
  ['HEALTHCHECK --interval=1us CMD true', '1us'],
  ['HEALTHCHECK --interval=$I CMD true', '$I'],
  ['HEALTHCHECK --retries=x CMD true', 'x'],
  ['HEALTHCHECK --retries=-1 CMD true', '-1'],
  ['HEALTHCHECK --retries=3.5 CMD true', '3.5'],
  ['HEALTHCHECK CMD []', 'HEALTHCHECK CMD []'],
  ['SHELL []', '[]'],
  ['VOLUME []', '[]'],
  ['VOLUME ""', '""'],
  ['VOLUME $NOTHING', '$NOTHING'],
  ['STOPSIGNAL SIGFOO', 'SIGFOO'],
  ['STOPSIGNAL SIGTEM', 'SIGTEM → SIGTERM'],
  ['STOPSIGNAL SIGTERM SIGINT', 'SIGTERM SIGINT → SIGTERM'],
  ['STOPSIGNAL 0', '0'],
  ['ENV S=SIGFOO\nSTOPSIGNAL $S', '$S'],
  ['COPY --chmod=999 a /a', '999'],
  ['COPY --chmod=17777 a /a', '17777'],
  ['COPY --chmod=q+x a /a', 'q+x'],
  ['ARG M=rwx\nCOPY --chmod=$M a /a', '$M'],
  ['COPY --link --chown=app:app a /a', 'app:app'],
  ['ADD --link --chown=1000:app a /a', '1000:app'],
  ['COPY https://example.com/a /a', 'https://example.com/a → ADD'],
  ['COPY git@example.com:a/b.git /a', 'git@example.com:a/b.git → ADD'],
  ['COPY --parents https://example.com/a /a', 'https://example.com/a'],
  ['ENV U=https://example.com\nCOPY $U/a /a', '$U/a → ADD'],
  ['COPY a <<EOF\nx\nEOF', '<<EOF'],
  ['COPY --from=$X a /a', '$X'],
  ['ADD --parents a /a', '--parents'],
  ['ADD --checksum=sha256:00 https://example.com/a /a', '00'],
  ['ADD --checksum=md5:d41d8cd98f00b204e9800998ecf8427e https://example.com/a /a', 'md5'],
  [`ADD --checksum=sha256:${'0a'.repeat(32)} a /a`, `sha256:${'0a'.repeat(32)}`],
  [`ADD --checksum=sha256:${'0a'.repeat(32)} https://a.example/a https://a.example/b /a/`, `sha256:${'0a'.repeat(32)}`],
  ['ADD --keep-git-dir=false https://example.com/r.git?keep-git-dir=1 /a', '--keep-git-dir=false'],
  ['ADD https://example.com/r.git?foo=1 /a', 'https://example.com/r.git?foo=1'],
  ['ADD https://example.com/r.git?tag=a&branch=b /a', 'https://example.com/r.git?tag=a&branch=b'],
  ['ADD https://example.com/r.git?ref=a#b /a', 'https://example.com/r.git?ref=a#b'],
  ['RUN --network=bridge true', 'bridge'],
  ['RUN --network=None true', 'None → none'],
  ['RUN --network=$N true', '$N'],
  ['RUN --security=foo true', 'foo'],
  ['RUN --device= true', '--device='],
  ['RUN --device=name=a,name=b true', 'name=b'],
  ['RUN --mount= true', '--mount='],
  ['RUN --mount=type=cach,target=/t true', 'cach → cache'],
  ['RUN --mount=type=cache,dest=/t true', 'dest → dst'],
  ['RUN --mount=type=cache,target=/t,shared=locked true', 'shared → sharing'],
  ['RUN --mount=type=cache,target=/t,sharing=lockd true', 'lockd → locked'],
  ['RUN --mount=type=cache,target=/ true', 'target=/'],
  ['RUN --mount=type=cache true', 'type=cache'],
  ['RUN --mount=type=cache,target true', 'target'],
  ['RUN --mount=type=cache,target=/t,size=1m true', 'size=1m'],
  ['RUN --mount=size=1m,type=tmpfs,target=/t true', 'size=1m'],
  ['RUN --mount=type=cache,target=/t,ro=perhaps true', 'perhaps'],
  ['RUN --mount=type=bind,target=/t,uid=1 true', 'uid=1'],
  ['RUN --mount=type=cache,target=/t,uid=app true', 'app'],
  ['RUN --mount=type=cache,target=/t,mode=999 true', '999'],
  ['RUN --mount=type=tmpfs,target=/t,size=lots true', 'lots'],
  ['RUN --mount=type=secret true', 'type=secret'],
  ['RUN --mount=type=secret,id=a,source=b true', 'source=b'],
  ['RUN --mount=type=secret,id=a,from=b true', 'from=b'],
  ['RUN --mount=type=secret,id=a,sharing=locked true', 'sharing=locked'],
  ['RUN --mount=type=ssh,source=a true', 'source=a'],
  ['RUN --mount=from=$X,target=/t true', '$X'],
  ['RUN --mount=type=${T},target=/t true', '${T}'],
  ['ARG a =b', '=b'],
];

describe('values that BuildKit takes', () => {
  it.each(builds)('%s', instruction => expect(refused(instruction)).toEqual([]));
  it('what another frontend may know', () => {
    expect(refused('RUN --network=mesh true', '# syntax=example/frontend:1\n')).toEqual([]);
  });
});

describe('values that BuildKit refuses', () => {
  it.each(stops)('%s', (instruction, ...expected) => expect(refused(instruction)).toEqual(expected));

  it.each([
    ['FROM --platform=abc scratch\n', 'abc'],
    ['FROM --platform=linux/amd64,linux/arm64 scratch\n', 'linux/amd64,linux/arm64'],
    ['ARG P\nFROM --platform=$P scratch\n', '$P'],
    ['ARG P=linx\nFROM --platform=$P scratch\n', '$P'],
    ['ARG SOURCE_DATE_EPOCH=nope\nFROM scratch\n', 'nope'],
    [
      'FROM --platform=windows/amd64 scratch\nRUN --mount=type=secret,id=a,target=a.txt true\n',
      'type=secret,id=a,target=a.txt',
    ],
  ])('%s', (text, expected) => {
    const errors = lint(text).findings.filter(({ rule }) => rule === 'syntax-error');
    expect(errors.map(({ span }) => text.slice(span.start, span.end))).toEqual([expected]);
  });

  it('a line that is too long, in bytes', () => {
    expect(refused(`RUN echo ${'a'.repeat(65_526)}`)).toEqual([]);
    expect(refused(`RUN echo ${'a'.repeat(65_527)}`)).toHaveLength(1);
    expect(refused(`RUN echo ${'ü'.repeat(32_764)}`)).toHaveLength(1);
    expect(refused(`RUN echo ${'a'.repeat(40_000)} \\\n ${'b'.repeat(40_000)}`)).toEqual([]);
  });

  it('in an ONBUILD it stops the builds of other images', () => {
    const { findings } = lint('FROM alpine:3.22\nONBUILD COPY --chmod=999 a /a\n');
    expect(findings.find(({ rule }) => rule === 'syntax-error')?.severity).toBe('warning');
  });
});
