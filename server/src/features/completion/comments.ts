import type { LintResult } from '../../engine/result.js';
import { ALL_RULES } from '../../profiles/rule-names.js';
import type { RuleMeta } from '../../rules/rule.js';
import { isBuildkitCode, isExperimentalCode } from '../../standards/buildkit.js';
import { type Completion, ending } from './item.js';

type Names = (rule: RuleMeta) => readonly string[];

const codes =
  (isTheirs: (code: string) => boolean): Names =>
  rule =>
    rule.codes.filter(isTheirs);

/** Comments that name rules, each with the names that its tool knows. */
const COMMENTS: readonly { readonly form: RegExp; readonly names: Names }[] = [
  {
    form: /^#\s*dockwright:?\s+(?:(?:file|stage)-)?ignore\s*=\s*(?:[\w.-]+\s*,\s*)*([\w.-]*)$/i,
    names: ({ id }) => [id],
  },
  {
    form: /^#\s*hadolint\s+(?:(?:global|stage)\s+)?ignore\s*=\s*(?:\w+\s*,\s*)*(\w*)$/,
    names: codes(code => /^DL\d/.test(code)),
  },
  {
    form: /^#\s*check\s*=\s*(?:\w+=[\w,]+;)*skip=(?:\w+,)*(\w*)$/i,
    names: codes(code => isBuildkitCode(code) && !isExperimentalCode(code)),
  },
  { form: /^#\s*trivy:ignore:([\w-]*)$/, names: codes(code => /^DS-\d/.test(code)) },
  { form: /^#\s*(?:checkov|bridgecrew):skip=([\w-]*)$/, names: codes(code => code.startsWith('CKV')) },
];

/** What a comment of ours or of another linter begins with. */
const BEGINNINGS = ['dockwright ignore=', 'dockwright stage-ignore=', 'dockwright file-ignore=', 'hadolint ignore='];
const DIRECTIVES = ['syntax=docker/dockerfile:1', 'check=skip=', 'escape=`'];

/** Names of rules in a comment, those first that are found in the instruction below it. `line` goes up to the cursor. */
export function commentCompletions(result: LintResult, line: string, offset: number): readonly Completion[] {
  for (const { form, names } of COMMENTS) {
    const typed = form.exec(line)?.[1];
    if (typed !== undefined) return ruleNames(result, names, typed, offset);
  }
  const typed = /^#\s*([a-z]*)$/i.exec(line)?.[1];
  if (typed === undefined) return [];
  const isTop = offset <= result.dockerfile.body || result.dockerfile.text.slice(0, offset).trim() === line.trim();
  return [...(isTop ? DIRECTIVES : []), ...BEGINNINGS].map(label => ({
    label,
    kind: 'keyword',
    span: ending(offset, typed),
  }));
}

function ruleNames(result: LintResult, names: Names, typed: string, offset: number): readonly Completion[] {
  const below = result.dockerfile.instructions.find(({ start, length }) => start + length > offset);
  const found = new Set(result.findings.filter(({ at }) => at === below?.index).map(({ rule }) => rule));
  const labels = new Map<string, Completion>();
  for (const rule of ALL_RULES) {
    if (rule.about === 'compose') continue;
    const order = found.has(rule.id) ? 0 : 1;
    for (const label of names(rule)) {
      const before = labels.get(label)?.order ?? Number.POSITIVE_INFINITY;
      if (order < before)
        labels.set(label, { label, kind: 'rule', span: ending(offset, typed), detail: rule.summary, order });
    }
  }
  return [...labels.values()];
}
