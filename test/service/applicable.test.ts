import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { verifyFix } from '../../server/src/fixes/index.js';
import { isApplicable } from '../../server/src/service/applicable.js';
import { ignoreEdits } from '../../server/src/service/ignore.js';
import { refactorings } from '../../server/src/service/refactor.js';
import { FIXTURES } from '../fixes/fixtures.js';
import { MANGLES } from '../fixes/mangled.js';

/** What is offered in a file and would be refused when it is chosen. */
function refused(text: string, options = {}): readonly string[] {
  return (['all', 'hadolint'] as const).flatMap(profile => {
    const result = lint(text, { ...options, profile });
    const offered = result.findings.flatMap(finding => [
      ...finding.fixes,
      ...ignoreEdits(result, finding),
      ...refactorings(result, finding.span),
    ]);
    return offered.flatMap(fix => {
      if (fix.edits.length === 0 || !isApplicable(result, fix)) return [];
      const verdict = verifyFix(result.dockerfile, fix);
      return 'refusal' in verdict ? [`${fix.title}: ${verdict.refusal}`] : [];
    });
  });
}

describe('what is offered is given when it is chosen', () => {
  test.each([
    'FROM a:1\nARG UNUSED \\\n# why\n  MORE\nCMD ["a"]\n',
    'FR\\\n# C\nOM alpine:3.22\nfrom debian:12\n',
    'FROM alpine:3.22\nENV \\\n\nUSER 1\n',
    'FROM alpine:3.22\nRUN a\nRUN cat <<"EOF"\n',
    'FROM alpine:3.22\nRUN a\nRUN \\\n# about b\n  b\n',
    'FROM alpine:3.22\nONBUILD RNU apk add --no-cache curl\n',
    'FROM alpine:3.22\nENV A=/a B="$A/b" # note\n',
    '# escape=`\nFROM alpine:3.22\nADD `\n# c\n  a /b\n',
  ])('%j', text => {
    expect(refused(text)).toEqual([]);
    expect(refused(text.replace(/\n/g, '\r\n'))).toEqual([]);
  });

  test('a second stage where an instruction that both have holds a comment', () => {
    const pom = { path: 'pom.xml', kind: 'file', text: '<project/>\n' } as const;
    const text =
      'FROM maven:3.9-eclipse-temurin-21\nWORKDIR /ap\\\n# c\np\nCOPY pom.xml .\nCOPY src ./src\nRUN mvn -B package\nCMD ["java", "-jar", "target/app.jar"]\n';
    const options = { select: ['build-tools-in-final-image'], context: { entries: [pom], complete: true } };
    expect(refused(text, options)).toEqual([]);
  });

  const scale = Number(process.env['FC_SCALE'] ?? 0.03);
  test('in any fixture, in whatever way it is written', { timeout: 900_000 }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIXTURES), fc.constantFrom(...Object.keys(MANGLES)), (fixture, way) => {
        for (const text of MANGLES[way]?.(fixture.text) ?? []) expect(refused(text, fixture.options)).toEqual([]);
      }),
      { numRuns: Math.ceil(5000 * scale) },
    );
  });
});
