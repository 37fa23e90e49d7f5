import { fence } from '../explain/explanation.js';
import type { RuleMeta } from '../rules/rule.js';
import { fixKinds } from './rule-fixes.js';

const unmarked = (code: string): string => code.replace(/[«»]/g, '').trimEnd();
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const profileOf = (rule: RuleMeta): string => {
  const first = rule.profile ?? 'recommended';
  const others = ['hadolint', 'buildkit'].filter(name =>
    rule.codes.some(code => (name === 'hadolint' ? /^(?:DL|SC)\d/.test(code) : /^[A-Z][a-z]+[A-Z]/.test(code))),
  );
  return [first, ...others].join(', ');
};

/** A rule's own severity counts in `strict` and `all`. */
const severity = (rule: RuleMeta): string =>
  rule.minor && rule.severity !== 'hint' ? `${rule.severity}; in recommended hint` : rule.severity;

const MADE = '<!-- Made by `npm run generate` from the rule’s file. -->';

/** The pages by id. What is a problem in Dockerfiles and in Compose files has one page with two parts. */
export function rulePages(rules: readonly RuleMeta[]): ReadonlyMap<string, string> {
  const pages = new Map<string, readonly string[]>();
  for (const rule of rules) {
    const before = pages.get(rule.id);
    const parts = partsOf(rule);
    pages.set(rule.id, before ? [...before, '# In Compose files', ...parts] : [`# ${rule.id}`, ...parts]);
  }
  return new Map([...pages].map(([id, parts]) => [id, `${[...parts, MADE].join('\n\n')}\n`]));
}

/** About one rule: why, what is reported, what it becomes, and its names elsewhere. */
function partsOf(rule: RuleMeta): readonly string[] {
  const parts = [
    rule.summary,
    `| severity | category | profiles | since | fix |\n|---|---|---|---|---|\n| ${severity(rule)} | ${rule.category} | ${profileOf(rule)} | ${rule.since} | ${fixKinds(rule).join(', ') || 'none'} |`,
    '## Why',
    rule.rationale,
    '## Reported',
  ];
  for (const example of rule.examples.bad) {
    if (example.why) parts.push(example.why);
    parts.push(fence(rule, unmarked(example.code)));
    if (example.fixed !== undefined) parts.push('becomes', fence(rule, unmarked(example.fixed)));
  }
  if (rule.examples.good.length > 0) {
    parts.push('## Left alone');
    for (const example of rule.examples.good) parts.push(example.why, fence(rule, unmarked(example.code)));
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
    `${rule.about === 'compose' ? 'For one key' : 'For one instruction'}, with a comment above it:\n\n${fence(rule, `# dockwright ignore=${rule.id} -- the reason`)}\n\nFor a project, in \`.dockwright.yaml\`:\n\n\`\`\`yaml\nrules:\n  ${rule.id}: off\n\`\`\``,
  );
  if (rule.codes.length > 0)
    parts.push('## The same problem elsewhere', rule.codes.map(code => `\`${code}\``).join(', '));
  if (rule.links && rule.links.length > 0) parts.push('## Read on', rule.links.map(link => `- <${link}>`).join('\n'));
  return parts;
}

export function ruleTable(rules: readonly RuleMeta[], base: string): string {
  return [
    '| rule | what it says | severity | fix | codes elsewhere |',
    '|---|---|---|---|---|',
    ...rules.map(
      rule =>
        `| [${rule.id}](${base}${rule.id}.md) | ${cell(rule.summary)} | ${severity(rule)} | ${fixKinds(rule).join(', ')} | ${rule.codes.join(', ')} |`,
    ),
  ].join('\n');
}

const column = (rule: RuleMeta, pattern: RegExp): string => rule.codes.filter(code => pattern.test(code)).join(', ');

/** A name of another program's that is written with spaces between small letters: KICS'. */
const KICS = /^[a-z]+(?:_[a-z0-9]+)+$/;
const OTHER = /^(?:[a-z]+-)+[a-z]+$/;

/** Which rule answers to which code of the other tools. */
export function comparisonTable(dockerfile: readonly RuleMeta[], compose: readonly RuleMeta[]): string {
  return [
    '# The same problems in other tools',
    '',
    'Every code below is understood in ignore comments, in configuration files and on the command line.',
    '',
    '## Dockerfiles',
    '',
    '| rule | hadolint | BuildKit | Trivy | Checkov | CIS |',
    '|---|---|---|---|---|---|',
    ...dockerfile.map(
      rule =>
        `| [${rule.id}](rules/${rule.id}.md) | ${column(rule, /^DL\d/)} | ${column(rule, /^[A-Z][a-z]+[A-Z]/)} | ${column(rule, /^DS-/)} | ${column(rule, /^CKV/)} | ${column(rule, /^CIS-/)} |`,
    ),
    '',
    '## Compose files',
    '',
    'CIS are the numbers of the CIS Docker Benchmark and of Docker Bench for Security.',
    '',
    '| rule | CIS | compose-lint | KICS | Semgrep, dclint |',
    '|---|---|---|---|---|',
    ...compose.map(
      rule =>
        `| [${rule.id}](rules/${rule.id}.md) | ${column(rule, /^CIS-/)} | ${column(rule, /^CL-/)} | ${column(rule, KICS)} | ${column(rule, OTHER)} |`,
    ),
    '',
    '<!-- Made by `npm run generate`. -->',
    '',
  ].join('\n');
}
