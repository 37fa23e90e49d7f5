import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import type { LintOptions } from '../../server/src/profiles/types.js';
import { RULES } from '../../server/src/rules/index.js';

/** What is reported about a file, as `line rule`; only about the rules named, so that new rules do not matter. */
function reported(code: string, rules: readonly string[], options: Partial<LintOptions> = {}): string[] {
  return lint(code, { profile: 'all', ...options })
    .findings.filter(finding => rules.includes(finding.rule) || finding.codes.some(name => rules.includes(name)))
    .map(finding => `${code.slice(0, finding.span.start).split('\n').length} ${finding.rule}`);
}

const YES = 'apt-get-install-without-yes';
const install = (comment: string): string =>
  `FROM debian:12\n${comment}\nRUN apt-get install curl\nRUN apt-get install vim\n`;
const yes = (code: string, options?: Partial<LintOptions>): string[] => reported(code, [YES], options);

describe('# dockwright ignore=', () => {
  test('silences the next instruction only', () => {
    expect(yes(install(`# dockwright ignore=${YES}`))).toEqual([`4 ${YES}`]);
  });
  test.each([
    ['a code of hadolint', '# dockwright ignore=DL3014'],
    ['a code of Trivy', '# dockwright ignore=DS-0021'],
    ['Trivy’s older spelling', '# dockwright ignore=AVD-DS-0021'],
    ['another case', '# Dockwright Ignore=dl3014'],
    ['several names', '# dockwright ignore=DL3008, DL3014'],
    ['a reason', '# dockwright ignore=DL3014 -- the base image sets it'],
    ['a reason without dashes', '# dockwright ignore=DL3014 since the base image sets it'],
    ['spaces around the equals sign', '#dockwright   ignore = DL3014'],
    ['an indentation', '   # dockwright ignore=DL3014'],
    ['a blank line below', '# dockwright ignore=DL3014\n'],
    ['another comment below', '# dockwright ignore=DL3014\n# and now, the installation'],
  ])('takes %s', (_, comment) => {
    expect(yes(install(comment))).toHaveLength(1);
  });
  test('works inside a continued instruction', () => {
    expect(
      yes('FROM debian:12\nRUN apt-get update && \\\n  # dockwright ignore=DL3014\n  apt-get install curl\n'),
    ).toEqual([]);
  });
  test('works with CRLF', () => {
    expect(yes(install('# dockwright ignore=DL3014').replace(/\n/g, '\r\n'))).toHaveLength(1);
  });
  test('another name silences nothing', () => {
    expect(yes(install('# dockwright ignore=DL3015'))).toHaveLength(2);
  });
  test('silences a syntax error, and nothing else is lost', () => {
    const code = 'FROM debian:12\n# dockwright ignore=syntax-error\nRNU true\nRUN apt-get install curl\n';
    expect(reported(code, ['syntax-error', YES])).toEqual([`4 ${YES}`]);
  });
  test('counts in every profile', () => {
    for (const profile of ['hadolint', 'recommended', 'strict'] as const) {
      expect(yes(install('# dockwright ignore=DL3014'), { profile })).toHaveLength(1);
    }
  });
});

describe('# dockwright file-ignore= and stage-ignore=', () => {
  const two = (comment: string): string =>
    `FROM debian:12 AS a\nRUN apt-get install curl\n${comment}\nFROM debian:12\nRUN apt-get install curl\nRUN apt-get install vim\n`;
  test('file-ignore silences the whole file, wherever it is', () => {
    expect(yes(two(`# dockwright file-ignore=${YES}`))).toEqual([]);
    expect(yes(`FROM debian:12\nRUN apt-get install curl\n# dockwright file-ignore=${YES}\n`)).toEqual([]);
  });
  test('stage-ignore silences the stage below', () => {
    expect(yes(two('# dockwright stage-ignore=DL3014'))).toEqual([`2 ${YES}`]);
  });
  test('above an ARG before the first FROM it means the first stage', () => {
    expect(yes('# dockwright stage-ignore=DL3014\nARG V=12\nFROM debian:$V\nRUN apt-get install curl\n')).toEqual([]);
  });
});

describe('# hadolint ignore=', () => {
  test('silences our rule by hadolint’s code', () => {
    expect(yes(install('# hadolint ignore=DL3014'))).toHaveLength(1);
    expect(yes(install('# hadolint ignore=DL3008,DL3014 # for now'))).toHaveLength(1);
  });
  test('in profile hadolint it must be on the line before', () => {
    const profile = 'hadolint';
    expect(yes(install('# hadolint ignore=DL3014'), { profile })).toHaveLength(1);
    expect(yes(install('# hadolint ignore=DL3014\n'), { profile })).toHaveLength(2);
    expect(yes(install('# hadolint ignore=DL3014\n# why'), { profile })).toHaveLength(2);
    expect(yes(install('# hadolint ignore=crazy,DL3014'), { profile })).toHaveLength(2);
    expect(yes(install('# hadolint ignore=DL3014 because'), { profile })).toHaveLength(2);
    expect(yes(install('# hadolint ignore=DL3014 # because'), { profile })).toHaveLength(1);
  });
  test('global and stage', () => {
    expect(yes(install('# hadolint global ignore = DL3014 , DL3008'))).toEqual([]);
    expect(
      yes(
        '# hadolint stage ignore=DL3014\nFROM debian:12\nRUN apt-get install curl\nFROM debian:12\nRUN apt-get install curl\n',
      ),
    ).toEqual([`5 ${YES}`]);
  });
  test('in profile hadolint a stage comment does not cover the FROM itself', () => {
    const code = '# hadolint stage ignore=DL3006,DL3014\nFROM debian\nRUN apt-get install curl\n';
    expect(reported(code, ['DL3006', 'DL3014'], { profile: 'hadolint' })).toHaveLength(1);
    expect(reported(code, ['DL3006', 'DL3014'])).toHaveLength(0);
  });
  test('disable-ignore-pragma turns it off', () => {
    expect(yes(install('# hadolint ignore=DL3014'), { disableIgnorePragma: true })).toHaveLength(2);
    expect(yes(install('# hadolint global ignore=DL3014'), { disableIgnorePragma: true })).toHaveLength(2);
  });
  test('is nothing to profile buildkit', () => {
    const code = 'FROM alpine:3.22\n# hadolint ignore=MaintainerDeprecated\nMAINTAINER me\n';
    expect(reported(code, ['MaintainerDeprecated'], { profile: 'buildkit' })).toHaveLength(1);
  });
});

describe('# check=', () => {
  const casing = (top: string, profile: LintOptions['profile'] = 'buildkit'): string[] =>
    reported(
      `${top}FROM scratch as base\ncopy Dockerfile .\n`,
      ['FromAsCasing', 'ConsistentInstructionCasing', 'syntax-error'],
      { profile },
    ).map(line => line.split(' ')[1] ?? '');
  test('at the top it skips the checks it names', () => {
    expect(casing('')).toHaveLength(2);
    expect(casing('# check=skip=FromAsCasing\n')).toHaveLength(1);
    expect(casing('#check = skip=FromAsCasing,ConsistentInstructionCasing\n')).toEqual([]);
    expect(casing('# check=skip=all\n')).toEqual([]);
    expect(casing('# syntax=docker/dockerfile:1\n# check=skip=all // for now\n')).toEqual([]);
  });
  test('names have their case, and the value ends at the first space', () => {
    expect(casing('# check=skip=fromascasing,ConsistentInstructionCasing\n')).toHaveLength(1);
    expect(casing('# check=skip=FromAsCasing, ConsistentInstructionCasing\n')).toHaveLength(1);
  });
  test('after another line it is a comment of the next instruction', () => {
    expect(casing('# A comment.\n\n# check=skip=FromAsCasing\n')).toHaveLength(1);
  });
  test('a malformed one stops the build, so it is an error', () => {
    expect(casing('# check=skip=FromAsCasing; error=true\n')).toContain('syntax-error');
    expect(casing('# check=skp=FromAsCasing\n')).toContain('syntax-error');
    expect(casing('# check=error=yes\n')).toContain('syntax-error');
    expect(casing('# check=error=T\n')).not.toContain('syntax-error');
  });
  test('error=true makes errors of what the build fails on', () => {
    const { findings } = lint('# check=error=true\nFROM scratch as base\n', { profile: 'buildkit' });
    expect(findings.map(finding => finding.severity)).toEqual(['error']);
  });
  test('it is nothing to profile hadolint', () => {
    const code = '# check=skip=all\nFROM scratch\nMAINTAINER me\n';
    expect(reported(code, ['DL4000'], { profile: 'hadolint' })).toHaveLength(1);
    expect(reported(code, ['DL4000'])).toHaveLength(0);
  });

  const inline = (comment: string, profile: LintOptions['profile'] = 'buildkit'): number =>
    reported(`FROM scratch\n${comment}\nMAINTAINER me@example.org\n`, ['MaintainerDeprecated'], { profile }).length;
  test('above an instruction it skips there', () => {
    expect(inline('# check=skip=MaintainerDeprecated')).toBe(0);
    expect(inline('# check=skip=all')).toBe(0);
    expect(inline('# check=skip=MaintainerDeprecated // old\n\n# more')).toBe(0);
    expect(inline('# check=skip=MaintainerDeprecated', 'recommended')).toBe(0);
  });
  test('not when it is indented, malformed, second, or before an empty comment', () => {
    expect(inline(' # check=skip=MaintainerDeprecated')).toBe(1);
    expect(inline('# check=skip=MaintainerDeprecated;foo=bar')).toBe(1);
    expect(inline('# check=skip=UndefinedVar\n# check=skip=MaintainerDeprecated')).toBe(1);
    expect(inline('# check=skip=MaintainerDeprecated\n#')).toBe(1);
  });
  test('BuildKit does not obey it for checks it makes while reading; our own reading does', () => {
    const code = 'FROM scratch AS base\nFROM scratch\n# check=skip=ConsistentInstructionCasing\ncopy --from=base a b\n';
    expect(reported(code, ['ConsistentInstructionCasing'], { profile: 'buildkit' })).toHaveLength(1);
    expect(reported(code, ['ConsistentInstructionCasing'])).toHaveLength(0);
  });
});

describe('# kics-scan', () => {
  const ADD = ['add-instead-of-copy', 'latest-tag'];
  const QUERY = '9513a694-aa0d-41d8-be61-3271e056f36b';
  test.each([
    [
      'the next instruction',
      'FROM debian:latest\n# kics-scan ignore-line\nADD a /a\nADD b /b\n',
      ['1 latest-tag', '4 add-instead-of-copy'],
    ],
    [
      'a block',
      'FROM debian:latest\n#kics-scan ignore-block\nADD a /a\nADD b /b\n',
      ['1 latest-tag', '4 add-instead-of-copy'],
    ],
    ['a stage', '# kics-scan ignore-block\nFROM debian:latest\nADD a /a\nFROM debian:latest\n', ['4 latest-tag']],
    ['one FROM', '# kics-scan ignore-line\nFROM debian:latest\nADD a /a\n', ['3 add-instead-of-copy']],
    ['the file', '# kics-scan ignore\nFROM debian:latest\nADD a /a\n', []],
    ['a query', `# kics-scan disable=${QUERY}\nFROM debian:latest\nADD a /a\n`, ['2 latest-tag']],
    [
      'queries',
      `# kics-scan disable=00000000-0000-0000-0000-000000000000, ${QUERY.toUpperCase()}\nFROM debian:latest\nADD a /a\n`,
      ['2 latest-tag'],
    ],
    ['nothing', '# kics-scan enable=x\n# kics-scan ignore this\nFROM debian:latest\n', ['3 latest-tag']],
  ])('silences %s', (_, code, expected) => {
    expect(reported(code, ADD)).toEqual(expected);
    expect(reported(code, ['useless-ignore'])).toEqual([]);
    expect(reported(code, ['DL3007', 'DL3020'], { profile: 'hadolint' }).length).toBeGreaterThan(0);
  });

  test('names rules that there are', () => {
    const names = [...readFileSync('server/src/standards/kics.ts', 'utf8').matchAll(/\['(.+)'\]/g)].flatMap(
      ([, list = '']) => list.split("', '"),
    );
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter(name => !RULES.some(({ id }) => id === name))).toEqual([]);
  });
});

describe('# trivy:ignore:', () => {
  test('silences by Trivy’s codes, and above FROM in the whole stage', () => {
    expect(yes(install('# trivy:ignore:DS-0021'))).toHaveLength(1);
    expect(yes(install('#trivy:ignore:AVD-DS-0021:exp:2030-01-01'))).toHaveLength(1);
    expect(yes('# trivy:ignore:AVD-DS-0021\nFROM debian:12\nRUN apt-get install curl\n')).toEqual([]);
  });
});

describe('an ignore that silences nothing', () => {
  const hints = (code: string, options: Partial<LintOptions> = {}): string[] =>
    lint(code, options)
      .findings.filter(finding => finding.rule === 'useless-ignore')
      .map(finding => code.slice(finding.span.start, finding.span.end));
  const quiet = (comment: string): string =>
    `FROM debian:12\n${comment}\nRUN apt-get install -y --no-install-recommends curl\n`;
  test('is a hint at the name', () => {
    expect(hints(quiet('# dockwright ignore=DL3014'))).toEqual(['DL3014']);
    expect(hints(quiet('# dockwright file-ignore=DL3014'))).toEqual(['DL3014']);
    expect(hints(quiet('# hadolint ignore=DL3014'))).toEqual(['DL3014']);
  });
  test('names what does not exist', () => {
    expect(hints(install('# dockwright ignore=DL3014,apt-get-install-without-yess'))).toEqual([
      'apt-get-install-without-yess',
    ]);
  });
  test('is none when something is silenced by it', () => {
    expect(hints(install('# dockwright ignore=DL3014'))).toEqual([]);
  });
  test('is none where the comment itself is why the rule is silent', () => {
    const runs = (comment: string): string => `FROM debian:12\nRUN echo a > /a\n${comment}\nRUN echo b > /b\n`;
    expect(lint(runs('#'), {}).findings.map(finding => finding.rule)).toContain('consecutive-runs');
    expect(hints(runs('# dockwright ignore=consecutive-runs'))).toEqual([]);
    expect(hints(runs('# dockwright ignore=DL3059 -- cached for itself'))).toEqual([]);
    expect(hints('FROM debian:12\n# dockwright file-ignore=consecutive-runs\nRUN a\n')).toEqual(['consecutive-runs']);
    const copies = 'FROM debian:12\nCOPY a.txt /srv/\n# dockwright ignore=consecutive-copy\nCOPY b.txt /srv/\n';
    expect(hints(copies)).toEqual([]);
  });
  test('is none for a rule that is off, for ShellCheck, for Trivy', () => {
    expect(hints(quiet('# dockwright ignore=DL3014'), { ignore: ['DL3014'] })).toEqual([]);
    expect(hints(quiet('# hadolint ignore=SC2086,SC1091'))).toEqual([]);
    expect(hints(quiet('# trivy:ignore:DS-0021 trivy:ignore:AWS-0001'))).toEqual([]);
  });
  test('is none in the profiles of other tools', () => {
    for (const profile of ['hadolint', 'buildkit'] as const)
      expect(hints(quiet('# dockwright ignore=nonsense'), { profile })).toEqual([]);
  });
  test('is none when hadolint itself would report there', () => {
    // hadolint wants every stage to end without root; we look at the one that ships.
    const code = 'FROM alpine:3.22 AS build\n# hadolint ignore=DL3002\nUSER root\nFROM alpine:3.22\nUSER 1000\n';
    expect(hints(code)).toEqual([]);
  });
  test('stays cheap in large files', () => {
    const many = `FROM debian:12\n${'# dockwright ignore=DL3014\nRUN true\n'.repeat(5000)}`;
    const begin = performance.now();
    expect(hints(many)).toHaveLength(5000);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});

describe('# dockerfile-utils: ignore', () => {
  test('silences all that would be said of the next instruction', () => {
    const code = 'FROM debian:12\n# dockerfile-utils: ignore\nRNU apt-get install curl\nRUN apt-get install vim\n';
    expect(reported(code, ['syntax-error', YES])).toEqual([`4 ${YES}`]);
    expect(yes(install('#dockerfile-utils:ignore'))).toEqual([`4 ${YES}`]);
  });
  test('is not a mistake where nothing would be said', () => {
    expect(reported(`FROM debian:13\n# dockerfile-utils: ignore\nUSER 1000\n`, ['useless-ignore'])).toEqual([]);
  });
  test('means nothing to hadolint and BuildKit', () => {
    for (const profile of ['hadolint', 'buildkit'] as const)
      expect(
        reported('# dockerfile-utils: ignore\nFROM debian AS B\n', ['DL3006', 'StageNameCasing'], { profile }),
      ).toHaveLength(1);
  });
});

test('an offered stage-ignore covers the FROM and all below it, also in profile hadolint', () => {
  const code =
    'FROM debian:12 AS a\nRUN make\n# dockwright stage-ignore=DL3014,DL3007\nFROM debian:latest\nRUN apt-get install curl\nRUN apt-get install vim\n';
  expect(reported(code, ['DL3014', 'DL3007'], { profile: 'hadolint' })).toEqual([]);
});
