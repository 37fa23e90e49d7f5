import { availableParallelism } from 'node:os';
import type { Finding } from '../profiles/types.js';
import { CIS_SECTIONS, type CisSection, cisSectionsOf } from '../standards/cis.js';
import { lineIndex, positionAt } from '../text/line-index.js';
import type { Arguments } from './args.js';
import { contextChoice } from './context-choice.js';
import { DOCKERFILES_AND_COMPOSE, dockerfilesOf } from './inputs.js';
import type { ExitCode, Io } from './io.js';
import { type FileOutcome, lintFiles } from './lint-files.js';
import { configLoader, settleFolders } from './load-config.js';
import { REPORTERS } from './reporters/index.js';

/** One finding about a recommendation, with its place. */
interface Row {
  readonly path: string;
  readonly line: number;
  readonly finding: Finding;
}

interface Section {
  readonly id: CisSection;
  readonly title: string;
  readonly rows: readonly Row[];
}

/** `dockwright bench`: the Dockerfiles and Compose files of a project against the CIS Docker Benchmark, before anything runs. */
export async function benchCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const format = args.choice('format', ['text', 'json', 'markdown', 'sarif']) ?? 'text';
  const positionals = args.positionals.length > 0 ? args.positionals : ['.'];
  const inputs = dockerfilesOf(positionals, args, io, DOCKERFILES_AND_COMPOSE);
  const settled = await settleFolders(inputs, configLoader(args, io), io);
  if (!settled) return 2;
  const strict = new Map(
    [...settled].map(([folder, one]) => [folder, { ...one, options: { ...one.options, profile: 'strict' as const } }]),
  );
  const outcomes = await lintFiles(inputs, strict, {
    fix: undefined,
    write: false,
    format: undefined,
    place: contextChoice(args, io),
    scripts: 'unchecked',
    isLikeHadolint: false,
    shellcheck: undefined,
    onUnavailable: () => {},
    jobs: availableParallelism(),
    io,
  });
  for (const { input, error } of outcomes) if (error !== undefined) io.err(`dockwright: ${input.path}: ${error}\n`);
  const sections = sectionsOf(outcomes);
  io.out(format === 'sarif' ? sarif(outcomes, io) : WRITERS[format](sections));
  if (outcomes.some(({ error }) => error !== undefined)) return 2;
  return sections.some(({ rows }) => rows.length > 0) ? 1 : 0;
}

const isAbout = ({ rule, codes }: Finding): boolean => cisSectionsOf(rule, codes).length > 0;

function sectionsOf(outcomes: readonly FileOutcome[]): readonly Section[] {
  const rows = outcomes.flatMap(({ input, text, findings }) => {
    const index = lineIndex(text);
    return findings.filter(isAbout).map((finding): Row => {
      const line = positionAt(index, finding.span.start).line + 1;
      return { path: input.path, line, finding };
    });
  });
  return IDS.map(id => ({
    id,
    title: CIS_SECTIONS[id],
    rows: rows.filter(({ finding }) => cisSectionsOf(finding.rule, finding.codes).includes(id)),
  }));
}

// The keys of the table are sections.
const IDS = Object.keys(CIS_SECTIONS) as readonly CisSection[];

const passed = (sections: readonly Section[]): number => sections.filter(({ rows }) => rows.length === 0).length;

function inText(sections: readonly Section[]): string {
  const lines = sections.flatMap(({ id, title, rows }) => [
    `[${rows.length === 0 ? 'PASS' : 'WARN'}] ${id.padEnd(4)} ${title}`,
    ...rows.map(({ path, line, finding }) => `         ${path}:${line}  ${finding.message} [${finding.rule}]`),
  ]);
  return `${lines.join('\n')}\n\n${passed(sections)} of ${sections.length} recommendations that files can tell about are followed.\n`;
}

function inMarkdown(sections: readonly Section[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const table = sections.map(
    ({ id, title, rows }) => `| ${id} | ${title} | ${rows.length === 0 ? 'pass' : rows.length} |`,
  );
  const details = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ id, title, rows }) =>
      [
        `## ${id} ${title}\n`,
        ...rows.map(({ path, line, finding }) => `- \`${path}:${line}\` ${cell(finding.message)} (${finding.rule})`),
      ].join('\n'),
    );
  const head = '| CIS | recommendation | findings |\n|---|---|---|';
  return `# CIS Docker Benchmark\n\n${head}\n${table.join('\n')}\n\n${details.join('\n\n')}\n`;
}

function inJson(sections: readonly Section[]): string {
  const shown = sections.map(({ id, title, rows }) => ({
    id,
    title,
    passed: rows.length === 0,
    findings: rows.map(({ path, line, finding: { rule, message, severity } }) => ({
      path,
      line,
      rule,
      message,
      severity,
    })),
  }));
  return `${JSON.stringify({ version: 1, sections: shown }, undefined, 2)}\n`;
}

const WRITERS = { text: inText, markdown: inMarkdown, json: inJson } as const;

function sarif(outcomes: readonly FileOutcome[], io: Io): string {
  const files = outcomes.map(({ input, error, text, findings }) => ({
    path: input.path,
    error: error ?? null,
    text,
    findings: findings.filter(isAbout),
  }));
  return REPORTERS.sarif(files, { version: io.version, cwd: io.cwd, color: false, fixed: 0, summary: undefined });
}
