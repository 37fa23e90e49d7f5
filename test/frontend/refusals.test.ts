import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { dockerfiles } from './dockerfiles.js';
import { hasGo, judge } from './judge.js';

/** Rules whose errors say that the frontend refuses the file. */
const REFUSALS = new Set([
  'syntax-error',
  'copy-from-own-stage',
  'exposed-host-port',
  'forbidden-onbuild-trigger',
  'instruction-before-from',
  'invalid-image-reference',
  'invalid-port',
  'unknown-copy-source',
]);

/** FROM with an ARG that has no default: the author wants it to be given, so it is a hint and not an error. */
const needsArgument = (text: string): boolean =>
  lint(text).findings.some(({ rule, severity }) => rule === 'invalid-image-reference' && severity === 'hint');

const FILES = 6000 * Number(process.env['FC_SCALE'] ?? 1);

describe.skipIf(!hasGo())('what BuildKit’s frontend refuses', () => {
  it(`is an error, and nothing else is, in ${FILES} generated files`, () => {
    const texts = [
      ...new Set(fc.sample(dockerfiles, { numRuns: FILES, seed: Number(process.env['FC_SEED'] ?? 20_261_130) })),
    ];
    const verdicts = judge(texts);
    const differences = texts.flatMap((text, index) => {
      const refused = verdicts[index];
      const errors = lint(text).findings.filter(({ rule, severity }) => severity === 'error' && REFUSALS.has(rule));
      if ((refused !== undefined) === errors.length > 0 || (refused && needsArgument(text))) return [];
      const ours = errors.map(({ rule, message }) => `${rule}: ${message}`).join('; ');
      return [`${text}  BuildKit: ${refused?.message ?? 'builds it'}\n  Dockwright: ${ours || 'no error'}`];
    });
    expect(differences.slice(0, 400).join('\n\n')).toBe('');
  }, 600_000);
});
