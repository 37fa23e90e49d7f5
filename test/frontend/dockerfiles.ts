import fc from 'fast-check';

/**
 * Small Dockerfiles that probe everything BuildKit's frontend reads: each flag with right and wrong values, keywords,
 * directives, variables, and stages in any order. Commands of RUN are of no interest here.
 */

const word = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);

/** A value, or what is left of it after a slip of the finger. */
const slipped = (values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: values },
    {
      weight: 1,
      arbitrary: fc
        .tuple(values, fc.nat(30), fc.constantFrom('', 'x', '-', ',', '=', '"', "'", '/', ':', '.', '0', '\\', '_'))
        .map(([text, at, inserted]) => {
          const place = Math.min(at, text.length);
          return text.slice(0, place) + inserted + text.slice(place + (inserted === '' ? 1 : 0));
        }),
    },
  );

const names = word('A', 'B', 'UNSET', 'REQUIRED');
const modifiers = word('$N', '${N}', '${N:-x}', '${N:+y}', '${N#a}', '${N%/*}', '${N/a/b}', '${N/a}', '${N', '${N!x}');
const variable = fc.oneof(
  fc.tuple(names, modifiers).map(([name, use]) => use.replace('N', name)),
  word('${A:?m}', '${B:?m}', '${UNSET:?m}', '${UNSET?m}'),
);
const maybeVariable = (values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 8, arbitrary: slipped(values) }, { weight: 1, arbitrary: variable });

const path = word('a', '/a', './b', 'dir/', '/srv', '.', '~/x', '/', 'a b', '*.txt', "'q'", '"q"');
const mode = word('755', '0644', '999', '07777', '17777', 'u=rw,go=r', '+x', 'a', 'ugo', 'u+', 'g-w+x', '=', 'u=g', '');
const owner = word('1000', '1000:1000', 'app', 'app:app', '1000:app', ':5', '0', '');
const duration = word(
  '30s',
  '30',
  '1m30s',
  '0',
  '5sec',
  '1d',
  '-1s',
  '1us',
  '1ms',
  '.5s',
  '1.5h',
  '.s',
  '1h-1m',
  '3000000h',
  '',
  '1e3s',
  '+5s',
  '10S',
);
const platform = word(
  'linux/amd64',
  'linux',
  'arm64',
  'amd64',
  'abc',
  'linux/arm/v7',
  'a/b/c/d',
  'linux/',
  '/amd64',
  'windows/amd64',
  'linux/amd64,linux/arm64',
  '$TARGETPLATFORM',
  '$BUILDPLATFORM',
  'linux(1)/amd64',
  'local',
  'LINUX/ARM64',
  '$A',
  '',
);
const digest = word(
  `sha256:${'0a'.repeat(32)}`,
  'sha256:00',
  `SHA256:${'0a'.repeat(32)}`,
  `sha256:${'0A'.repeat(32)}`,
  'md5:00',
  `sha512:${'0a'.repeat(64)}`,
  'abc',
  '',
);
const url = word(
  'https://example.com/a',
  'http://example.com/',
  'https://example.com/r.git',
  'https://example.com/r.git#v1',
  'https://example.com/r.git?ref=v1',
  'https://example.com/r.git?tag=a&branch=b',
  'https://example.com/r.git?foo=1',
  'https://example.com/r.git?subdir=',
  'https://example.com/r.git?keep-git-dir=x',
  'git@example.com:a/b.git',
  'git@example.com:a/b.git?mtime=x',
  'git://example.com/r',
  'ssh://git@example.com/r',
  'ftp://example.com/a',
  'github.com/a/b',
  'github.com/a/b?x=y',
  'https://example.com/r.git?ref=a#b',
  'https://example.com/r.git?subdir=a#:b',
  'HTTP://example.com/a',
);
const source = fc.oneof({ weight: 3, arbitrary: path }, { weight: 2, arbitrary: url });
const onOff = word('', '=true', '=false', '=', '=1', '=TRUE', '=yes');
const stage = word(
  'one',
  'two',
  'three',
  'ONE',
  '0',
  '1',
  '2',
  '5',
  '-1',
  'alpine',
  'alpine:3.22',
  'UPPER',
  'a@b',
  'scratch',
  'x:$A',
  '$A',
  '',
);

const flag = (name: string, values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 20, arbitrary: maybeVariable(values).map(value => `--${name}=${value}`) },
    { weight: 1, arbitrary: fc.constant(`--${name}`) },
  );

const some = (flags: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 5, arbitrary: fc.oneof(...flags).map(one => `${one} `) },
    { weight: 2, arbitrary: fc.tuple(fc.oneof(...flags), fc.oneof(...flags)).map(two => `${two.join(' ')} `) },
  );

const field = fc.oneof(
  word('bind', 'cache', 'tmpfs', 'secret', 'ssh', 'CACHE', 'cach', 'volume').map(value => `type=${value}`),
  fc
    .tuple(word('target', 'dst', 'destination', 'dest', 'Target'), word('/t', 't', '/', '.', '', '/..', '~/c', '$A'))
    .map(pair => pair.join('=')),
  fc.tuple(word('source', 'src', 'id'), word('a', '/a', '', '$A')).map(pair => pair.join('=')),
  stage.map(value => `from=${value}`),
  word('shared', 'locked', 'private', 'lockd', 'LOCKED', '').map(value => `sharing=${value}`),
  fc
    .tuple(word('ro', 'rw', 'readonly', 'readwrite', 'required'), word('', '=true', '=false', '=1', '=perhaps', '='))
    .map(pair => pair.join('')),
  fc
    .tuple(word('mode', 'uid', 'gid'), word('0755', '755', '999', '0', '1000', 'app', '-1', '', '$A'))
    .map(pair => pair.join('=')),
  word('64m', '1g', 'lots', '1.5k', '10 mb', '', '-1').map(value => `size=${value}`),
  word('env=TOKEN', 'env', 'foo=bar', 'type', 'target', '"target=/q"', '"target=/q', ''),
);
const mount = fc
  .tuple(
    fc.oneof(
      {
        weight: 3,
        arbitrary: word(
          'type=cache,target=/t',
          'type=bind,target=/t',
          'type=secret,id=s',
          'type=ssh',
          'type=tmpfs,target=/t',
          'target=/t',
        ),
      },
      { weight: 1, arbitrary: fc.constant('') },
    ),
    fc.array(slipped(field), { maxLength: 3 }),
  )
  .map(
    ([start, fields]) => `--mount=${[...(start === '' ? [] : [start]), ...fields].join(',').replaceAll(/[ '"]/g, '_')}`,
  );

const heredoc = word('<<EOF', '<<-EOF', '<<"EOF"', "<<'E O'");
const transfer = fc.oneof(
  fc
    .tuple(
      word('COPY ', 'ADD '),
      some([
        flag('chmod', mode),
        flag('chown', owner),
        flag('exclude', path),
        flag('checksum', digest),
        flag('from', stage),
        onOff.map(value => `--link${value}`),
        onOff.map(value => `--parents${value}`),
        onOff.map(value => `--keep-git-dir${value}`),
        onOff.map(value => `--unpack${value}`),
      ]),
      fc.array(maybeVariable(source), { minLength: 1, maxLength: 3 }),
      word('/dest', '/dest/', './', ''),
    )
    .map(([keyword, flags, sources, target]) => `${keyword}${flags}${sources.join(' ')} ${target}`),
  fc
    .tuple(word('COPY', 'ADD'), word('["a", "/b"]', '["a"]', '[]', '["a", 1]', "['a', '/b']", '["a" "/b"]'))
    .map(pair => pair.join(' ')),
  fc
    .tuple(word('COPY ', 'ADD '), heredoc, word(' /f', ' a /f', '', ' <<F'))
    .map(parts => `${parts.join('')}\nx\nEOF\n`),
);

const instruction: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: transfer },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        some([
          mount,
          mount,
          flag('network', word('none', 'host', 'default', 'bridge', 'NONE', '')),
          flag('security', word('insecure', 'sandbox', 'none', '')),
          flag(
            'device',
            word('vendor.com/gpu=all', 'name=a', 'name=a,name=b', 'a,required', 'a,required=x', 'a,b', ''),
          ),
        ]),
        word('true', 'true', '["true"]', '[]', ''),
      )
      .map(([flags, command]) => `RUN ${flags}${command}`),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        some([
          flag('interval', duration),
          flag('timeout', duration),
          flag('start-period', duration),
          flag('start-interval', duration),
          flag('retries', word('3', '0', '-1', 'x', '3.5', '+2', '99999999999', '')),
        ]),
        word('CMD true', 'CMD ["true"]', 'CMD []', 'CMD', 'NONE', 'NONE x', 'cmd true', 'curl x', ''),
      )
      .map(([flags, command]) => `HEALTHCHECK ${flags}${command}`),
  },
  {
    weight: 2,
    arbitrary: maybeVariable(
      word(
        'SIGTERM',
        'TERM',
        '9',
        'SIGRTMIN+3',
        'SIGFOO',
        '0',
        'RTMAX-14',
        'RTMAX-15',
        'sigint',
        'SIGTERM SIGINT',
        '-5',
        '"SIGTERM"',
      ),
    ).map(value => `STOPSIGNAL ${value}`),
  },
  {
    weight: 2,
    arbitrary: maybeVariable(word('/v', '["/v"]', '[]', '""', "''", '["", "/v"]', '/a /b', '[1]')).map(
      value => `VOLUME ${value}`,
    ),
  },
  {
    weight: 3,
    arbitrary: maybeVariable(
      word(
        '80',
        '80/tcp',
        '53/udp',
        '80/',
        '/tcp',
        '8000-8010',
        '90-80',
        '70000',
        'http',
        '80:80',
        '127.0.0.1:80:80',
        '300.0.0.1:80:80',
        '[::1]:80:80',
        '80-90:80-95',
        '80-90:80',
        'x:80',
        '80/TCP',
        '80/foo',
        '1 2 3',
        '"80"',
        '0',
        '80-80',
      ),
    ).map(value => `EXPOSE ${value}`),
  },
  {
    weight: 1,
    arbitrary: slipped(word('["/bin/sh", "-c"]', '[]', '/bin/sh -c', '["a", 1]', '[""]')).map(
      value => `SHELL ${value}`,
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        word('ENV', 'LABEL'),
        maybeVariable(
          word('A=1', 'A 1', 'A', '=x', 'A=1 B=2', 'A=1 B', "A='x", 'A="x y"', 'A=1 =2', 'A=b\\ c', '"A B"=1'),
        ),
      )
      .map(pair => pair.join(' ')),
  },
  {
    weight: 2,
    arbitrary: fc
      .oneof(
        word('A', 'A=1', 'A=1 B=$A', '=1', 'A =1', 'A=', 'A="x', '"A"=1'),
        variable.map(value => `A=${value}`),
      )
      .map(value => `ARG ${value}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(word('USER', 'WORKDIR'), maybeVariable(word('app', '/w', '1000:1000', '', 'a b', '"x"', '"x')))
      .map(pair => pair.join(' ')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(word('CMD', 'ENTRYPOINT'), word('true', '["true"]', '["true", 1]', '[]', '', "['true']", '["true"'))
      .map(pair => pair.join(' ')),
  },
  {
    weight: 1,
    arbitrary: word(
      'MAINTAINER me',
      'MAINTAINER',
      'FOO x',
      'RNU true',
      'copy a /a',
      'run --foo true',
      'USER --x app',
      'ARG --x A',
      'ENV --x=1 A=1',
      'STOPSIGNAL --x TERM',
      'EXPOSE --x 80',
      'CMD --x true',
      'LABEL --x a=b',
      'RUN -- true',
      'COPY -- a /a',
    ),
  },
  {
    weight: 1,
    arbitrary: word(
      'RUN true',
      'COPY a /a',
      'COPI a b',
      'FROM x',
      'ONBUILD RUN true',
      'MAINTAINER x',
      'ENV A',
      'COPY --chmod=999 a /a',
      '',
      'LABEL a=b',
      'CMD []',
    ).map(value => `ONBUILD ${value}`),
  },
);

const image = word(
  'alpine:3.22',
  'alpine',
  'scratch',
  'alpine:',
  'Alpine',
  'one',
  'two',
  'alpine:3:4',
  'alpine@sha256:00',
  'example.com:5000/a/b:1',
  '-x',
  'alpine:$A',
  'a//b',
  'one:1',
);
const from = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant('') },
      { weight: 2, arbitrary: flag('platform', platform).map(one => `${one} `) },
    ),
    image,
    word('', '', ' AS one', ' AS two', ' as three', ' AS 1x', ' AS', ' one', ' AS one two', ' AS o$A', ' AS ONE'),
  )
  .map(([flags, base, name]) => `FROM ${flags}${base}${name}`);

const aStage = fc.tuple(from, fc.array(instruction, { maxLength: 3 })).map(([first, rest]) => [first, ...rest]);
const plainStage = fc
  .tuple(
    word('FROM alpine:3.22', 'FROM alpine:3.22 AS one', 'FROM scratch AS two', 'FROM debian:13'),
    fc.array(instruction, { minLength: 1, maxLength: 1 }),
  )
  .map(([first, rest]) => [first, ...rest]);

const directives = fc.oneof(
  { weight: 12, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: word(
      '# escape=`\n',
      '# escape=x\n',
      '# escape=\\\n',
      '# check=skip=B\n',
      '# check=skip\n',
      '# check=error=x\n',
      '# check=foo=bar\n',
      '# check=skip=A;error=false\n',
      '# escape=`\n# escape=`\n',
      '# check=error=false;\n',
      '#escape = ` \n',
      '# note\n# escape=x\n',
    ),
  },
);
const globals = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: word(
      'ARG A=1\n',
      'ARG A\n',
      'ARG A=${B:-2}\n',
      'ARG A="x\n',
      'ARG SOURCE_DATE_EPOCH=1\n',
      'ARG SOURCE_DATE_EPOCH=x\n',
      'ARG SOURCE_DATE_EPOCH=one\n',
      'ARG SOURCE_DATE_EPOCH=context\n',
      'ENV A=1\n',
      'RUN true\n',
      'ARG =1\n',
    ),
  },
);

/** A file; most have one thing that can be wrong, so that nothing else hides it. */
export const dockerfiles: fc.Arbitrary<string> = fc
  .tuple(
    directives,
    globals,
    fc.oneof(
      { weight: 5, arbitrary: fc.array(plainStage, { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(plainStage, { minLength: 2, maxLength: 3 }) },
      { weight: 2, arbitrary: fc.array(aStage, { minLength: 1, maxLength: 2 }) },
    ),
    fc.array(word('ARG A=x\n', 'ENV B=cache\n', 'WORKDIR /w\n', 'ARG REQUIRED\n'), { maxLength: 1 }),
  )
  .map(([head, before, stages, inside]) => {
    const lines = stages.map(
      ([first = '', ...rest]) => `${first}\n${inside.join('')}${rest.map(line => `${line}\n`).join('')}`,
    );
    return head + before + lines.join('');
  });
