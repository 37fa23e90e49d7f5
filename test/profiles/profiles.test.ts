import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { hadolintSeverity } from '../../server/src/hadolint/severities.js';
import type { LintOptions } from '../../server/src/profiles/types.js';

const CODE = 'FROM debian:12 as x\nRUN apt-get install -y curl\nMAINTAINER me\nRUN apt-get install vim\n';

const severities = (options: Partial<LintOptions>, name: string, code = CODE): string[] =>
  lint(code, options)
    .findings.filter(finding => finding.rule === name || finding.codes.includes(name))
    .map(finding => finding.severity);

describe('profiles', () => {
  test('hadolint reports nothing but its own codes, with its own severities', () => {
    const { findings } = lint(CODE, { profile: 'hadolint' });
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) expect(finding.codes.join()).toMatch(/DL\d{4}/);
    expect(severities({ profile: 'hadolint' }, 'DL3015')).toEqual(['info', 'info']);
    expect(severities({ profile: 'hadolint' }, 'DL4000')).toEqual(['error']);
  });
  test('buildkit reports nothing but its own checks, as warnings', () => {
    const { findings } = lint(CODE, { profile: 'buildkit' });
    expect(findings.map(finding => finding.severity)).toEqual(['warning', 'warning']);
    expect(findings.flatMap(finding => finding.codes).filter(code => /^[A-Z][a-z]/.test(code))).toEqual([
      'FromAsCasing',
      'MaintainerDeprecated',
    ]);
  });
  test('strict adds to recommended, and all to strict', () => {
    const rules = (profile: LintOptions['profile']): Set<string> =>
      new Set(lint(CODE, { profile }).findings.map(finding => finding.rule));
    expect([...rules('recommended')].filter(rule => !rules('strict').has(rule))).toEqual([]);
    expect([...rules('strict')].filter(rule => !rules('all').has(rule))).toEqual([]);
    expect(rules('strict').size).toBeGreaterThan(rules('recommended').size);
  });
});

describe('levels', () => {
  test('by id or code, in any case; the id has the last word', () => {
    expect(severities({ rules: { DL3014: { severity: 'error' } } }, 'DL3014')).toEqual(['error']);
    expect(severities({ rules: { dl3014: { severity: 'off' } } }, 'DL3014')).toEqual([]);
    const both = { DL3014: { severity: 'error' }, 'apt-get-install-without-yes': { severity: 'info' } } as const;
    expect(severities({ rules: both }, 'DL3014')).toEqual(['info']);
  });
  test('ignored beats a level', () => {
    expect(severities({ rules: { DL3014: { severity: 'error' } }, ignore: ['ds-0021'] }, 'DL3014')).toEqual([]);
  });
  test('a level turns a rule on', () => {
    expect(severities({}, 'DL3008')).toEqual([]);
    expect(severities({ select: ['DL3008'] }, 'DL3008')).toHaveLength(2);
    expect(severities({ rules: { DL3008: { severity: 'hint' } } }, 'DL3008')).toEqual(['hint', 'hint']);
  });
  test('one code of a rule with several does not stand for the others', () => {
    const code = 'FROM alpine:3.22\nRUN apk add --no-cache curl\n';
    expect(severities({ profile: 'strict', ignore: ['DL3008'] }, 'DL3018', code)).toHaveLength(1);
    expect(severities({ profile: 'strict', ignore: ['DL3018'] }, 'DL3018', code)).toHaveLength(0);
  });
  test('syntax errors can be turned down as well', () => {
    expect(severities({}, 'DL1000', 'FROM a\nRNU b\n')).toEqual(['error']);
    expect(severities({ rules: { 'syntax-error': { severity: 'warning' } } }, 'DL1000', 'FROM a\nRNU b\n')).toEqual([
      'warning',
    ]);
    expect(severities({ ignore: ['DL1000'] }, 'DL1000', 'FROM a\nRNU b\n')).toEqual([]);
  });
  test('hadolint’s rules that are off until asked for', () => {
    expect(hadolintSeverity('DL3057')).toBeUndefined();
    expect(hadolintSeverity('DL3048')).toBe('hint');
    expect(severities({ profile: 'hadolint' }, 'DL3057')).toEqual([]);
    expect(severities({ profile: 'hadolint', select: ['DL3057'] }, 'DL3057')).toHaveLength(1);
  });
});
