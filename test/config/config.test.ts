import { describe, expect, test } from 'vitest';
import { findConfig, readConfig, upwards, withConfig } from '../../server/src/config/config.js';
import { DEFAULT_OPTIONS } from '../../server/src/profiles/types.js';

/** The problems of a configuration, each as the text it points at and its message. */
function problems(text: string, path = '.dockwright.yaml'): string[] {
  return readConfig(text, path).problems.map(({ span, message }) => `${text.slice(span.start, span.end)} — ${message}`);
}

describe('.dockwright.yaml', () => {
  test('holds a profile, rules with levels and options, and ignored rules', () => {
    const { options, problems: found } = readConfig(
      'profile: strict\nrules:\n  apt-get-install-without-yes: off\n  DL3015: error\n  DL3008: { severity: info }\nignore: [DL3006]\n',
      '.dockwright.yaml',
    );
    expect(found).toEqual([]);
    expect(options).toEqual({
      profile: 'strict',
      rules: {
        'apt-get-install-without-yes': { severity: 'off' },
        DL3015: { severity: 'error' },
        DL3008: { severity: 'info', options: {} },
      },
      ignore: ['DL3006'],
    });
  });
  test('may be JSON', () => {
    expect(readConfig('{ "profile": "hadolint", "ignore": ["DL3006"] }', '.dockwright.json').options).toEqual({
      profile: 'hadolint',
      ignore: ['DL3006'],
    });
  });
  test('may be empty, or nothing but comments', () => {
    expect(readConfig('', '.dockwright.yaml')).toEqual({ options: {}, output: {}, shellcheck: {}, problems: [] });
    expect(problems('# later\n')).toEqual([]);
  });
  test('points at unknown keys, rules and values, and keeps the rest', () => {
    const text = 'profil: strict\nrules:\n  apt-get-install-without-yess: off\n  DL3015: loud\nignore: [DL3006, 3]\n';
    expect(problems(text)).toEqual([
      'profil — Unknown option “profil”; did you mean profile?',
      'apt-get-install-without-yess — Unknown rule “apt-get-install-without-yess”; did you mean apt-get-install-without-yes?',
      'loud — DL3015 must be one of off, error, warning, info, hint, not “loud”.',
      '3 — ignore must be a list of strings.',
    ]);
    expect(readConfig(text, '.dockwright.yaml').options.ignore).toEqual(['DL3006']);
  });
  test('that is broken is one error, and says nothing', () => {
    const config = readConfig('profile: [strict\nignore: DL3006\n', '.dockwright.yaml');
    expect(config.problems.map(problem => problem.severity)).toEqual(['error']);
    expect(config.options).toEqual({});
  });
  test.each([
    ['a list', '- a\n- b\n'],
    ['a text', 'hello'],
    ['a number', '3'],
  ])('that is %s is a problem', (_, text) => {
    expect(problems(text)).toHaveLength(1);
  });
  test('says what was meant, and which slips only warn', () => {
    const severities = (text: string): string[] =>
      readConfig(text, '.dockwright.yaml').problems.map(({ severity, message }) => `${severity}: ${message}`);
    expect(severities('profile: strickt\n')).toEqual([
      'error: profile must be one of recommended, strict, hadolint, buildkit, all, not “strickt”; did you mean strict?',
    ]);
    expect(severities('fail-on: inf\n')).toEqual([
      'error: fail-on must be one of error, warning, info, hint, never, not “inf”; did you mean info?',
    ]);
    // Another program may check this, and turning it off here changes nothing.
    const ignored = ['DL9999', 'CKV_DOCKER_99', 'AVD-DS-0999', 'SomeNewCheck'];
    for (const name of ignored)
      for (const text of [`ignore: [${name}]`, `rules: { ${name}: off }`])
        expect(severities(text)).toEqual([`warning: Unknown rule “${name}”.`]);
    for (const text of [
      'select: [DL9999]',
      'rules: { DL9999: error }',
      'ignore: [sillyname]',
      'ignore: [apt-lists-lef]',
    ])
      expect(severities(text)).toEqual([expect.stringMatching(/^error: Unknown rule/)]);
  });
  test('survives aliases of aliases and bottomless brackets', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`)
      .join('\n')}\nignore: *j\n`;
    expect(readConfig(bomb, '.dockwright.yaml').problems.length).toBeGreaterThan(0);
    expect(readConfig('['.repeat(50_000), '.dockwright.yaml').problems).toHaveLength(1);
  });
  test('reads options of the registries and labels', () => {
    const text =
      'label-schema:\n  maintainer: text\n  created: rfc3339\nstrict-labels: true\ntrusted-registries: ghcr.io\nfail-on: error\nshellcheck: off\n';
    expect(readConfig(text, '.dockwright.yml')).toEqual({
      options: {
        labelSchema: { maintainer: 'text', created: 'rfc3339' },
        strictLabels: true,
        trustedRegistries: ['ghcr.io'],
      },
      output: { failOn: 'error' },
      shellcheck: { enable: false },
      problems: [],
    });
  });
});

describe('.hadolint.yaml', () => {
  test('is read with every key', () => {
    const text = [
      'failure-threshold: style',
      'format: tty',
      'ignored: [DL3006, SC2086]',
      'label-schema: { author: text, url: url, extra: "" }',
      'no-color: true',
      'verbose: true',
      'override:',
      '  error: [DL3015]',
      '  warning: [DL3015, DL3042]',
      '  info: [DL3032]',
      '  style: [DL3015]',
      'strict-labels: true',
      'disable-ignore-pragma: true',
      'trustedRegistries: [docker.io, "*.gcr.io"]',
      '',
    ].join('\n');
    const config = readConfig(text, '/repo/.hadolint.yaml');
    expect(config.options).toEqual({
      ignore: ['DL3006', 'SC2086'],
      labelSchema: { author: 'text', url: 'url', extra: 'text' },
      rules: { DL3015: { severity: 'error' }, DL3042: { severity: 'warning' }, DL3032: { severity: 'info' } },
      strictLabels: true,
      disableIgnorePragma: true,
      trustedRegistries: ['docker.io', '*.gcr.io'],
    });
    expect(config.output).toEqual({ failOn: 'hint', formats: ['tty'], noColor: true, verbose: true });
  });
  test('may have any name, when it is named', () => {
    const { options, output, problems } = readConfig('ignored: [DL3008]\nfailure-threshold: error\n', '/ci/lint.yaml');
    expect([options.ignore, output.failOn, problems]).toEqual([['DL3008'], 'error', []]);
    const own = readConfig('profile: strict\nignored: [DL3008]\n', '/ci/lint.yaml');
    expect([own.options.profile, own.problems.length]).toEqual(['strict', 1]);
    expect(readConfig('ignored: [DL3008]\n', '/.dockwright.yaml').problems).toHaveLength(1);
  });

  test('no-fail is kept beside the threshold', () => {
    const { output } = readConfig('no-fail: true\nfailure-threshold: info\n', '.hadolint.yml');
    expect(output).toEqual({ noFail: true, failOn: 'info' });
  });
  test('points at what hadolint would silently leave out', () => {
    expect(problems('ignore: [DL3006]\noverride: { warn: [DL3006] }\nformat: xml\n', '.hadolint.yaml')).toEqual([
      'ignore — Unknown option “ignore”; did you mean ignored?',
      'warn — Unknown option “warn”: it takes style, info, warning, error.',
      'xml — format takes one of tty, json, checkstyle, codeclimate, gitlab_codeclimate, gnu, codacy, sonarqube, sarif, junit.',
    ]);
  });
});

describe('the search', () => {
  const search = (files: Record<string, string>, folder: string, root?: string) =>
    findConfig(folder, root, path => Promise.resolve(files[path])).then(found => found?.path);
  test('takes the nearest file of ours, and hadolint’s only without one', async () => {
    const files = { '/w/.dockwright.yaml': 'a', '/w/x/.hadolint.yaml': 'b', '/w/x/y/.hadolint.yml': 'c' };
    expect(await search(files, '/w/x/y')).toBe('/w/.dockwright.yaml');
    expect(await search(files, '/w/x/y', '/w/x')).toBe('/w/x/y/.hadolint.yml');
    expect(await search(files, '/w/x', '/w/x')).toBe('/w/x/.hadolint.yaml');
    expect(await search(files, '/elsewhere')).toBeUndefined();
  });
  test('goes up paths and URIs alike', () => {
    expect(upwards('/a/b', undefined)).toEqual(['/a/b', '/a', '/']);
    expect(upwards('/a/b/', '/a')).toEqual(['/a/b', '/a']);
    expect(upwards('C:/a', undefined)).toEqual(['C:/a', 'C:/']);
    expect(upwards('file:///a/b', 'file:///a')).toEqual(['file:///a/b', 'file:///a']);
    expect(upwards('vscode-vfs://github/o/r', undefined)).toEqual([
      'vscode-vfs://github/o/r',
      'vscode-vfs://github/o',
      'vscode-vfs://github/',
    ]);
  });
  test('lists add up, the rest is replaced', () => {
    const base = { ...DEFAULT_OPTIONS, ignore: ['DL3006'], rules: { DL3015: { severity: 'off' } as const } };
    const merged = withConfig(base, {
      profile: 'strict',
      ignore: ['DL3008'],
      rules: { DL3014: { severity: 'error' } },
    });
    expect(merged).toMatchObject({
      profile: 'strict',
      ignore: ['DL3006', 'DL3008'],
      rules: { DL3015: { severity: 'off' }, DL3014: { severity: 'error' } },
    });
  });
});
