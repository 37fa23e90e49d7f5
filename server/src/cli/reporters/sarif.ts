import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { docsUrl } from '../../explain/docs-url.js';
import { ALL_RULES } from '../../profiles/rule-names.js';
import type { Finding, Fix } from '../../profiles/types.js';
import type { Severity } from '../../rules/rule.js';
import { type LineIndex, lineIndex, positionAt } from '../../text/line-index.js';
import type { Span } from '../../text/span.js';
import { fingerprints } from './fingerprint.js';
import { type FileReport, located, type ReportContext, type Reporter } from './report.js';

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
      partialFingerprints: { 'dockwright/v1': prints[at] ?? '' },
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
  const named = new Map(ALL_RULES.toReversed().map(rule => [rule.id, rule]));
  const own: SarifRule[] = [...named.values()].toReversed().map(rule => ({
    id: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.rationale },
    helpUri: docsUrl(rule.id),
    defaultConfiguration: { level: LEVEL[rule.severity], enabled: (rule.profile ?? 'recommended') === 'recommended' },
    properties: { category: rule.category, tags: rule.codes },
  }));
  const known = new Set(own.map(rule => rule.id));
  const others = [...new Set(files.flatMap(file => file.findings.map(finding => finding.rule)))]
    .filter(id => !known.has(id))
    .sort();
  return [...own, ...others.map(id => ({ id, helpUri: docsUrl(id) }))];
}

function locationOf(file: FileReport, { cwd }: ReportContext): object {
  const inside = isAbsolute(file.path) ? relative(cwd, file.path) : file.path;
  if (isAbsolute(inside) || inside.startsWith('..'))
    return { uri: isAbsolute(file.path) ? pathToFileURL(file.path).href : encoded(file.path) };
  return { uri: encoded(inside), uriBaseId: 'SRCROOT' };
}

const encoded = (path: string): string =>
  path.split(sep).join('/').replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/');

function region(index: LineIndex, span: Span): object {
  const start = positionAt(index, span.start);
  const end = positionAt(index, span.end);
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
