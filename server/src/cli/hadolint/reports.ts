import { createHash } from 'node:crypto';
import type { HadolintFormat } from '../../hadolint/config/file.js';
import { isShellcheckCode } from '../../profiles/rule-names.js';
import { xml } from '../reporters/xml.js';
import { style } from '../style.js';
import { isParseError, type Level, type Row } from './row.js';

export interface ReportedFile {
  /** As given. */
  readonly path: string;
  readonly rows: readonly Row[];
}

export interface HadolintReportContext {
  readonly color: boolean;
  /** What `--file-path-in-report` says. */
  readonly shownPath: string | undefined;
  readonly version: string;
}

type HadolintReporter = (files: readonly ReportedFile[], context: HadolintReportContext) => string;

interface PlacedRow extends Row {
  readonly file: string;
}

const placed = (files: readonly ReportedFile[], shownPath?: string): PlacedRow[] =>
  files.flatMap(({ path, rows }) => rows.map(row => ({ ...row, file: shownPath ?? path })));

function painted(level: Level): string {
  switch (level) {
    case 'error':
      return style('bold', style('red', level));
    case 'warning':
      return style('bold', style('yellow', level));
    case 'info':
      return style('green', level);
    case 'style':
      return style('cyan', level);
  }
}

const tty: HadolintReporter = (files, { color }) =>
  placed(files)
    .map(row =>
      isParseError(row)
        ? `${row.file}:${row.line}:${row.column} ${row.message}\n`
        : `${row.file}:${row.line} ${row.code} ${color ? painted(row.level) : row.level}: ${row.message}\n`,
    )
    .join('');

const gnu: HadolintReporter = files =>
  placed(files)
    .map(row =>
      isParseError(row)
        ? `hadolint:${row.file}:${row.line}:${row.column}: ${row.message}\n`
        : `hadolint:${row.file}:${row.line}: ${row.code} ${row.level}: ${row.message}\n`,
    )
    .join('');

const json: HadolintReporter = files =>
  JSON.stringify(
    placed(files).map(({ code, column, file, level, line, message }) => ({ code, column, file, level, line, message })),
  );

const checkstyle: HadolintReporter = (files, { shownPath }) => {
  const errorOf = (row: Row): string => {
    const source = isParseError(row) ? '' : ` source="${row.code}"`;
    return `<error column="${row.column}" line="${row.line}" message="${xml(row.message)}" severity="${row.level}"${source}/>`;
  };
  const parts = files.map(({ path, rows }) => {
    const name = xml(shownPath ?? path);
    return rows.length === 0 ? `<file name="${name}"/>` : `<file name="${name}">${rows.map(errorOf).join('')}</file>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><checkstyle version="4.3">${parts.join('')}</checkstyle>`;
};

const CODECLIMATE: Readonly<Record<Level, string>> = {
  error: 'blocker',
  warning: 'major',
  info: 'info',
  style: 'minor',
};

const issue = ({ code, message, file, line, column, level, ...rest }: PlacedRow): Record<string, unknown> => ({
  categories: ['Bug Risk'],
  check_name: code,
  description: message,
  location: isParseError({ code, message, line, column, level, ...rest })
    ? { path: file, positions: { begin: { column, line }, end: { column, line } } }
    : { lines: { begin: line, end: line }, path: file },
  severity: CODECLIMATE[level],
  type: 'issue',
});

/** Code Climate's engine reads one issue after the other, each with a NUL at its end. */
const codeclimate: HadolintReporter = (files, { shownPath }) =>
  placed(files, shownPath)
    .map(row => `${JSON.stringify(issue(row))}\0`)
    .join('');

const gitlab: HadolintReporter = (files, { shownPath }) =>
  JSON.stringify(
    placed(files, shownPath).map(row => {
      const about = issue(row);
      return { ...about, fingerprint: createHash('sha1').update(JSON.stringify(about)).digest('hex') };
    }),
  );

const codacy: HadolintReporter = files =>
  placed(files)
    .map(({ file, line, message, code }) => JSON.stringify({ filename: file, line, message, patternId: code }))
    .join('');

const SONARQUBE: Readonly<Record<Level, string>> = {
  error: 'CRITICAL',
  warning: 'MAJOR',
  info: 'MINOR',
  style: 'INFO',
};

const sonarqube: HadolintReporter = (files, { shownPath }) =>
  JSON.stringify({
    issues: placed(files, shownPath).map(row => ({
      engineId: 'Hadolint',
      primaryLocation: {
        filePath: row.file,
        message: row.message,
        // Columns count from 0 here.
        textRange: { endColumn: row.column, endLine: row.line, startColumn: row.column - 1, startLine: row.line },
      },
      ruleId: row.code,
      severity: isParseError(row) ? 'BLOCKER' : SONARQUBE[row.level],
      type: row.level === 'error' ? 'BUG' : 'CODE_SMELL',
    })),
  });

const sarif: HadolintReporter = (files, { version }) =>
  JSON.stringify({
    $schema: 'http://json.schemastore.org/sarif-2.1.0',
    runs: [
      {
        defaultSourceLanguage: 'dockerfile',
        results: placed(files).map(({ file, line, column, code, level, message }) => ({
          level: level === 'info' || level === 'style' ? 'note' : level,
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file },
                region: {
                  endColumn: column,
                  endLine: line,
                  sourceLanguage: isShellcheckCode(code) ? 'sh' : 'dockerfile',
                  startColumn: column,
                  startLine: line,
                },
              },
            },
          ],
          message: { text: message },
          ruleId: code,
        })),
        tool: {
          driver: {
            // Its name is what a receiver knows earlier findings by.
            name: 'Hadolint',
            fullName: 'Dockwright instead of hadolint',
            informationUri: 'https://github.com/dockwright/dockwright',
            shortDescription: { text: 'Checks Dockerfiles and the shell scripts in them' },
            version,
          },
        },
      },
    ],
    version: '2.1.0',
  });

const junit: HadolintReporter = (files, { shownPath, version }) => {
  const suite = ({ path, rows }: ReportedFile): string => {
    const file = shownPath ?? path;
    const test = (row: Row): string => {
      const { code, level, line, column, message } = row;
      if (isParseError(row)) {
        const text = `Parse Error in ${file}\nLine: ${line}\nColumn: ${column}\nParse Error: ${message}\n`;
        return `<testcase id="hadolint.error" name="${code}" time="0.001"><failure message="parse error at line ${line}, column ${column}" type="error">${lines(text)}</failure></testcase>`;
      }
      const text = `File: ${file}\nLine: ${line}\nCategory: Hadolint - Dockerfile Static Analysis\n${level}: ${message}\n`;
      return `<testcase id="hadolint.rule.${code}" time="0.001"><failure id="${code}" message="${xml(message)}" type="${level}">${lines(text)}</failure></testcase>`;
    };
    const errors = rows.filter(isParseError).length;
    const head = `<testsuite errors="${errors}" failures="${rows.length}" id="hadolint" name="Dockwright ${version}" time="0.001"`;
    return rows.length === 0 ? `${head}/>` : `${head}>${rows.map(test).join('')}</testsuite>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?><testsuites id="hadolint" name="Dockwright instead of hadolint" time="0.001">${files.map(suite).join('')}</testsuites>`;
};

/** Text of several lines for an XML element. */
const lines = (text: string): string => text.split('\n').map(xml).join('\n');

export const HADOLINT_REPORTERS: Readonly<Record<HadolintFormat, HadolintReporter>> = {
  tty,
  json,
  checkstyle,
  codeclimate,
  gitlab_codeclimate: gitlab,
  gnu,
  codacy,
  sonarqube,
  sarif,
  junit,
};
