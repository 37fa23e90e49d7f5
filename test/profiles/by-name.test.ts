import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { optionsByName } from '../../server/src/profiles/by-name.js';

const TEXT = 'FROM debian\nRUN apt-get update && apt-get install -y git\nCMD ["/app"]\n';

const severities = (name: string, more = {}) =>
  Object.fromEntries(
    lint(TEXT, { ...optionsByName(name), ...more }).findings.map(({ rule, severity }) => [rule, severity]),
  );

describe('a file that is named as one to work with', () => {
  test.each([
    'Dockerfile.dev',
    'dev.Dockerfile',
    'Dockerfile-test',
    'Dockerfile.ci.amd64',
    'e2e/tests.dockerfile',
    '/work/.devcontainer/Dockerfile',
    'file:///c%3A/work/.github/Dockerfile',
    'C:\\work\\.devcontainer\\Dockerfile',
  ])('%s: what matters in an image that is shipped is a hint', name => {
    expect(severities(name)).toMatchObject({
      'untagged-image': 'hint',
      'apt-get-install-recommends': 'hint',
      'apt-lists-left': 'hint',
      'final-stage-runs-as-root': 'hint',
    });
  });

  test('what is configured, or another profile, has the last word', () => {
    expect(severities('Dockerfile.dev', { rules: { 'untagged-image': { severity: 'error' } } })).toMatchObject({
      'untagged-image': 'error',
    });
    expect(severities('Dockerfile.dev', { profile: 'strict' })).toMatchObject({ 'untagged-image': 'warning' });
  });

  test('what is wrong in any image stays what it is', () => {
    const { findings } = lint('FROM debian:13\nRUN apt-get install git\n', optionsByName('Dockerfile.dev'));
    expect(findings.find(({ rule }) => rule === 'apt-get-install-without-yes')?.severity).toBe('warning');
  });
});

test.each(['Dockerfile', 'Dockerfile.prod', 'device.Dockerfile', '/home/dev/test/Dockerfile', 'latest.Dockerfile'])(
  '%s is not named so',
  name => {
    expect(severities(name)).toMatchObject({ 'untagged-image': 'warning', 'apt-lists-left': 'info' });
  },
);
