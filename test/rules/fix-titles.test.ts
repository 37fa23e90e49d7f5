import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

const found = (rule: string, text: string) => lint(text, {}).findings.filter(finding => finding.rule === rule);
const titles = (rule: string, text: string): string[] =>
  found(rule, text).flatMap(finding => finding.fixes.map(fix => fix.title));
const messages = (rule: string, text: string): string[] => found(rule, text).map(finding => finding.message);

describe('a fix is not offered where it would do more than its title says', () => {
  test('quoting the delimiter of a heredoc that has variables to expand', () => {
    const body = (text: string): string => `ARG V=1\nFROM debian:12\nCOPY <<EOF /v\n${text}\nEOF\n`;
    expect(titles('undefined-variable', body('price=$PRICE'))).toEqual([
      'Quote the delimiter, so that nothing in the text is expanded',
    ]);
    expect(titles('undefined-variable', body('price=$PRICE v=$V'))).toEqual(['Insert “ARG V” above']);
    expect(titles('undefined-variable', body('price=$PRICE for=$TARGETARCH'))).toEqual([
      'Insert “ARG TARGETARCH” above',
    ]);
  });

  test('an Alpine image for a stage, or for one that is FROM it, whose commands Alpine has not', () => {
    const tags = (...lines: readonly string[]): string[] =>
      titles('end-of-life-image', `FROM golang:1.18 AS build\n${lines.join('\n')}\n`).filter(title =>
        title.includes('alpine'),
      );
    expect(tags('RUN go build -o /a')).not.toEqual([]);
    expect(tags('FROM build AS dev', 'RUN apt-get update && apt-get install -y vim')).toEqual([]);
    expect(tags('RUN make')).toEqual([]);
    expect(tags('FROM build', 'RUN git clone https://example.com/a.git')).toEqual([]);
    expect(tags('SHELL ["/bin/bash", "-c"]', 'RUN go build')).toEqual([]);
    expect(tags('RUN apk add --no-cache build-base && make')).not.toEqual([]);
  });

  test('removing an instruction with the comment after it is for a person to decide', () => {
    const [finding] = found('overridden-instruction', 'FROM debian:12\nCMD ["a"] # why\nCMD ["b"]\n');
    expect(finding?.fixes.map(fix => fix.safety)).toEqual(['manual']);
  });
});

describe('a message is true where it is shown', () => {
  test('of sudo that runs as another user', () => {
    const run = (command: string): string => `FROM debian:12\nRUN ${command}\n`;
    expect(messages('sudo-in-run', run('sudo make'))).toEqual(['This RUN already runs as root. Remove `sudo`.']);
    expect(messages('sudo-in-run', run('sudo --user=root make && make -u app'))).toEqual([
      'This RUN already runs as root. Remove `sudo`.',
    ]);
    for (const sudo of [
      'sudo -u app',
      'sudo -E -u app',
      'sudo -uapp',
      'sudo --user=app',
      'sudo -HEu app',
      'sudo -Hnuapp',
      'sudo -g ops -u app',
    ])
      expect(messages('sudo-in-run', run(`${sudo} make`))).toEqual([
        'Put USER app before this RUN, and switch back after it, instead of sudo.',
      ]);
  });

  test('of a shell in an image that has none', () => {
    expect(messages('shell-not-in-image', 'FROM gcr.io/distroless/cc-debian12\nSHELL ["/bin/sh", "-c"]\n')).toEqual([
      'This image has no sh: do in an earlier stage what needs a shell.',
    ]);
  });
});
