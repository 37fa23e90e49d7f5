import { describe, expect, test } from 'vitest';
import { packageManager, subcommandInfo } from '../../server/src/facts/packages/managers.js';

const kind = (name: string, verb: string): string | undefined => {
  const manager = packageManager(name);
  return manager && subcommandInfo(manager, verb)?.kind;
};

const takesValue = (name: string, flag: string, verb?: string): boolean => {
  const manager = packageManager(name);
  if (!manager) return false;
  return (
    manager.flagsWithValue.has(flag) ||
    (verb !== undefined && subcommandInfo(manager, verb)?.flagsWithValue.has(flag) === true)
  );
};

describe('package managers', () => {
  test.each([
    ['pip3', 'pip'],
    ['pip3.12', 'pip'],
    ['bundler', 'bundle'],
    ['dnf5', 'dnf'],
    ['apt', 'apt'],
    ['yum', 'yum'],
    ['micromamba', 'micromamba'],
  ])('%s is %s', (name, canonical) => {
    expect(packageManager(name)?.name).toBe(canonical);
  });

  test.each(['pipenv', 'pip-compile', 'apt-cache', 'gobuster', ''])('%s is none', name => {
    expect(packageManager(name)).toBeUndefined();
  });

  test.each([
    ['dnf', 'update', 'upgrade'],
    ['apt-get', 'update', 'update'],
    ['zypper', 'up', 'upgrade'],
    ['zypper', 'ref', 'update'],
    ['apk', 'del', 'remove'],
    ['npm', 'ci', 'install'],
    ['yarn', 'workspaces', 'other'],
    ['gem', 'sources', 'other'],
    ['go', 'get', 'install'],
    ['composer', 'require', 'install'],
  ])('%s %s: %s', (name, verb, expected) => {
    expect(kind(name, verb)).toBe(expected);
  });

  test.each([
    ['apk', '--virtual', true],
    ['apk', '-t', true],
    ['apt-get', '-o', true],
    ['apt-get', '-y', false],
    ['zypper', '-n', false],
    ['zypper', '--name', false],
    ['yarn', '--production', false],
    ['go', '--ldflags', true],
    ['pip', '-r', true],
    ['pip', '--upgrade', false],
  ])('%s %s takes a value: %s', (name, flag, expected) => {
    expect(takesValue(name, flag)).toBe(expected);
  });

  test('the same option after another verb', () => {
    expect(takesValue('conda', '-p', 'install')).toBe(true);
    expect(takesValue('conda', '-p', 'clean')).toBe(false);
    expect(takesValue('conda', '-f', 'env')).toBe(true);
    expect(takesValue('micromamba', '-f', 'install')).toBe(true);
    expect(takesValue('micromamba', '-f', 'clean')).toBe(false);
  });
});
