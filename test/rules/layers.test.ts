import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { fixText } from '../../server/src/fixes/index.js';

const LIST = 'apt-get update && apt-get install -y --no-install-recommends x';

/** The file after the fixes of the given rules alone. */
const fixed = (text: string, ...rules: readonly string[]): string =>
  fixText(text, { profile: 'recommended' }, 'review', finding => rules.includes(finding.rule)).text;

const rules = (text: string): readonly string[] => lint(text).findings.map(finding => finding.rule);

test('the lists that one trigger fetches stay for the next', () => {
  const next = (second: string): string =>
    fixed(`FROM debian:12\nONBUILD RUN ${LIST}\nONBUILD RUN ${second}\n`, 'apt-lists-left');
  expect(next('apt-get install -y --no-install-recommends y')).not.toContain('rm -rf');
  expect(next('make')).toBe(`FROM debian:12\nONBUILD RUN ${LIST} && rm -rf /var/lib/apt/lists/*\nONBUILD RUN make\n`);
});

test('a RUN that cleans up after itself does not do so for one below', () => {
  const own = `${LIST} && rm -rf /var/lib/apt/lists/*`;
  expect(fixed(`FROM debian:12\nRUN ${LIST}\nCOPY a /a\nRUN ${own}\n`, 'apt-lists-left')).toBe(
    `FROM debian:12\nRUN ${own}\nCOPY a /a\nRUN ${own}\n`,
  );
  expect(rules('FROM fedora:43\nRUN dnf install -y a\nRUN dnf install -y b && dnf clean all\n')).toContain(
    'dnf-cache-left',
  );
});

describe('where a clean-up is appended', () => {
  const append = (run: string): string =>
    fixed(`FROM debian:12\nRUN ${run}\n`, 'apt-lists-left').slice('FROM debian:12\nRUN '.length, -1);

  test.each([
    ['a list on one line stays there', LIST, `${LIST} && rm -rf /var/lib/apt/lists/*`],
    [
      'not before what still needs the lists',
      'apt-get update; apt-get install -y x',
      'apt-get update; apt-get install -y x && rm -rf /var/lib/apt/lists/*',
    ],
    [
      'before a comment of the shell',
      'apt-get update && apt-get install -y x # why',
      'apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/* # why',
    ],
    [
      'before a last separator',
      'apt-get update && apt-get install -y x;',
      'apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*;',
    ],
    [
      'with && at the ends of lines',
      'apt-get update && \\\n  apt-get install -y x',
      'apt-get update && \\\n  apt-get install -y x && \\\n  rm -rf /var/lib/apt/lists/*',
    ],
    [
      'before comment lines at the end',
      'apt-get update \\\n && apt-get install -y \\\n    x \\\n    # y',
      'apt-get update \\\n && apt-get install -y \\\n    x \\\n && rm -rf /var/lib/apt/lists/* \\\n    # y',
    ],
    [
      'as a statement after set -e',
      'set -eux; \\\n\tapt-get update; \\\n\tapt-get install -y x; \\\n\tmake',
      'set -eux; \\\n\tapt-get update; \\\n\tapt-get install -y x; \\\n\tmake; \\\n\trm -rf /var/lib/apt/lists/*',
    ],
    [
      'in a heredoc without -e, the status stays',
      '<<EOF\napt-get update\napt-get install -y x\nEOF',
      '<<EOF\napt-get update\napt-get install -y x && rm -rf /var/lib/apt/lists/*\nEOF',
    ],
    [
      'in a heredoc with -e, a line of its own',
      '<<EOF\nset -e\napt-get update\n\tapt-get install -y x\nEOF',
      '<<EOF\nset -e\napt-get update\n\tapt-get install -y x\n\trm -rf /var/lib/apt/lists/*\nEOF',
    ],
  ])('%s', (_, before, after) => expect(append(before)).toBe(after));

  test.each([
    ['|| at the end hides failures', `${LIST} || true`],
    ['the background does not wait', `${LIST} &`],
    ['a string is not the script', `bash -c "${LIST}"`],
    ['the exec form is JSON', `["sh", "-c", "${LIST}"]`],
    ['a heredoc follows the line', `${LIST} && cat <<EOF > /x\nhi\nEOF`],
    ['-e would be ignored left of &&', 'set -e; apt-get update; apt-get install -y x && (false; true)'],
    [
      'a loop may fail without -e noticing',
      'set -e; apt-get update; apt-get install -y x; for i in 1; do false && true; done',
    ],
  ])('not at all: %s', (_, run) => expect(append(run)).toBe(run));

  test('under sudo the clean-up needs it too', () => {
    expect(append('sudo apt-get update && sudo apt-get install -y x')).toBe(
      'sudo apt-get update && sudo apt-get install -y x && sudo rm -rf /var/lib/apt/lists/*',
    );
  });
});

describe('merging two RUNs', () => {
  const merged = (first: string, second: string): string =>
    fixed(`FROM debian:12\nRUN ${first}\nRUN ${second}\n`, 'update-without-install');

  test.each([
    ['a comment at the end would swallow the second', 'apt-get update # why', 'apt-get install -y x'],
    ['cd would reach the second', 'cd /tmp && apt-get update', 'apt-get install -y x'],
    ['a variable would reach the second', 'apt-get update', 'X=1; apt-get install -y x'],
    ['set would reach the second', 'set -x; apt-get update', 'apt-get install -y x'],
    ['the flags differ', 'apt-get update', '--network=none apt-get install -y x'],
    ['a heredoc is not a list', 'apt-get update', '<<EOF\napt-get install -y x\nEOF'],
    ['it would end in the background', 'apt-get update', 'apt-get install -y x &'],
  ])('is not offered: %s', (_, first, second) =>
    expect(merged(first, second)).toBe(`FROM debian:12\nRUN ${first}\nRUN ${second}\n`),
  );

  test('is not offered across an ignore comment', () => {
    const text = 'FROM debian:12\nRUN apt-get update\n# hadolint ignore=DL3008\nRUN apt-get install -y x\n';
    expect(fixed(text, 'update-without-install')).toBe(text);
  });

  test('keeps what || means', () => {
    expect(merged('apt-get update', 'apt-get install -y x || true')).toBe(
      'FROM debian:12\nRUN apt-get update \\\n    && { apt-get install -y x || true; }\n',
    );
  });

  test('keeps comments and drops blank lines', () => {
    const text = 'FROM debian:12\nRUN apt-get update\n\n# one\n\n# two\nRUN apt-get install -y x\n';
    expect(fixed(text, 'update-without-install')).toBe(
      'FROM debian:12\nRUN apt-get update \\\n# one\n# two\n    && apt-get install -y x\n',
    );
  });

  test('joins a whole row at once', () => {
    const text = 'FROM alpine:3.22\nRUN a\nRUN b\nRUN c\n';
    expect(fixed(text, 'consecutive-runs')).toBe('FROM alpine:3.22\nRUN a \\\n    && b \\\n    && c\n');
  });
});

test('an old-fashioned installation becomes one clean RUN', () => {
  const text = 'FROM debian:12\nRUN apt update\nRUN apt install git \\\n    # for people\n    less\nCMD ["git"]\n';
  const names = [
    'update-without-install',
    'apt-instead-of-apt-get',
    'apt-get-install-without-yes',
    'apt-get-install-recommends',
    'apt-lists-left',
  ];
  expect(fixed(text, ...names)).toBe(
    'FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends git ca-certificates \\\n    # for people\n    less \\\n    && rm -rf /var/lib/apt/lists/*\nCMD ["git"]\n',
  );
});

test('lists that a later RUN or stage still needs are left alone', () => {
  const text = `FROM debian:12 AS base\nRUN ${LIST}\nFROM base\nRUN apt-get install -y --no-install-recommends y\n`;
  expect(fixed(text, 'apt-lists-left')).toBe(text);
});

test('a clean-up in a later layer is one finding, not two', () => {
  const found = rules(`FROM debian:12\nRUN ${LIST}\nWORKDIR /x\nRUN rm -rf /var/lib/apt/lists/*\n`);
  expect(found).toContain('cleanup-in-later-layer');
  expect(found).not.toContain('apt-lists-left');
});
