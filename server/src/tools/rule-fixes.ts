import { projectFilesOf } from '../compose/index.js';
import { lint } from '../engine/lint.js';
import { lintCompose } from '../engine/lint-compose.js';
import type { Finding, LintOptions } from '../profiles/types.js';
import type { BadExample, FixSafety, GoodExample, RuleMeta } from '../rules/rule.js';
import { snapshotFromFiles } from './example-context.js';

export type Example = Pick<BadExample | GoodExample, 'code' | 'options' | 'files'>;

/** The options under which an example shows its rule: on, with the example's own options and files. */
export const optionsFor = (rule: RuleMeta, example: Omit<Example, 'code'>): Partial<LintOptions> => ({
  profile: 'all',
  select: [rule.id],
  // Label and registry options are global: an example gives them as the rule's own.
  ...(example.options ?? {}),
  rules: { [rule.id]: { options: example.options ?? {} } },
  ...(example.files ? { context: snapshotFromFiles(example.files) } : {}),
});

/** What the rule itself finds in a text; a rule that throws is an error here. */
export const findingsOf = (rule: RuleMeta, text: string, options: Partial<LintOptions>): readonly Finding[] =>
  lint(text, options, (id, error) => {
    throw new Error(`rule ${id} threw: ${String(error)}`, { cause: error });
  }).findings.filter(finding => finding.rule === rule.id);

/** The same for a rule about Compose files; the other files of the example are beside it. */
export function composeFindingsOf(
  rule: RuleMeta,
  text: string,
  { options, files = {} }: Omit<Example, 'code'>,
): readonly Finding[] {
  const given = optionsFor(rule, options ? { options } : {});
  return lintCompose(text, 'compose.yaml', projectFilesOf({ ...files, 'compose.yaml': text }), given, (id, error) => {
    throw new Error(`rule ${id} threw: ${String(error)}`, { cause: error });
  }).findings.filter(finding => finding.rule === rule.id);
}

const SAFETIES: readonly FixSafety[] = ['safe', 'review', 'manual'];

/** The kinds of fixes that the rule offers first for its own examples, the safest first. */
export function fixKinds(rule: RuleMeta): readonly FixSafety[] {
  const found = new Set(
    rule.examples.bad.flatMap(example => foundIn(rule, example).flatMap(finding => finding.fixes[0]?.safety ?? [])),
  );
  return SAFETIES.filter(safety => found.has(safety));
}

function foundIn(rule: RuleMeta, example: Example): readonly Finding[] {
  const text = example.code.replace(/[«»]/g, '');
  return rule.about === 'compose'
    ? composeFindingsOf(rule, text, example)
    : findingsOf(rule, text, optionsFor(rule, example));
}
