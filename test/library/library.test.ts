import { describe, expect, test } from 'vitest';
import { harden, lint } from '../../server/src/library/index.js';

const TEXT = 'FROM debian:12\nRUN apt-get update && apt-get install curl\n';

describe('lint', () => {
  test('gives findings with zero-based ranges and fixes that can be applied', () => {
    const finding = lint(TEXT).findings.find(({ codes }) => codes.includes('DL3014'));
    expect(finding).toEqual({
      rule: 'apt-get-install-without-yes',
      codes: ['DL3014', 'DS-0021'],
      severity: 'warning',
      message: expect.stringContaining('-y'),
      range: { start: { line: 1, character: 22 }, end: { line: 1, character: 37 } },
      docs: expect.stringMatching(/^https:.*apt-get-install-without-yes/),
      fixes: [
        {
          title: 'Add -y',
          safety: 'safe',
          preferred: true,
          edits: [{ range: { start: { line: 1, character: 37 }, end: { line: 1, character: 37 } }, text: ' -y' }],
        },
      ],
    });
  });

  test('takes the keys of a configuration file', () => {
    const rules = (options: Parameters<typeof lint>[1]): string[] =>
      lint('FROM debian:12\nADD a /a\nCMD a b\n', options).findings.map(
        ({ codes, severity }) => `${codes[0]} ${severity}`,
      );
    expect(rules({ profile: 'hadolint' })).toEqual(['DL3020 error', 'DL3025 warning']);
    expect(rules({ profile: 'hadolint', ignore: ['DL3025'], rules: { DL3020: 'hint' } })).toEqual(['DL3020 hint']);
    expect(rules({ profile: 'hadolint', 'trusted-registries': ['ghcr.io'] })[0]).toBe('DL3026 error');
  });

  test('knows a template by the name of the file', () => {
    const text = 'FROM {{ image }}\nUSER 1000\n';
    expect(lint(text, { fileName: 'Dockerfile.j2' }).findings).toEqual([]);
  });

  test.each([
    [{ profile: 'none' }, 'profile must be one of'],
    [{ rules: { nothing: 'off' } }, 'Unknown rule “nothing”'],
    [{ ignroe: ['DL3008'] }, 'did you mean ignore'],
    [{ 'fail-on': 'error' }, 'fail-on'],
    [{ shellcheck: true }, 'ShellCheck'],
  ])('refuses %j', (options, message) => {
    expect(() => Reflect.apply(lint, undefined, [TEXT, options])).toThrow(TypeError);
    expect(() => Reflect.apply(lint, undefined, [TEXT, options])).toThrow(message);
  });

  test('refuses what is not text', () => {
    expect(() => Reflect.apply(lint, undefined, [Buffer.from(TEXT)])).toThrow(TypeError);
  });
});

describe('harden', () => {
  test('gives the new text, what was done, and what is left in it', () => {
    const { text, applied, left, refusal } = harden(TEXT);
    expect(text).toContain('apt-get install -y');
    expect(applied).toContainEqual({ rule: 'apt-get-install-without-yes', title: 'Add -y', safety: 'safe' });
    expect(lint(text).findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(left.map(({ rule }) => rule)));
    expect(refusal).toBeUndefined();
    expect(harden(text).text).toBe(text);
  });
});
