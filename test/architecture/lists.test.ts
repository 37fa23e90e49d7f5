import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../server/src/cli/reporters/formats.js';
import { isRecord } from '../../shared/src/record.js';
import { DEFAULT_SETTINGS, PROFILES, parseSettings } from '../../shared/src/settings.js';

// Lists that are typed by hand in a second place: here they are held against the first.

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

function propertiesOf(manifest: unknown): Readonly<Record<string, unknown>> {
  const contributes = isRecord(manifest) ? manifest['contributes'] : undefined;
  const configuration = isRecord(contributes) ? contributes['configuration'] : undefined;
  const properties = isRecord(configuration) ? configuration['properties'] : undefined;
  return isRecord(properties) ? properties : {};
}

describe('the settings in package.json', () => {
  const properties = propertiesOf(JSON.parse(read('package.json')));
  // VS Code’s client reads this one itself.
  const own = Object.keys(properties).filter(name => name !== 'dockwright.trace.server');

  test('are those of shared/src/settings.ts', () => {
    expect(own.sort()).toEqual(
      Object.keys(DEFAULT_SETTINGS)
        .map(name => `dockwright.${name}`)
        .sort(),
    );
  });

  test.each(own)('%s has the default that is used, and values that are understood', name => {
    const property = properties[name];
    const key = name.replace('dockwright.', '');
    if (!isRecord(property)) throw new Error(`${name} is not an object`);
    expect(parseSettings({ [key]: property['default'] })).toEqual(DEFAULT_SETTINGS);
    const values = Array.isArray(property['enum']) ? property['enum'] : [];
    for (const value of values) expect(parseSettings({ [key]: value })).toMatchObject({ [key]: value });
    if (key === 'profile') expect(values).toEqual(PROFILES);
  });
});

test('README.md names every format of a report', () => {
  const line = read('README.md')
    .split('\n')
    .find(one => one.includes('--format sarif'));
  expect(FORMATS.filter(format => format !== 'text' && !line?.includes(format))).toEqual([]);
});

test('every format has a test', () => {
  const tests = read('test/cli/reporters.test.ts');
  expect(FORMATS.filter(format => !tests.includes(format))).toEqual([]);
});
