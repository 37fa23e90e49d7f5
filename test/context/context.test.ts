import { describe, expect, test } from 'vitest';
import {
  archiveKind,
  compileIgnore,
  contextEntry,
  contextHas,
  contextPath,
  leaks,
  readIgnoreFile,
  suggestIgnore,
} from '../../server/src/context/index.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

describe('suggestIgnore', () => {
  const suggest = (
    files: readonly string[],
    sources: readonly string[],
    script = 'npm ci && npm run build && go build && mvn package && composer install && pip install x',
    existing = compileIgnore(''),
  ): string[] => suggestIgnore({ files, sources, scripts: [script], existing });

  test('what every project has, and what its ecosystem writes', () => {
    const lines = suggest(['package.json', 'src/index.js'], ['.']);
    expect(lines).toContain('.git');
    expect(lines).toContain('**/node_modules');
    expect(lines).toContain('dist');
    expect(lines).not.toContain('target');
    expect(suggest(['svc/go.mod'], ['.'])).toContain('bin');
  });

  test('what a bundler reads in the build stays', () => {
    const files = ['package.json', 'vite.config.ts', '.env', '.env.production', '.env.local'];
    const lines = suggest(files, ['.'], 'npm ci && npm run build');
    expect(lines).toContain('**/.env.local');
    expect(lines).not.toContain('**/.env');
    expect(lines).not.toContain('**/.env.*');
    const context = snapshotFromFiles(Object.fromEntries(files.map(file => [file, ''])));
    expect(leaks(context, undefined, ['npm run build']).map(({ path }) => path)).toEqual(['.env.local']);
    expect(leaks(context, undefined, ['npm ci'])).toHaveLength(3);
  });

  test.each<[string, string]>([
    ['dist/', 'dist'],
    ['./dist/app.js', 'dist'],
    ['docker-compose.yml', 'docker-compose*.y*ml'],
    ['Dockerfile.dev', 'Dockerfile*'],
    ['.env', '**/.env'],
    ['certs/ca.pem', '**/*.pem'],
    ['web/node_modules', '**/node_modules'],
    ['node_modules', '**/node_modules'],
    ['$OUT', 'dist'],
    ['.git', '.git'],
    ['.git/HEAD', '.git'],
  ])('COPY %s keeps %s out of the list', (source, line) => {
    expect(suggest(['package.json'], ['.', source])).not.toContain(line);
  });

  test.each(['target/*.jar', 'target/app.jar', './target'])('COPY %s needs target', source => {
    expect(suggest(['pom.xml'], [source])).not.toContain('**/target');
  });

  test.each([
    ['package.json', 'npm ci', 'dist'],
    ['package.json', 'make', '**/node_modules'],
    ['composer.json', 'apt-get install php', 'vendor'],
    ['requirements.txt', 'make', '.venv'],
    ['pom.xml', 'java -version', '**/target'],
    ['go.mod', 'true', 'bin'],
    ['x.csproj', 'true', '**/bin'],
  ])('beside %s, RUN %s does not make %s, so it may be what the image gets', (file, script, line) => {
    expect(suggest([file], ['.'], script)).not.toContain(line);
  });

  test.each(['git describe --tags', 'git -C /src rev-parse HEAD', 'pip install setuptools_scm'])(
    'RUN %s needs the history',
    script => {
      expect(suggest(['setup.py'], ['.'], script)).not.toContain('.git');
    },
  );

  test.each<[string, string]>([
    ['certs/ca.pem', '**/*.pem'],
    ['.env.test', '**/.env.*'],
    ['deploy/id_rsa.pub', '**/id_rsa*'],
    ['sign/pub.key', '**/*.key'],
  ])('%s is not a secret, so %s is not on the list', (file, line) => {
    expect(suggest([file], ['.'])).not.toContain(line);
  });

  test('an example of .env is still copied', () => {
    const lines = suggest([], ['.env.example']);
    expect(lines).toContain('**/.env.*');
    expect(compileIgnore(lines.join('\n')).verdict('.env.example')).toBe('kept');
    expect(compileIgnore(lines.join('\n')).verdict('a/.env.local')).toBe('ignored');
  });

  test('nothing that the file has already', () => {
    const existing = compileIgnore('**/node_modules\n.*\n*.log\n');
    const lines = suggest(['package.json'], ['.'], 'npm ci', existing);
    expect(lines).not.toContain('**/node_modules');
    expect(lines).not.toContain('.git');
    expect(lines).toContain('**/*.log');
    const all = suggest(['package.json'], ['.']);
    expect(suggest(['package.json'], ['.'], 'npm ci', compileIgnore(all.join('\n')))).toEqual([]);
  });

  test.each(['\\pL', '[', '*\n!\\pL'])('nothing where it cannot be told what %j does', text => {
    expect(suggest(['package.json'], ['.'], 'npm ci', compileIgnore(text))).toEqual([]);
  });

  test('a source that cannot be told apart is not kept out', () => {
    expect(suggest(['package.json'], ['\\pL*'])).not.toContain('dist');
    expect(suggest(['package.json'], ['[z-a]*'])).not.toContain('dist');
    expect(suggest(['package.json'], ['x[z-a]'])).not.toContain('.git');
    expect(suggest(['package.json'], ['a\nb'])).toEqual([]);
  });
});

describe('leaks', () => {
  const context = snapshotFromFiles({
    '.git/HEAD': '',
    '.env': '',
    '.env.example': '',
    'certs/server-key.pem': '',
    'certs/ca.pem': '',
    id_rsa: '',
    'id_rsa.pub': '',
    'web/node_modules/x/.env': '',
    'home/.aws/credentials': '',
    'src/key.ts': '',
  });
  const found = (text?: string): string[] =>
    leaks(context, text === undefined ? undefined : compileIgnore(text), ['npm ci'])
      .map(leak => leak.path)
      .sort();

  test('finds secrets, history and bulk', () => {
    expect(found()).toEqual(
      ['.git', '.env', 'certs/server-key.pem', 'home/.aws/credentials', 'id_rsa', 'web/node_modules'].sort(),
    );
  });

  test.each(['\\pL', '[', '*\n!\\p{Greek}', 'a\\y'])('nothing where it cannot be told what %j does', text => {
    expect(found(text)).toEqual([]);
  });

  test('a pattern that is not known says nothing of what others decide', () => {
    expect(found('\\pL\n!certs')).toEqual(['certs/server-key.pem']);
  });

  test.each(['a[1].key', 'a*.key', 'a{1}?.key', 'a^[b].p12', 'x|].pfx', 'a{1}.key', '#a.key', '!a.key', 'a b.key'])(
    'the line for %s keeps out just that',
    name => {
      const others = { 'a1.key': '', 'ab.key': '', 'x.pfx': '', 'a.p12': '' };
      const found = leaks(snapshotFromFiles({ [`x/${name}`]: '', ...others }), undefined, []);
      const lines = found.filter(leak => leak.path === `x/${name}`).map(leak => leak.line);
      expect(lines).toHaveLength(1);
      const ignore = compileIgnore(lines.join('\n'));
      expect(ignore.verdict(`x/${name}`)).toBe('ignored');
      expect(Object.keys(others).filter(path => ignore.verdict(path) !== 'kept')).toEqual([]);
    },
  );

  test('what is ignored does not leak, and the line given does it', () => {
    expect(found('.git\n.env*\n**/*.pem\n**/node_modules')).toEqual(['home/.aws/credentials', 'id_rsa']);
    expect(found('.git/**')).not.toContain('.git');
    expect(found('*\n!web/node_modules/keep')).toEqual([]);
    expect(
      found(
        leaks(context, undefined, ['npm ci'])
          .map(leak => leak.line)
          .join('\n'),
      ),
    ).toEqual([]);
  });
});

describe('readIgnoreFile', () => {
  const read = (files: Readonly<Record<string, string>>, dockerfile = 'Dockerfile.dev') =>
    readIgnoreFile(dockerfile, path => Promise.resolve(files[path]));

  test('that of the Dockerfile, even an empty one, comes before that of the folder', async () => {
    const files = { '.dockerignore': 'a', 'Dockerfile.dev.dockerignore': '' };
    expect(await read(files)).toEqual({ ignore: { path: 'Dockerfile.dev.dockerignore', text: '' } });
    expect(await read(files, 'Dockerfile')).toEqual({ ignore: { path: '.dockerignore', text: 'a' } });
    expect(await read({})).toEqual({});
  });
});

describe('archiveKind', () => {
  const bytes = (...values: readonly number[]): Uint8Array =>
    Uint8Array.from([...values, ...Array(512).fill(0)]).subarray(0, 512);
  const tar = (): Uint8Array => {
    const head = new Uint8Array(512);
    head.set(new TextEncoder().encode('etc/passwd'));
    let sum = 8 * 0x20;
    for (const byte of head) sum += byte;
    head.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    return head;
  };

  test.each<[string, string]>([
    ['a.tar', 'archive'],
    ['a.tar.gz', 'archive'],
    ['A.TGZ', 'archive'],
    ['a.tar.zst', 'archive'],
    ['a.gz', 'unknown'],
    ['rootfs', 'unknown'],
    ['dir/*.txt', 'unknown'],
    ['a.zip', 'plain'],
    ['a.jar', 'plain'],
    ['config.yaml', 'plain'],
    ['a.tar.txt', 'plain'],
  ])('by name: %s', (name, kind) => {
    expect(archiveKind(name)).toBe(kind);
  });

  test('by contents', () => {
    expect(archiveKind('rootfs', tar())).toBe('archive');
    expect(archiveKind('rootfs', bytes(1, 2, 3))).toBe('plain');
    expect(archiveKind('a.tar', bytes(1, 2, 3))).toBe('plain');
    expect(archiveKind('a.tgz', bytes(0x1f, 0x8b))).toBe('archive');
    expect(archiveKind('data.bin', bytes(0x1f, 0x8b))).toBe('unknown');
    expect(archiveKind('a.zip', bytes(0x50, 0x4b, 3, 4))).toBe('plain');
    expect(archiveKind('empty', new Uint8Array(0))).toBe('plain');
  });
});

describe('paths', () => {
  test('as COPY reads them', () => {
    expect(['.', './', '/', '/a', './a/', 'a/../b', '../a', 'a//b'].map(contextPath)).toEqual([
      '',
      '',
      '',
      'a',
      'a',
      'b',
      'a',
      'a/b',
    ]);
  });

  test('lookup', () => {
    const context = snapshotFromFiles({ 'src/a.ts': '' });
    expect(contextEntry(context, './src/')?.kind).toBe('directory');
    expect(contextHas(context, '/src/a.ts')).toBe(true);
    expect(contextHas(context, 'b')).toBe(false);
    expect(contextHas({ ...context, complete: false }, 'b')).toBeUndefined();
  });
});
