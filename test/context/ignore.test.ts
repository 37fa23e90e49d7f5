import { describe, expect, test } from 'vitest';
import { compileIgnore } from '../../server/src/context/index.js';
import { IGNORE_CASES } from './ignore-cases.js';

const MARKS = { ignored: '-', kept: '+', unsure: '~' } as const;

describe.each(Object.entries(IGNORE_CASES))('compileIgnore: %s', (_, cases) => {
  test.each(cases)('%j', (text, ...paths) => {
    const ignore = compileIgnore(text);
    const verdicts = paths.map(path => MARKS[ignore.verdict(path.slice(1))] + path.slice(1));
    expect(verdicts).toEqual(paths);
  });
});

/** Ignore files as the projects of these languages have them. */
const PROJECTS: Readonly<Record<string, readonly [text: string, ...paths: string[]]>> = {
  node: [
    'node_modules\nnpm-debug.log*\n.git\n.gitignore\n*.md\n!README.md\ndist\ncoverage/\n.env*\n!.env.example\n',
    '-node_modules/a/index.js',
    '-npm-debug.log.1',
    '-.git/HEAD',
    '+src/.git',
    '-CHANGES.md',
    '+README.md',
    '-coverage/lcov.info',
    '-.env.local',
    '+.env.example',
    '+src/index.ts',
  ],
  python: [
    '**/__pycache__\n**/*.py[cod]\n*.egg-info/\n.venv/\nvenv\n.pytest_cache\n**/.DS_Store\n',
    '-a/__pycache__/b.pyc',
    '-a/b.pyd',
    '+a/b.py',
    '-x.egg-info/PKG-INFO',
    '-.venv/bin/python',
    '-a/.DS_Store',
    '+src/venv',
  ],
  go: [
    '*\n!go.mod\n!go.sum\n!cmd\n!internal/**\n**/*_test.go\n',
    '+go.mod',
    '+cmd/a/main.go',
    '-cmd/a/main_test.go',
    '+internal/x/y.go',
    '-internal',
    '-vendor/a.go',
  ],
  java: [
    '.gradle\n**/build/\n!**/src/**/build/\ntarget/*\n!target/*.jar\n',
    '-a/build/x.class',
    '+a/src/main/build/X.java',
    '-target/classes',
    '+target/app.jar',
  ],
  rust: ['target/\n**/*.rs.bk\nCargo.lock\n', '-target/debug/app', '-src/a.rs.bk', '+src/main.rs', '-Cargo.lock'],
  php: [
    '/vendor\n/node_modules\n/storage/*.key\n.env\nHomestead.*\n',
    '-vendor/autoload.php',
    '-storage/oauth.key',
    '+storage/app/x.key',
    '-Homestead.yaml',
    '+a/.env',
  ],
  ruby: [
    '.bundle\nlog/*\n!log/.keep\ntmp/**\n!tmp/.keep\n**/*.rbc\n',
    '-.bundle/config',
    '-log/a.log',
    '+log/.keep',
    '-tmp/a/b',
    '+tmp/.keep',
    '+tmp',
    '-a/b.rbc',
  ],
  dotnet: [
    '**/bin\n**/obj\n**/.vs\n**/*.*proj.user\n**/docker-compose*\n',
    '-a/bin/x.dll',
    '-a.csproj.user',
    '-deploy/docker-compose.dev.yml',
    '+a/Program.cs',
  ],
};

describe('ignore files of projects', () => {
  test.each(Object.entries(PROJECTS))('%s', (_, [text, ...paths]) => {
    const ignore = compileIgnore(text);
    expect(paths.map(path => MARKS[ignore.verdict(path.slice(1))] + path.slice(1))).toEqual(paths);
  });
});

describe('compileIgnore', () => {
  test('no text makes it throw, and none takes long', () => {
    const letters = [
      '*',
      '**',
      '/',
      '!',
      '[',
      ']',
      '\\\\',
      '^',
      '-',
      'a',
      '?',
      '.',
      '\n',
      ' ',
      '#',
      '(',
      '{',
      '+',
      '|',
      '2}',
      '\\Q',
    ];
    let seed = 7;
    const next = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: next() % 14 }, () => letters[next() % letters.length]).join('');
      compileIgnore(text).verdict('a/aa/aaa/aaaa/aaaaa/b');
    }
    compileIgnore('**/**/**/**/**/**/b').verdict(`${'a/'.repeat(2000)}c`);
  });

  test('patterns know what Docker makes of them', () => {
    const ignore = compileIgnore('# comment\r\n  *.log \r\n!/keep.log\r\n[\r\na\\y');
    expect(ignore.patterns).toMatchObject([
      { pattern: '*.log', negated: false, isBad: false },
      { pattern: 'keep.log', negated: true, isBad: false },
      { pattern: '[', isBad: true },
      { pattern: 'a\\y', isBad: true },
    ]);
    expect(ignore.hasNegation).toBe(true);
  });

  test('a file is compiled once, and not kept for ever', () => {
    const ignore = compileIgnore('once');
    expect(compileIgnore('once')).toBe(ignore);
    for (let index = 0; index < 1000; index++) compileIgnore(`${index}`);
    expect(compileIgnore('once')).not.toBe(ignore);
  });
});
