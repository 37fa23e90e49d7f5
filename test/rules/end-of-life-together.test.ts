import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

const endOf = (text: string) => {
  const finding = lint(text).findings.findLast(({ rule }) => rule === 'end-of-life-image');
  return { message: finding?.message, fixes: finding?.fixes.map(({ title }) => title) };
};

describe('what has to change together with an old image is said, and no tag is offered', () => {
  test.each([
    [
      'a list of packages for the release',
      'FROM ubuntu:18.04\nRUN curl -fsS https://packages.example.com/config/ubuntu/18.04/tool.list -o /etc/apt/sources.list.d/tool.list\n',
      'and change “ubuntu/18.04”, which names the old release.',
    ],
    [
      'the name of the release in a source',
      'FROM debian:10\nRUN echo "deb https://apt.example.com buster main" > /etc/apt/sources.list.d/x.list\n',
      'and change “buster”, which names the old release.',
    ],
    [
      'a file for the release',
      'FROM ubuntu:20.04\nADD https://example.com/tool_1.2-1~focal_amd64.deb /tmp/\n',
      'and change “focal”, which names the old release.',
    ],
    [
      'a repository of Alpine',
      'FROM alpine:3.15\nRUN apk add --no-cache -X https://dl-cdn.alpinelinux.org/alpine/v3.15/community tool\n',
      'and change “alpine/v3.15”, which names the old release.',
    ],
    [
      'a pinned package',
      'FROM alpine:3.15\nRUN apk add --no-cache openssl=1.1.1w-r1\n',
      'and change the version of “openssl” to one that the new release has.',
    ],
    [
      'a pinned package whose version is in variables',
      'FROM alpine:3.15\nENV V=1.27.4 R=1\nRUN set -x && all="web=${V}-r${R}" && apk add --no-cache $all\n',
      'and change the version of “web” to one that the new release has.',
    ],
    [
      'a stage that compiles for the release',
      'FROM example/elixir:1.13-alpine-3.15.0 AS build\nRUN mix release\nFROM alpine:3.15\nCOPY --from=build /app /app\n',
      'together with the image of “build”, which compiles for the same release.',
    ],
    [
      'a stage that is built on it',
      'FROM ubuntu:20.04 AS base\nFROM base\nRUN echo deb http://x.example.com focal main >> /etc/apt/sources.list\n',
      'and change “focal”, which names the old release.',
    ],
    [
      'an option that is gone',
      'FROM docker.elastic.co/logstash/logstash:7.17.0\nCMD ["logstash", "--modules", "netflow"]\n',
      'which has no --modules.',
    ],
  ])('%s', (_, text, end) => {
    const { message, fixes } = endOf(text);
    expect(message?.endsWith(end), message).toBe(true);
    expect(fixes).toEqual([]);
  });

  test.each([
    ['nothing names the release', 'FROM ubuntu:18.04\nRUN make\n'],
    ['another number of a version', 'FROM alpine:3.15\nRUN curl -fsS https://example.com/tool-v3.15.2.sh -o /t\n'],
    ['a word that only begins so', 'FROM ubuntu:20.04\nRUN ./focalize --all\n'],
    [
      'a builder on another release',
      'FROM example/x:1-alpine3.24 AS build\nFROM alpine:3.15\nCOPY --from=build /a /a\n',
    ],
  ])('%s: the tag is offered', (_, text) => {
    const { message, fixes } = endOf(text);
    expect(message).not.toMatch(/and change|together with/);
    expect(fixes?.length).toBeGreaterThan(0);
  });
});
