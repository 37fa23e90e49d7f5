import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { docsUrl } from '../../explain/docs-url.js';
import { explanation } from '../../explain/explanation.js';
import { ALL_RULES, isShellcheckCode } from '../../profiles/rule-names.js';
import type { Finding, Fix } from '../../profiles/types.js';
import type { RuleMeta, Severity } from '../../rules/rule.js';
import { shellcheckRule } from '../../shellcheck/lint/explained.js';
import { type LineIndex, lineIndex } from '../../text/line-index.js';
import type { Span } from '../../text/span.js';
import { fingerprints } from './fingerprint.js';
import { type FileReport, located, type ReportContext, type Reporter, rangeOf } from './report.js';

const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** SARIF 2.1.0, as code scanning reads it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarifReporter: Reporter = (files, context) => {
  const rules = ruleList(files);
  const indexOf = new Map(rules.map((rule, index) => [rule.id, index]));
  const results = files.flatMap(file => {
    const index = lineIndex(file.text);
    const places = located(file);
    const prints = fingerprints(file, context.cwd);
    return places.map(({ finding }, at) => ({
      ruleId: finding.rule,
      ruleIndex: indexOf.get(finding.rule) ?? -1,
      level: LEVEL[finding.severity],
      message: { text: finding.message },
      locations: [
        { physicalLocation: { artifactLocation: locationOf(file, context), region: region(index, finding.span) } },
      ],
      // The second is the one that code scanning knows an alert by.
      partialFingerprints: {
        'dockwright/v2': prints[at] ?? '',
        primaryLocationLineHash: `${prints[at]?.slice(0, 16)}:1`,
      },
      ...(finding.codes.length > 0 ? { properties: { tags: finding.codes } } : {}),
      ...fixesOf(finding, file, index, context),
    }));
  });
  const failures = files.filter(file => file.error !== null);
  const run = {
    tool: {
      driver: {
        name: 'dockwright',
        version: context.version,
        semanticVersion: context.version,
        informationUri: 'https://github.com/dockwright/dockwright',
        rules,
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(context.cwd).href}/` } },
    invocations: [
      {
        executionSuccessful: failures.length === 0,
        toolExecutionNotifications: failures.map(file => ({
          level: 'error',
          message: { text: file.error ?? '' },
          locations: [{ physicalLocation: { artifactLocation: locationOf(file, context) } }],
        })),
      },
    ],
    results,
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

interface SarifRule {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** Every rule of ours, and those of ShellCheck that were found. */
function ruleList(files: readonly FileReport[]): SarifRule[] {
  // A problem of Dockerfiles and of Compose files alike is one rule.
  const own = [...new Map(ALL_RULES.toReversed().map(rule => [rule.id, rule])).values()].toReversed();
  const known = new Set(own.map(rule => rule.id));
  const others = [...new Set(files.flatMap(file => file.findings.map(finding => finding.rule)))]
    .filter(id => !known.has(id))
    .sort();
  return [...own.map(aboutRule), ...others.map(aboutOther)];
}

/** Code scanning takes findings of security for critical from 9.0, high from 7.0 and medium from 4.0. */
const SECURITY: Readonly<Record<Severity, string>> = { error: '8.0', warning: '6.0', info: '3.0', hint: '1.0' };

function aboutRule(rule: RuleMeta): SarifRule {
  const text = `${rule.summary} ${rule.rationale}`;
  const isSecurity = rule.category === 'security';
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.rationale },
    help: { text: `${text} ${docsUrl(rule.id)}`, markdown: explanation(rule) },
    helpUri: docsUrl(rule.id),
    defaultConfiguration: { level: LEVEL[rule.severity], enabled: (rule.profile ?? 'recommended') === 'recommended' },
    properties: {
      category: rule.category,
      precision: 'very-high',
      'problem.severity': PROBLEM[rule.severity],
      ...(isSecurity ? { 'security-severity': SECURITY[rule.severity] } : {}),
      tags: [...new Set([rule.category, ...rule.codes])].slice(0, MOST_TAGS),
    },
  };
}

const PROBLEM: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
  hint: 'recommendation',
};

/** As many as code scanning takes. */
const MOST_TAGS = 20;

/** A code of ShellCheck, or what cannot be read. */
function aboutOther(id: string): SarifRule {
  const shell = shellcheckRule(id);
  if (shell) {
    // A name is for people, where it is another one than the id.
    const { name, ...rest } = aboutRule(shell);
    return { ...rest, id, helpUri: docsUrl(id) };
  }
  const text = isShellcheckCode(id)
    ? `ShellCheck has something to say of a script: ${id}.`
    : 'The file has a mistake that Docker stops at.';
  return {
    id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: `${text} ${docsUrl(id)}`, markdown: `${text} [${id}](${docsUrl(id)})` },
    helpUri: docsUrl(id),
    properties: { precision: 'very-high', 'problem.severity': 'error', tags: ['correctness'] },
  };
}

const pascalCase = (id: string): string => id.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase());

function locationOf(file: FileReport, { cwd }: ReportContext): object {
  if (file.path === '-') return { uri: 'stdin', uriBaseId: 'SRCROOT' };
  const inside = relative(cwd, resolve(cwd, file.path));
  // Another drive, or a folder above: nothing there is relative to the sources.
  if (isAbsolute(inside) || inside.startsWith('..')) return { uri: pathToFileURL(resolve(cwd, file.path)).href };
  return { uri: encoded(inside), uriBaseId: 'SRCROOT' };
}

const encoded = (path: string): string => path.split(sep).map(encodeURIComponent).join('/');

function region(index: LineIndex, span: Span): object {
  const { start, end } = rangeOf(index, { span });
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function fixesOf(finding: Finding, file: FileReport, index: LineIndex, context: ReportContext): object {
  const usable = finding.fixes.filter(fix => fix.edits.length > 0 && fix.safety !== 'manual');
  if (usable.length === 0) return {};
  const change = (fix: Fix): object => ({
    description: { text: fix.title },
    artifactChanges: [
      {
        artifactLocation: locationOf(file, context),
        replacements: fix.edits.map(edit => ({
          deletedRegion: region(index, edit.span),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  });
  return { fixes: usable.map(change) };
}
