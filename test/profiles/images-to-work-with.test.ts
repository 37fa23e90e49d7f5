import { describe, expect, test } from 'vitest';
import type { ContextSnapshot } from '../../server/src/context/index.js';
import { lint } from '../../server/src/engine/lint.js';
import { optionsByName } from '../../server/src/profiles/by-name.js';

const BODY = 'RUN apt-get update && apt-get install -y --no-install-recommends git\nADD app /srv/app\n';
const START = 'CMD ["/srv/app"]\n';

const severitiesOf = (text: string, place?: string) => {
  const context: ContextSnapshot = { entries: [], complete: false, ...(place === undefined ? {} : { place }) };
  return Object.fromEntries(lint(text, { context }).findings.map(({ rule, severity }) => [rule, severity]));
};

const SHIPPED = { 'untagged-image': 'warning', 'apt-lists-left': 'info', 'add-instead-of-copy': 'info' };
const FOR_WORK = { 'untagged-image': 'hint', 'apt-lists-left': 'hint', 'add-instead-of-copy': 'hint' };

describe('what matters in an image that is shipped is a hint in one to work with', () => {
  test.each([
    '.devcontainer',
    'tests',
    'tests/docker/broken',
    'integration-tests/server',
    'docs',
    'examples/web',
    'ch04/exercises/one',
    'docker/dev',
    'E2E',
  ])('in the folder %s', place => {
    expect(severitiesOf(`FROM debian\n${BODY}${START}`, place)).toMatchObject(FOR_WORK);
  });

  test.each(['', 'docker', 'developer-portal', 'latest', 'contest', 'labels', 'services/documents'])(
    'not in the folder “%s”',
    place => {
      expect(severitiesOf(`FROM debian\n${BODY}${START}`, place)).toMatchObject(SHIPPED);
    },
  );

  test.each([
    ['the name of the final stage', `FROM debian AS dev\n${BODY}${START}`],
    ['a comment at the top', `# Image for development\nFROM debian\n${BODY}${START}`],
    ['a comment above the final stage', `FROM alpine:3.24 AS a\n# The CI image\nFROM debian\n${BODY}${START}`],
    ['a label', `FROM debian\nLABEL description="Integration test image"\n${BODY}${START}`],
    ['a command that only waits', `FROM debian\n${BODY}CMD ["sleep", "infinity"]\n`],
    ['a command that keeps the container open', `FROM debian\n${BODY}CMD tail -f /dev/null\n`],
    ['a command that tests', `FROM debian\n${BODY}CMD ["pytest"]\n`],
  ])('%s tells it', (_, text) => {
    expect(severitiesOf(text)).toMatchObject(FOR_WORK);
  });

  test('a stage for tests beside the one that is shipped tells nothing', () => {
    expect(severitiesOf(`FROM debian:13 AS test\nRUN make test\nFROM debian\n${BODY}${START}`)).toMatchObject(SHIPPED);
  });

  test('what fails or is dangerous stays what it is', () => {
    const text = 'FROM debian:9\nRUN apt-get install git\nCMD ["sleep", "infinity"]\n';
    expect(severitiesOf(text, 'tests')).toMatchObject({
      'end-of-life-image': 'warning',
      'apt-get-install-without-yes': 'warning',
    });
  });
});

test('of a path, only folders below the project count', () => {
  expect(optionsByName('examples/web/Dockerfile')).toEqual({ isForWork: true });
  expect(optionsByName('examples\\web\\Dockerfile')).toEqual({ isForWork: true });
  expect(optionsByName('/home/me/examples/web/Dockerfile')).toEqual({});
  expect(optionsByName('C:\\examples\\web\\Dockerfile')).toEqual({});
  expect(optionsByName('file:///examples/web/Dockerfile')).toEqual({});
});

test('a variable, a stage that is left behind, and a name that holds the release calm a missing tag', () => {
  const tagOf = (text: string) => lint(text).findings.find(({ rule }) => rule === 'untagged-image')?.severity;
  expect(tagOf('ARG BASE=debian\nFROM $BASE\nCMD ["/a"]\n')).toBe('hint');
  expect(tagOf('FROM golang AS build\nRUN make\nFROM debian:13\nCOPY --from=build /a /a\nCMD ["/a"]\n')).toBe('hint');
  expect(tagOf('FROM registry.access.redhat.com/ubi9/ubi-minimal\nCMD ["/a"]\n')).toBe('hint');
  expect(tagOf('FROM golang\nCMD ["/a"]\n')).toBe('warning');
});
