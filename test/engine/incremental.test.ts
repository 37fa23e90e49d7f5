import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDockerfile, reparseDockerfile } from '../../server/src/dockerfile/index.js';
import { lintAnalysis } from '../../server/src/engine/lint.js';
import { deriveFacts } from '../../server/src/facts/index.js';
import { DEFAULT_OPTIONS, type LintOptions } from '../../server/src/profiles/types.js';
import { RULES } from '../../server/src/rules/index.js';
import { toDiagnostics } from '../../server/src/service/convert.js';
import { dockerfile } from '../fixes/generate.js';

const options: LintOptions = { ...DEFAULT_OPTIONS, profile: 'all' };

const findingsOf = (file: ReturnType<typeof parseDockerfile>, used: LintOptions) =>
  lintAnalysis({ dockerfile: file, facts: deriveFacts(file) }, used).findings;

/** The same text read anew: no object of it was ever seen before, so nothing can come from memory. */
const fresh = (text: string, used: LintOptions) => findingsOf(parseDockerfile(text), used);

const snippet = fc.constantFrom(
  'FROM a\n',
  'FROM Build AS next\n',
  'USER root\n',
  'USER app\n',
  '# hadolint ignore=DL3008\n',
  '# dockwright stage-ignore=latest-tag\n',
  'ARG V=1\n',
  'WORKDIR /x\n',
  'RUN rm -rf /var/lib/apt/lists/*\n',
  'CMD ["a"]\n',
  ' ',
  'x',
  '\\',
  '\n',
  '<<EOF',
  '{{ x }}\n',
  '{% if x %}\n',
  '{{',
  '}}',
  '#include "x"\n',
  '"',
  '',
);

describe('a lint after an edit', () => {
  for (const profile of ['all', 'recommended', 'hadolint', 'buildkit'] as const) {
    test(`equals one of the text read anew: profile ${profile}`, () => {
      const used = { ...options, profile };
      fc.assert(
        fc.property(
          fc.array(dockerfile, { minLength: 1, maxLength: 4 }),
          fc.array(fc.tuple(fc.nat(), fc.nat(30), snippet), { minLength: 1, maxLength: 6 }),
          (files, edits) => {
            let text = files.join('\n');
            let file = parseDockerfile(text);
            let facts = deriveFacts(file);
            lintAnalysis({ dockerfile: file, facts }, used);
            for (const [at, length, inserted] of edits) {
              const from = at % (text.length + 1);
              const oldEnd = Math.min(text.length, from + length);
              const next = text.slice(0, from) + inserted + text.slice(oldEnd);
              file = reparseDockerfile(file, next, from, oldEnd, from + inserted.length);
              facts = deriveFacts(file, undefined, facts);
              text = next;
              const result = lintAnalysis({ dockerfile: file, facts }, used);
              const findings = fresh(text, used);
              expect(result.findings).toEqual(findings);
              expect(toDiagnostics(result)).toEqual(toDiagnostics({ ...result, findings }));
            }
          },
        ),
        { numRuns: 100 },
      );
    }, 240_000);
  }

  test('looks only at the stage that changed', () => {
    const stage = (index: number): string =>
      `FROM debian:12-slim AS s${index}\nRUN apt-get update && apt-get install curl\nCOPY a b\nCMD run ${index}\n`;
    /** How often the rules ask for the text of an instruction after one edit: a count of steps, not of time. */
    const rereadAfterEdit = (stages: number): number => {
      const text = Array.from({ length: stages }, (_, index) => stage(index)).join('');
      const file = parseDockerfile(text);
      findingsOf(file, options);
      const at = text.lastIndexOf('apt-get install') + 15;
      const next = `${text.slice(0, at)} -y${text.slice(at)}`;
      const edited = reparseDockerfile(file, next, at, at, at + 3);
      const facts = deriveFacts(edited);
      const before = deriveFacts(file);
      findingsOf(edited, options);
      return facts.stages.filter((one, index) => one.content !== before.stages[index]?.content).length;
    };
    expect(rereadAfterEdit(10)).toBe(rereadAfterEdit(1000));
  });
});

describe('a rule that looks at single stages', () => {
  test('reports the same as it would of the whole file', () => {
    const scoped = RULES.filter(rule => rule.scope !== undefined);
    fc.assert(
      fc.property(fc.array(dockerfile, { minLength: 1, maxLength: 4 }), files => {
        const facts = deriveFacts(parseDockerfile(files.join('\n')));
        for (const rule of scoped) {
          const ruleOptions = Object.fromEntries((rule.options ?? []).map(one => [one.name, one.default]));
          const all = { labelSchema: {}, strictLabels: false, trustedRegistries: [], ...ruleOptions };
          const whole: string[] = [];
          rule.checkFile?.({
            facts,
            reading: 'own',
            options: all,
            report: (at, one) => whole.push(`${at.index} ${one.message}`),
          });
          const parts: string[] = [];
          for (const stage of [undefined, ...facts.stages])
            rule.checkFile?.({
              facts: facts.within(stage),
              reading: 'own',
              options: all,
              report: (at, one) => {
                if (facts.stageOf(at) === stage) parts.push(`${at.index} ${one.message}`);
              },
            });
          expect(parts.sort(), rule.id).toEqual(whole.sort());
        }
      }),
      { numRuns: 100 },
    );
  });
});
