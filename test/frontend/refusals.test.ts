import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { hasGo } from '../lib/go-programs.js';
import { dockerfiles } from './dockerfiles.js';
import { judge } from './judge.js';

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

/** Often refused, though not always: what it swallows can be taken for something else. */
const SWALLOWED = 'swallowed-instruction';

/**
 * What only the build knows: an ARG without a default in FROM, which the author wants to be given (a hint, not an error),
 * and what a base image that we do not know sets. The judge's images set nothing.
 */
const dependsOnBuild = (text: string): boolean => {
  const { findings, facts } = lint(text);
  const isHint = findings.some(({ rule, severity }) => rule === 'invalid-image-reference' && severity === 'hint');
  // A stage that the last one does not need is checked here, and left out of a build.
  const isDead = findings.some(
    ({ rule, message }) => rule === 'unknown-copy-source' && message.includes('only a build'),
  );
  return isHint || isDead || (text.includes('$') && facts.stages.some(({ image }) => !image.isKnown));
};

const FILES = 6000 * Number(process.env['FC_SCALE'] ?? 1);

describe.skipIf(!hasGo())('what BuildKit’s frontend refuses', () => {
  it(`is an error, and nothing else is, in ${FILES} generated files`, () => {
    const texts = [
      ...new Set(fc.sample(dockerfiles, { numRuns: FILES, seed: Number(process.env['FC_SEED'] ?? 20_261_130) })),
    ];
    const verdicts = judge(texts);
    const differences = texts.flatMap((text, index) => {
      const refused = verdicts[index];
      // One mistake is one error: what follows from a swallowed instruction is not said beside it.
      const saysSo = (rule: string): boolean => REFUSALS.has(rule) || (refused !== undefined && rule === SWALLOWED);
      const errors = lint(text).findings.filter(({ rule, severity }) => severity === 'error' && saysSo(rule));
      if ((refused !== undefined) === errors.length > 0 || (refused && dependsOnBuild(text))) return [];
      const ours = errors.map(({ rule, message }) => `${rule}: ${message}`).join('; ');
      return [`${text}  BuildKit: ${refused?.message ?? 'builds it'}\n  Dockwright: ${ours || 'no error'}`];
    });
    expect(differences.slice(0, 20).join('\n\n')).toBe('');
  }, 600_000);
});
