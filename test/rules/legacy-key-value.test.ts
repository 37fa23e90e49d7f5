import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lex, parseDockerfile } from '../../server/src/dockerfile/index.js';
import { lint } from '../../server/src/engine/lint.js';
import { verifyFix } from '../../server/src/fixes/index.js';

const piece = fc.constantFrom(
  'a',
  'B',
  ' ',
  '  ',
  '"',
  "'",
  '\\',
  '`',
  '$X',
  '${X}',
  '${X:-b c}',
  '${X:+"y"}',
  '=',
  '#',
  '/',
  '\\ ',
  '\\"',
  '\\$',
  '\t',
);

/** The value of the first pair as BuildKit stores it, with the variable unset and set. */
function stored(text: string): string {
  const { instructions, escape } = parseDockerfile(text);
  const pairs = instructions.flatMap(({ instruction }) => instruction.pairs);
  return JSON.stringify(
    pairs.map(({ key, value = '' }) => [
      key,
      lex(value, { escape }).value,
      lex(value, { escape, lookup: () => 'q \'r"' }).value,
      lex(value, { escape, keepUnset: true }).error,
    ]),
  );
}

for (const [name, head, escape] of [
  ['backslash', '', '\\'],
  ['backtick', '# escape=`\n', '`'],
] as const) {
  test(`a rewritten ENV holds the same value (${name})`, () => {
    let fixed = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.boolean(), (pieces, broken) => {
        const value = pieces.join('');
        const text = `${head}FROM alpine:3.22\nENV A ${broken ? `x ${escape}\n  ` : ''}${value}\nRUN true\n`;
        const { dockerfile, findings } = lint(text, { profile: 'buildkit' });
        for (const { rule, fixes } of findings) {
          const [fix] = fixes;
          if (rule !== 'legacy-key-value' || !fix) continue;
          const result = verifyFix(dockerfile, fix);
          if ('refusal' in result) throw new Error(`${JSON.stringify(text)}: ${result.refusal}`);
          expect(stored(result.text), text).toBe(stored(text));
          expect(lint(result.text, { profile: 'buildkit' }).findings.map(one => one.rule)).not.toContain(
            'legacy-key-value',
          );
          fixed++;
        }
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(fixed).toBeGreaterThan(150);
  });
}

test('a MAINTAINER that became a label says the same', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', ' ', '"', "'", '\\', '`', '$X', '${', '<', '=', '#')),
      fc.boolean(),
      (pieces, tick) => {
        const name = `n${pieces.join('')}.`;
        const text = `${tick ? '# escape=`\n' : ''}FROM alpine:3.22\nMAINTAINER ${name}\n`;
        const { dockerfile, findings } = lint(text);
        const fix = findings.find(finding => finding.rule === 'maintainer-instruction')?.fixes[0];
        if (!fix) throw new Error(`no fix: ${text}`);
        const result = verifyFix(dockerfile, fix);
        if ('refusal' in result) throw new Error(`${text}: ${result.refusal}`);
        const label = result.dockerfile.instructions[1]?.instruction;
        expect(label?.pairs).toHaveLength(1);
        expect(lex(label?.pairs[0]?.value ?? '', { escape: tick ? '`' : '\\', lookup: () => 'set' }).value).toBe(name);
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});
