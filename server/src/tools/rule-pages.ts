import type { Rule } from '../rules/rule.js';
import { fixKinds } from './rule-fixes.js';

const unmarked = (code: string): string => code.replace(/[«»]/g, '').trimEnd();
const fence = (code: string): string => `\`\`\`dockerfile\n${code.trimEnd()}\n\`\`\``;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const profileOf = (rule: Rule): string => {
  const first = rule.profile ?? 'recommended';
  const others = ['hadolint', 'buildkit'].filter(name =>
    rule.codes.some(code => (name === 'hadolint' ? /^(?:DL|SC)\d/.test(code) : /^[A-Z][a-z]+[A-Z]/.test(code))),
  );
  return [first, ...others].join(', ');
};

/** A rule's own severity counts in `strict` and `all`. */
const severity = (rule: Rule): string =>
  rule.minor && rule.severity !== 'hint' ? `${rule.severity}; in recommended hint` : rule.severity;

/** The page of one rule: why, what is reported, what it becomes, and its names elsewhere. */
export function rulePage(rule: Rule): string {
  const parts = [
    `# ${rule.id}`,
    rule.summary,
    `| severity | category | profiles | since | fix |\n|---|---|---|---|---|\n| ${severity(rule)} | ${rule.category} | ${profileOf(rule)} | ${rule.since} | ${fixKinds(rule).join(', ') || 'none'} |`,
    '## Why',
    rule.rationale,
    '## Reported',
  ];
  for (const example of rule.examples.bad) {
    if (example.why) parts.push(example.why);
    parts.push(fence(unmarked(example.code)));
    if (example.fixed !== undefined) parts.push('becomes', fence(unmarked(example.fixed)));
  }
  if (rule.examples.good.length > 0) {
    parts.push('## Left alone');
    for (const example of rule.examples.good) parts.push(example.why, fence(unmarked(example.code)));
  }
  if (rule.options && rule.options.length > 0) {
    parts.push(
      '## Options',
      [
        '| option | type | default | meaning |',
        '|---|---|---|---|',
        ...rule.options.map(
          option =>
            `| \`${option.name}\` | ${option.type} | \`${cell(JSON.stringify(option.default))}\` | ${cell(option.description)} |`,
        ),
      ].join('\n'),
    );
  }
  parts.push(
    '## Turn it off',
    `For one instruction, with a comment above it:\n\n${fence(`# dockwright ignore=${rule.id} -- the reason`)}\n\nFor a project, in \`.dockwright.yaml\`:\n\n\`\`\`yaml\nrules:\n  ${rule.id}: off\n\`\`\``,
  );
  if (rule.codes.length > 0)
    parts.push('## The same problem elsewhere', rule.codes.map(code => `\`${code}\``).join(', '));
  if (rule.links && rule.links.length > 0) parts.push('## Read on', rule.links.map(link => `- <${link}>`).join('\n'));
  parts.push('<!-- Made by `npm run generate` from the rule’s file. -->');
  return `${parts.join('\n\n')}\n`;
}

export function ruleTable(rules: readonly Rule[], base: string): string {
  return [
    '| rule | what it says | severity | fix | codes elsewhere |',
    '|---|---|---|---|---|',
    ...rules.map(
      rule =>
        `| [${rule.id}](${base}${rule.id}.md) | ${cell(rule.summary)} | ${severity(rule)} | ${fixKinds(rule).join(', ')} | ${rule.codes.join(', ')} |`,
    ),
  ].join('\n');
}

const column = (rule: Rule, pattern: RegExp): string => rule.codes.filter(code => pattern.test(code)).join(', ');

/** Which rule answers to which code of the other tools. */
export function comparisonTable(rules: readonly Rule[]): string {
  return [
    '# The same problems in other tools',
    '',
    'Every code below is understood in ignore comments, in configuration files and on the command line.',
    '',
    '| rule | hadolint | BuildKit | Trivy | Checkov |',
    '|---|---|---|---|---|',
    ...rules.map(
      rule =>
        `| [${rule.id}](rules/${rule.id}.md) | ${column(rule, /^DL\d/)} | ${column(rule, /^[A-Z][a-z]+[A-Z]/)} | ${column(rule, /^DS-/)} | ${column(rule, /^CKV/)} |`,
    ),
    '',
    '<!-- Made by `npm run generate`. -->',
    '',
  ].join('\n');
}
