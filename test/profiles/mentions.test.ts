import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/index.js';
import { deriveFacts, type FileFacts } from '../../server/src/facts/index.js';
import { choosing, mentionsOf, together } from '../../server/src/profiles/mentions.js';
import { RULES } from '../../server/src/rules/index.js';
import type { Rule, Sign } from '../../server/src/rules/rule.js';
import { unmark } from '../lib/markers.js';

const TEXTS = [
  ...new Set(RULES.flatMap(({ examples }) => [...examples.bad, ...examples.good].map(({ code }) => unmark(code).text))),
];

const optionsOf = (rule: Rule): Readonly<Record<string, unknown>> => ({
  labelSchema: {},
  strictLabels: false,
  trustedRegistries: [],
  ...Object.fromEntries((rule.options ?? []).map(option => [option.name, option.default])),
});

/** Asks a rule about everything in a file; which of the instructions, stages or the file it spoke of without being chosen. */
function unexpected(rule: Rule, facts: FileFacts): string[] {
  const chosen = choosing([rule]);
  const found: string[] = [];
  const options = optionsOf(rule);
  for (const placed of facts.instructions) {
    const { instruction } = placed;
    for (const one of [instruction, ...(instruction.trigger ? [instruction.trigger] : [])]) {
      if (!rule.check || !rule.on?.includes(one.keyword)) continue;
      const isAsked = chosen(mentionsOf(instruction)).length > 0;
      const report = (): void => void (isAsked || found.push(one.text));
      rule.check({
        instruction: one,
        facts: facts.at(placed),
        onbuild: one !== instruction,
        reading: 'own',
        options,
        report,
      });
    }
  }
  const views = rule.scope
    ? [undefined, ...facts.stages].map(stage => ({ stage, seen: facts.within(stage) }))
    : [{ stage: undefined, seen: facts }];
  for (const { stage, seen } of views) {
    const parts = rule.scope ? (stage ? stage.content : facts.preambleContent).parts : facts.instructions;
    const isAsked = chosen(together(parts.map(({ instruction }) => mentionsOf(instruction)))).length > 0;
    rule.checkFile?.({
      facts: seen,
      reading: 'own',
      options,
      report: at => void (isAsked || (rule.scope && facts.stageOf(at) !== stage) || found.push(at.instruction.text)),
    });
  }
  return found;
}

describe('a rule is asked wherever it has something to report', () => {
  const files = TEXTS.map(text => deriveFacts(parseDockerfile(text)));
  for (const rule of RULES.filter(one => one.mentions || one.signs || (one.on && one.checkFile)))
    test(rule.id, () => {
      expect(files.flatMap(facts => unexpected(rule, facts))).toEqual([]);
    });
});

describe('what a text mentions', () => {
  const apt = RULES.filter(rule => rule.id === 'apt-instead-of-apt-get');
  const isAsked = (run: string): boolean => {
    const [placed] = parseDockerfile(run).instructions;
    return placed !== undefined && choosing(apt)(mentionsOf(placed.instruction)).length > 0;
  };

  test.each([
    ['a command', 'RUN apt update', true],
    ['a longer word that begins so', 'RUN apt-get update', true],
    ['in capitals', 'RUN APT update', true],
    ['after a path', 'RUN /usr/bin/apt update', true],
    ['in quotes', "RUN sh -c 'apt update'", true],
    ['in a heredoc', 'RUN <<E\napt update\nE\n', true],
    ['in a trigger', 'ONBUILD RUN apt update', true],
    ['cut in two by a continuation', 'RUN a\\\npt update', true],
    ['cut in two with a comment between', 'RUN a\\\n# why\npt update', true],
    ['after an escape in JSON', 'RUN ["sh", "-c", "true\\napt update"]', true],
    ['inside another word', 'RUN adapt update', false],
    ['not at all', 'RUN apk update', false],
  ])('%s', (_, run, expected) => {
    expect(isAsked(run)).toBe(expected);
  });
});

describe('what is in an instruction beside words', () => {
  test.each<[Sign, string, boolean]>([
    ['AS', 'FROM a AS b', true],
    ['AS', 'FROM a as b', true],
    ['AS', 'FROM as', false],
    ['AS', 'RUN echo AS b', false],
    ['flag', 'COPY --from=a b c', true],
    ['flag', 'ONBUILD COPY --from=a b c', true],
    ['flag', 'RUN apt-get --yes install', false],
    ['shell form', 'CMD app', true],
    ['shell form', 'HEALTHCHECK CMD app', true],
    ['shell form', 'ONBUILD ENTRYPOINT app', true],
    ['shell form', 'CMD ["app"]', false],
    ['shell form', 'HEALTHCHECK CMD ["app"]', false],
    ['shell form', 'RUN app', false],
    ['other case', 'run app', true],
    ['other case', 'Run app', true],
    ['other case', 'ONBUILD run app', true],
    ['other case', 'RUN app', false],
    ['blank line', 'RUN a \\\n\n b', true],
    ['blank line', 'RUN a \\\n b', false],
    ['[', "CMD ['app']", true],
    ['[', 'ONBUILD CMD [app]', true],
    ['[', 'CMD ["app", "["]', false],
    ['#', 'USER a # why', true],
    ['#', 'USER a', false],
    ['$', 'RUN echo "${A}"', true],
    ['$', 'RUN echo A', false],
    ['|', 'RUN a | b', true],
    ['|', 'RUN a b', false],
  ])('%s in %j: %s', (sign, text, expected) => {
    const [placed] = parseDockerfile(text).instructions;
    const [rule] = RULES;
    const asking = rule && { ...rule, mentions: undefined, on: [], signs: [sign] };
    expect(placed && asking && choosing([asking])(mentionsOf(placed.instruction)).length > 0).toBe(expected);
  });

  test('keyword, word and sign have all to be there', () => {
    const rules = RULES.filter(({ id }) => id === 'copy-from-own-stage');
    const isAsked = (text: string): boolean =>
      choosing(rules)(together(parseDockerfile(text).instructions.map(({ instruction }) => mentionsOf(instruction))))
        .length > 0;
    expect(isAsked('COPY --from=a b c')).toBe(true);
    expect(isAsked('COPY from c')).toBe(false);
    expect(isAsked('FROM a\nCOPY --chown=a b c')).toBe(false);
    expect(isAsked('HEALTHCHECK --interval=5s CMD from')).toBe(false);
  });
});
