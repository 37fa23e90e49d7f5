import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { fromNpm, fromPypi } from '../lib/cached-package.js';
import { packInto, ROOT, run, type Said } from './pack.js';

const root = mkdtempSync(join(tmpdir(), 'dockwright-integrations-'));
const project = join(root, 'project');
const CACHE = { XDG_CACHE_HOME: join(root, 'cache') };
let tarball = '';
let cli = '';

const OLD = 'FROM debian:12\nRUN apt-get install curl\nUSER 1000\n';
const NEW = 'FROM debian:12\nUSER 1000\nRUN yum install curl\n';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const git = (...args: string[]): Said =>
  run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: project });
const lint = (...args: string[]): Said => run(process.execPath, [cli, 'lint', ...args], { cwd: project, env: CACHE });

/** A repository with fifty Dockerfiles that have findings, all of them in a baseline, and one more finding. */
beforeAll(() => {
  tarball = packInto(root);
  const installed = join(root, 'installed');
  mkdirSync(installed);
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: installed });
  cli = join(installed, 'node_modules/dockwright/dist/cli.cjs');
  for (let index = 0; index < 50; index++) {
    mkdirSync(join(project, `app${index}`), { recursive: true });
    writeFileSync(join(project, `app${index}/Dockerfile`), OLD);
  }
  git('init', '-q');
  const update = lint('--baseline', '.dockwright-baseline.json', '--update-baseline');
  if (update.status !== 0) throw new Error(update.err);
  writeFileSync(join(project, 'app7/Dockerfile'), OLD.replace('USER', 'RUN apt-get install wget\nUSER'));
  git('add', '-A');
  git('commit', '-qm', 'all');
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const wantsShell = test.skipIf(process.platform === 'win32');

/** Runs a script as a pipeline does. */
const bash = (script: string, env: Readonly<Record<string, string>>): Said =>
  run('bash', ['-eo', 'pipefail', '-c', script], { cwd: project, env: { ...CACHE, ...env } });

describe('a pipeline that knows what was there', () => {
  wantsShell('on GitHub: the action is red for the new finding alone, and says where it is', () => {
    const { inputs, runs } = parse(read('action.yml'));
    const summary = join(root, 'summary.md');
    const given: Record<string, string> = { package: tarball, args: '--baseline=.dockwright-baseline.json\n' };
    const [step] = runs.steps;
    const env = Object.entries(step.env).map(([name, value]) => {
      const input = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(String(value))?.[1] ?? '';
      return [name, given[input] ?? inputs[input].default];
    });
    const { status, out } = bash(step.run, { ...Object.fromEntries(env), GITHUB_STEP_SUMMARY: summary });
    expect(status).toBe(1);
    const annotations = out.trimEnd().split('\n');
    expect(annotations.length).toBeGreaterThan(0);
    for (const line of annotations) expect(line).toMatch(/^::(?:error|warning|notice) file=app7\/Dockerfile,line=3,/);
    expect(annotations.join()).toContain('DL3014');
    expect(readFileSync(summary, 'utf8')).toMatch(/^### app7\/Dockerfile\n/);
    const { results } = JSON.parse(readFileSync(join(project, 'dockwright.sarif'), 'utf8')).runs[0];
    expect(results).toHaveLength(annotations.length);
  });

  wantsShell('on GitLab: the job is red, and its reports hold the new finding alone', () => {
    const { dockwright } = parse(read('docs/integrations/gitlab.yml'));
    const variables = {
      ...dockwright.variables,
      DOCKWRIGHT_PACKAGE: tarball,
      DOCKWRIGHT_ARGS: '--baseline .dockwright-baseline.json .',
    };
    const texts = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
    const { status, err } = bash(dockwright.script.join('\n'), texts);
    expect([status, err]).toEqual([1, '']);
    const issues = JSON.parse(readFileSync(join(project, dockwright.artifacts.reports.codequality), 'utf8'));
    for (const { location, fingerprint } of issues) {
      expect(location).toMatchObject({ path: 'app7/Dockerfile', lines: { begin: 3 } });
      expect(fingerprint).toMatch(/^[0-9a-f]{40}$/);
    }
    expect(readFileSync(join(project, dockwright.artifacts.reports.junit), 'utf8')).toMatch(
      / failures="[1-9]\d*" errors="0"/,
    );
  });
});

describe('pre-commit', () => {
  const preCommit = fromPypi('pre-commit==4.7.0', 'bin/pre-commit');
  const withPython = { PYTHONPATH: dirname(dirname(preCommit ?? '')), PRE_COMMIT_HOME: join(root, 'pre-commit') };
  const call = (...args: string[]): Said =>
    run('python3', ['-m', 'pre_commit', ...args], { cwd: project, env: { ...CACHE, ...withPython } });
  const onPreCommit = test.skipIf(preCommit === undefined);

  onPreCommit('takes the hooks, and is red for the new finding alone', () => {
    expect(call('validate-manifest', join(ROOT, '.pre-commit-hooks.yaml'))).toMatchObject({ status: 0 });
    const [hook] = parse(read('.pre-commit-hooks.yaml'), { merge: true });
    const local = { ...hook, additional_dependencies: [tarball], args: ['--baseline', '.dockwright-baseline.json'] };
    writeFileSync(join(project, '.pre-commit-config.yaml'), stringify({ repos: [{ repo: 'local', hooks: [local] }] }));
    writeFileSync(join(project, 'Dockerfile-dev.dockerignore'), 'x\n');
    git('add', '-A');
    const { status, out } = call('run', '--all-files');
    expect([status, out]).toEqual([1, expect.stringContaining('app7/Dockerfile:3:')]);
    expect(out).not.toMatch(/app(?!7)\d+\/Dockerfile/);
    expect(call('run', '--files', 'app1/Dockerfile')).toMatchObject({ status: 0 });
  });
});

describe('lint-staged', () => {
  const lintStaged = fromNpm('lint-staged', '17.6.1', 'bin/lint-staged.js');
  const node22 = fromNpm(`node-${process.platform}-${process.arch}`, '22.23.5', 'bin/node');
  test.skipIf(lintStaged === undefined || node22 === undefined)('fixes what is staged', () => {
    const pattern = '{*.,}{Dockerfile,Containerfile}{.*,-*,}';
    writeFileSync(
      join(root, 'lint-staged.json'),
      JSON.stringify({ [pattern]: `"${process.execPath}" "${cli}" lint --fix --only DL3014 --fail-on never` }),
    );
    writeFileSync(join(project, 'app1/Dockerfile'), OLD.replace('curl', 'wget'));
    git('add', 'app1/Dockerfile');
    const { status, err } = run(node22 ?? '', [lintStaged ?? '', '--config', join(root, 'lint-staged.json')], {
      cwd: project,
      env: CACHE,
    });
    expect([status, err]).toEqual([0, expect.anything()]);
    expect(git('show', ':app1/Dockerfile').out).toContain('apt-get install -y wget');
    git('reset', '-q', '--hard');
  });
});

describe('the Docker client', () => {
  const hasDocker = run('docker', ['--version'], { cwd: root }).status === 0;
  test.skipIf(!hasDocker)('has “docker lint” when a link is named docker-lint', () => {
    const config = join(root, 'docker-config');
    mkdirSync(join(config, 'cli-plugins'), { recursive: true });
    symlinkSync(cli, join(config, 'cli-plugins/docker-lint'));
    chmodSync(cli, 0o755);
    const { status, out } = run('docker', ['--config', config, 'lint', '--only', 'DL3014', 'app1/Dockerfile'], {
      cwd: project,
      env: CACHE,
    });
    expect([status, out]).toEqual([1, expect.stringContaining('app1/Dockerfile:2:5 warning')]);
    expect(run('docker', ['--config', config, '--help'], { cwd: project }).out).toContain('lint*');
  });
});

describe('files for other programs', () => {
  const checker = fromPypi('check-jsonschema==0.39.0', 'bin/check-jsonschema');
  test.skipIf(checker === undefined).each([
    ['vendor.github-actions', 'action.yml'],
    ['vendor.github-workflows', '.github/workflows/release.yml'],
    ['vendor.gitlab-ci', 'docs/integrations/gitlab.yml'],
  ])('are what %s says: %s', (schema, file) => {
    const env = { PYTHONPATH: dirname(dirname(checker ?? '')) };
    const args = ['-m', 'check_jsonschema', '--builtin-schema', schema, file];
    expect(run('python3', args, { cwd: ROOT, env })).toMatchObject({ status: 0 });
  });

  test('say to MegaLinter how to find problems', () => {
    const { file_names_regex, linters } = parse(read('docs/integrations/dockwright.megalinter-descriptor.yml'));
    const isTaken = (name: string): boolean =>
      file_names_regex.some((one: string) => new RegExp(`^${one.replace('(?i)', '')}$`, 'i').test(name));
    expect(['Dockerfile', 'Dockerfile.dev', 'app.dockerfile', 'Containerfile'].filter(name => !isTaken(name))).toEqual(
      [],
    );
    expect(isTaken('README.md')).toBe(false);
    const [{ cli_lint_extra_args, cli_sarif_args, cli_lint_errors_regex }] = linters;
    const file = join(root, 'mega.sarif');
    const sarif = cli_sarif_args.map((arg: string) => arg.replace('{{SARIF_OUTPUT_FILE}}', file));
    expect(
      run(process.execPath, [cli, ...cli_lint_extra_args, ...sarif, 'app1/Dockerfile'], { cwd: project, env: CACHE })
        .status,
    ).toBe(1);
    expect(existsSync(file)).toBe(true);
    expect(lint('app1/Dockerfile').out).toMatch(new RegExp(cli_lint_errors_regex));
  });

  test('make an image of which we say nothing in the default profile', () => {
    expect(
      run(process.execPath, [cli, 'lint', '--quiet', 'docs/integrations/Dockerfile'], { cwd: ROOT, env: CACHE }),
    ).toEqual({ status: 0, out: '', err: '' });
  });
});

describe('reports, read by those they are for', () => {
  const report = (format: string): string =>
    lint('--profile', 'all', '--format', format, 'app7/Dockerfile', 'odd ü/Dockerfile').out;
  beforeAll(() => {
    mkdirSync(join(project, 'odd ü'), { recursive: true });
    writeFileSync(join(project, 'odd ü/Dockerfile'), `\uFEFF${NEW}RUN echo "🐳" && rm $FOO\nFOO "<&\u0007"\n`);
  });

  const multitool = fromNpm(`@microsoft/sarif-multitool-${process.platform}`, '5.7.0', 'Sarif.Multitool');
  test.skipIf(multitool === undefined)('SARIF: Microsoft’s validator with GitHub’s rules', () => {
    chmodSync(multitool ?? '', 0o755);
    const file = join(root, 'report.sarif');
    writeFileSync(file, report('sarif'));
    const env = { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
    const { status, out } = run(multitool ?? '', ['validate', file, '--rule-kind', 'Sarif;Ghas'], { cwd: root, env });
    expect([status, out.match(/(?:error|warning) \w+:.*/g)]).toEqual([0, null]);
  });

  const rdformat = fromNpm('@umbrelladocs/rdformat-validator', '1.0.1', 'bin/rdformat-validator.js');
  test.skipIf(rdformat === undefined)('rdjson: a validator of reviewdog’s format', () => {
    const validated = (text: string): string => {
      const file = join(root, 'report.rdjson');
      writeFileSync(file, text);
      return run(process.execPath, [rdformat ?? '', '--strict', '--no-extra-fields', file], { cwd: root }).out;
    };
    expect(validated(report('rdjson'))).toContain('Total errors: 0\nTotal warnings: 0');
    expect(validated(report('rdjson').replace('"line": 2', '"line": "2"'))).not.toContain('Total errors: 0');
  });

  const junitparser = fromPypi('junitparser==5.0.3', 'junitparser/__init__.py');
  test.skipIf(junitparser === undefined)('JUnit: junitparser counts as many failures as the status says', () => {
    const file = join(root, 'report.xml');
    const program =
      'import sys; from junitparser import JUnitXml; x = JUnitXml.fromfile(sys.argv[1]); print(x.tests, x.failures, x.errors, sum(1 for s in x for c in s if any(r.__class__.__name__ == "Failure" for r in c.result)))';
    for (const [failOn, status] of [
      ['warning', 1],
      ['never', 0],
      ['hint', 1],
    ] as const) {
      const { status: actual, out } = lint('--profile', 'all', '-f', 'junit', '--fail-on', failOn, 'app7/Dockerfile');
      writeFileSync(file, out);
      const env = { PYTHONPATH: dirname(dirname(junitparser ?? '')) };
      const [tests, failures, errors, failed] = run('python3', ['-c', program, file], { cwd: root, env })
        .out.split(/\s+/)
        .map(Number);
      expect(actual).toBe(status);
      expect(tests).toBeGreaterThan(0);
      expect(errors).toBe(0);
      expect(failures).toBe(failed);
      expect(Boolean(failures)).toBe(status === 1);
    }
  });

  test('checkstyle and JUnit: an XML reader that is not ours', () => {
    const program =
      'import sys, xml.etree.ElementTree as e; r = e.fromstring(sys.stdin.buffer.read()); print(r.tag, sorted({x.get("source") for x in r.iter("error") if x.get("source")}))';
    const checkstyle = run('python3', ['-c', program], { cwd: root, input: report('checkstyle') });
    expect(checkstyle).toMatchObject({ status: 0, out: expect.stringContaining("'DL3014'") });
    expect(checkstyle.out).not.toContain('(');
    expect(run('python3', ['-c', program], { cwd: root, input: report('junit') })).toMatchObject({ status: 0 });
  });
});
