import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { fixText } from '../../server/src/fixes/index.js';
import { planHarden } from '../../server/src/harden/index.js';
import { DEFAULT_OPTIONS } from '../../server/src/profiles/types.js';
import { codeActions } from '../../server/src/service/actions.js';
import { lineIndex } from '../../server/src/text/line-index.js';
import { dockerfile } from '../fixes/generate.js';

const reported = (text: string): string[] => lint(text).findings.map(({ rule }) => rule);

describe('in a template', () => {
  test('neither order nor casing nor what replaces what is known', () => {
    const branches = '<% if a %>\nCMD ["a"]\n<% else %>\nCMD ["b"]\n<% end %>\n';
    expect(reported(`FROM scratch\n${branches}`)).toEqual([]);
    expect(reported('{{ from("php") }}\nRUN make\nrun test\n')).toEqual([]);
  });

  test('a base image with a tag in it is unknown', () => {
    expect(reported('FROM php:8.4-%%VARIANT%%\nRUN apk add --no-cache x=1\n')).not.toContain('command-not-in-image');
    expect(reported('FROM php:8.4-apache\nRUN apk add --no-cache x=1\n')).toContain('command-not-in-image');
  });

  test('what the pieces between tags say is read as far as it is certain', () => {
    const text = [
      'FROM centos:7',
      '{% if x %}',
      'RUN chmod -R 777 /srv',
      '{% endif %}',
      'RUN chmod -R 777 /opt \\',
      '    && make {{ target }}',
      'RUN chmod -R 777 {{ folder }}',
    ].join('\n');
    const { findings } = lint(text);
    expect(findings.map(({ rule, at }) => `${rule} ${at}`)).toEqual([
      'end-of-life-image 0',
      'world-writable 2',
      'world-writable 4',
    ]);
    for (const { at, fixes } of findings) {
      if (at === 4) expect(fixes).toEqual([]);
      for (const fix of fixes) expect(fix.safety).toBe('manual');
    }
  });

  test('a real syntax error between the tags stays one', () => {
    expect(reported('FROM {{ image }}\nHEALTHCHECK wget -q localhost\n')).toContain('syntax-error');
  });

  test('what is within a tag of several lines is not read', () => {
    const text = "FROM debian:13\n{% set packages = [\n  'gcc',\n  'make'\n] %}\n{#\nCMD a\nCMD b\n#}\nCMD [\"c\"]\n";
    expect(reported(text)).toEqual([]);
  });

  test('what hadolint says stays, but nothing is fixed', () => {
    const { findings } = lint('from {{ image }}\nRUN apt-get install x\n', { profile: 'hadolint' });
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.flatMap(({ fixes }) => fixes)).toEqual([]);
  });

  test('no refactoring is offered', () => {
    const text = 'FROM {{ image }}\nRUN a && b\nRUN c\n';
    const version = {
      uri: 'file:///Dockerfile',
      version: 1,
      revision: 1,
      result: lint(text),
      index: lineIndex(text),
      options: DEFAULT_OPTIONS,
      fileUri: () => undefined,
      fileText: () => undefined,
    };
    expect(codeActions(version, { start: 0, end: text.length }, { only: ['refactor'], invoked: true })).toEqual([]);
  });
});

const tag = fc.constantFrom(
  '{{ a }}',
  '{{- if .X }}',
  '{{ end }}',
  '{% if x %}',
  '{% endif %}',
  '{%- set p = [\n"a",\n"b"] -%}',
  '{# a\nRUN b #}',
  '<%= a %>',
  '<% if b -%>',
  '{{ f(\'x\', "y") }}',
);

/** A Dockerfile with tags in lines of their own and in the middle of others. */
const template = fc
  .tuple(dockerfile, fc.array(fc.tuple(fc.nat(), tag, fc.boolean()), { minLength: 1, maxLength: 4 }))
  .map(([text, tags]) => {
    let result = text;
    for (const [at, one, own] of tags) {
      const line = result.lastIndexOf('\n', at % (result.length + 1)) + 1;
      const place = own ? line : at % (result.length + 1);
      result = result.slice(0, place) + (own ? `${one}\n` : one) + result.slice(place);
    }
    return `{{ header }}\n${result}`;
  });

describe('whatever tags are put into a Dockerfile', () => {
  test('no error is about an instruction with a tag, and nothing is rewritten', () => {
    fc.assert(
      fc.property(template, fc.constantFrom('recommended' as const, 'all' as const), (text, profile) => {
        const { findings, dockerfile: file } = lint(text, { profile });
        for (const { at, severity, rule } of findings) {
          if (severity !== 'error' || at < 0) continue;
          expect(file.instructions[at]?.instruction.text ?? '', rule).not.toMatch(/\{\{|\{%|\{#|<%|%\}|#\}/);
        }
        expect(findings.flatMap(({ fixes }) => fixes).filter(({ safety }) => safety !== 'manual')).toEqual([]);
        expect(fixText(text, { profile }, 'safe').text).toBe(text);
        expect(fixText(text, { profile }, 'review').text).toBe(text);
        expect(planHarden(text, { profile }).after).toBe(text);
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
