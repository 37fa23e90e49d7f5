import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/index.js';
import { lint } from '../../server/src/engine/lint.js';
import { verifyFix } from '../../server/src/fixes/index.js';

const piece = fc.constantFrom(
  'a',
  'b-c',
  ' ',
  ' ',
  '"',
  "'",
  '\\',
  '\\ ',
  '\\"',
  '$X',
  '{a,b}',
  '~',
  '=',
  '#',
  '*',
  ';',
  'é',
  '\\\n  ',
  '"x y"',
  "'p q'",
);

test('an exec form has the words that the shell would have made', { skip: process.platform === 'win32' }, () => {
  const cases: { readonly script: string; readonly words: readonly string[] }[] = [];
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 9 }), pieces => {
      const script = `prog ${pieces.join('')}`.trimEnd();
      const text = `FROM alpine:3.22\nCMD ${script}\nUSER 1\n`;
      const { dockerfile, findings } = lint(text, { select: ['shell-form-command'] });
      // In one script a backslash at the end would join the next case.
      const { text: command = '' } = dockerfile.instructions[1]?.instruction.arguments ?? {};
      const fix = command.endsWith('\\')
        ? undefined
        : findings.find(finding => finding.rule === 'shell-form-command')?.fixes[0];
      // What needs a shell stays with it.
      if (!fix || fix.title.startsWith('Put exec')) return;
      const result = verifyFix(dockerfile, fix);
      if ('refusal' in result) throw new Error(`${JSON.stringify(text)}: ${result.refusal}`);
      const words = parseDockerfile(result.text).instructions[1]?.instruction.json?.map(word => word.text);
      if (!words) throw new Error(`${JSON.stringify(text)} has no exec form: ${JSON.stringify(result.text)}`);
      cases.push({ script: command, words });
    }),
    { numRuns: 1500, seed: 11 },
  );
  expect(cases.length).toBeGreaterThan(200);
  // One shell for all of them: a list a line, words after a bell each.
  const script = cases.map(one => `${one.script.replace(/^prog/, 'show prog')}\n`).join('');
  const run = spawnSync('sh', ['-c', `show() { printf '%s\\007' "$@"; printf '\\n'; }\n${script}`], {
    encoding: 'utf8',
    cwd: '/proc/self/fdinfo',
  });
  const lines = run.stdout.split('\n').slice(0, -1);
  expect(lines).toEqual(cases.map(one => one.words.map(word => `${word}\u0007`).join('')));
});
