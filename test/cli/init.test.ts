import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { folder, run } from './run.js';

async function init(files: Readonly<Record<string, string>>): Promise<{ config: unknown; err: string; cwd: string }> {
  const cwd = folder(files);
  const { code, err, out } = await run(cwd, ['init']);
  expect([code, out]).toEqual([0, expect.stringContaining('Wrote .dockwright.yaml')]);
  return { config: parse(readFileSync(join(cwd, '.dockwright.yaml'), 'utf8')), err, cwd };
}

describe('init', () => {
  test('writes a configuration that is understood', async () => {
    const { config, err, cwd } = await init({ Dockerfile: 'FROM debian:12\nUSER 1000\n' });
    expect([config, err]).toEqual([{ profile: 'recommended' }, '']);
    expect((await run(cwd, ['lint'])).code).toBe(0);
  });

  test('takes over what hadolint’s file says', async () => {
    const hadolint = `ignored: [DL3008, SC2086]
override:
  error: [DL3020]
  style: [DL3003]
failure-threshold: error
trustedRegistries: [ghcr.io]
label-schema: { maintainer: text }
strict-labels: true
disable-ignore-pragma: true
`;
    const { config, cwd } = await init({ '.hadolint.yaml': hadolint, Dockerfile: 'FROM ghcr.io/a:1\n' });
    expect(config).toEqual({
      profile: 'recommended',
      ignore: ['DL3008', 'SC2086'],
      rules: { DL3003: 'hint', DL3020: 'error' },
      'fail-on': 'error',
      'label-schema': { maintainer: 'text' },
      'strict-labels': true,
      'trusted-registries': ['ghcr.io'],
      'disable-ignore-comments': true,
    });
    expect((await run(cwd, ['lint', '--print-config'])).code).toBe(0);
  });

  test('takes over the settings of other linters, and says what it leaves out', async () => {
    const { config, err } = await init({
      '.trivyignore': '# why\nAVD-DS-0002\nCVE-2020-1 exp:2030-01-01\n',
      '.trivyignore.yaml': 'misconfigurations:\n  - id: AVD-DS-0026\n    paths: [dev/**]\n  - id: DS-0005\n',
      '.checkov.yaml': 'skip-check:\n  - CKV_DOCKER_3\n  - CKV_AWS_1\nskip-path: [vendor]\n',
      '.kics.yaml':
        'exclude-paths: "old,older"\nexclude-queries: [b03a748a-542d-44f4-bb86-9199ab4fd2d5, 9513A694-aa0d-41d8-be61-3271e056f36b, 00000000-0000-0000-0000-000000000000]\n',
      '.dockleignore': 'CIS-DI-0006\nDKL-LI-0003\n',
      '.tally.toml':
        '[rules]\nexclude = ["buildkit/MaintainerDeprecated", "hadolint/DL3018"]\n\n[rules.hadolint.DL3020]\nseverity = "off"\n[rules.tally."no-such-rule"]\nseverity = "error"\n',
    });
    expect(config).toEqual({
      profile: 'recommended',
      exclude: ['vendor', 'old', 'older'],
      overrides: [{ files: ['dev/**'], ignore: ['AVD-DS-0026'] }],
      ignore: [
        'AVD-DS-0002',
        'CKV_DOCKER_3',
        'DL3018',
        'DS-0005',
        'MaintainerDeprecated',
        'add-instead-of-copy',
        'missing-healthcheck',
      ],
      rules: { DL3020: 'off' },
    });
    expect(err).toContain('took over .trivyignore, but for what no rule here is about: CVE-2020-1.');
    expect(err).toContain('no rule here is about: 00000000-0000-0000-0000-000000000000.');
    expect(err).toContain('DKL-LI-0003');
    expect(err).toContain('no-such-rule');
  });

  test('leaves out what cannot be read', async () => {
    const { err } = await init({ '.checkov.yaml': '{' });
    expect(err).toBe('dockwright: .checkov.yaml was left out: it cannot be read.\n');
  });

  test('writes over nothing unless told to', async () => {
    const cwd = folder({ '.dockwright.yml': 'profile: strict\n' });
    expect(await run(cwd, ['init'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('.dockwright.yml already'),
    });
    expect((await run(cwd, ['init', '--force'])).code).toBe(0);
    expect(readFileSync(join(cwd, '.dockwright.yml'), 'utf8')).toContain('profile: recommended');
    expect((await run(cwd, ['init', 'here'])).code).toBe(2);
  });
});
