import { describe, expect, it } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { RULES } from '../../server/src/rules/index.js';
import { optionsFor } from '../../server/src/tools/rule-fixes.js';
import { hasGo } from '../lib/go-programs.js';
import { unmark } from '../lib/markers.js';
import { judge } from './judge.js';

/** Each example as it is and after its fix, without templates and what other frontends read. */
const EXAMPLES = RULES.flatMap(rule => [
  // A Compose file beside it may pass what BuildKit is not given here.
  ...rule.examples.good
    .filter(({ files }) => files?.['compose.yaml'] === undefined)
    .map(example => ({ rule, example, text: example.code })),
  ...rule.examples.bad.flatMap(example =>
    [unmark(example.code).text, ...(example.fixed === undefined ? [] : [example.fixed])].map(text => ({
      rule,
      example,
      text,
    })),
  ),
]).filter(({ text }) => !text.includes('{{') && !text.startsWith('# syntax=example/'));

describe.skipIf(!hasGo())('BuildKit’s frontend and the examples of the rules', () => {
  it('agree on which cannot be built', () => {
    const verdicts = judge(EXAMPLES.map(({ text }) => text));
    const differences = EXAMPLES.flatMap(({ rule, example, text }, index) => {
      const refused = verdicts[index];
      const { findings } = lint(text, optionsFor(rule, example));
      const isSaid = findings.some(
        // An argument of FROM without a default is a hint: the author wants it to be given. A stage that nobody needs is
        // checked here, and left out of a build.
        ({ rule: id, severity }) =>
          severity === 'error' ||
          (id === 'invalid-image-reference' && severity === 'hint') ||
          (id === 'unknown-copy-source' && severity === 'warning'),
      );
      return refused === undefined || isSaid ? [] : [`${rule.id}: ${refused.message}\n${text}`];
    });
    expect(differences.join('\n\n')).toBe('');
  });
});
