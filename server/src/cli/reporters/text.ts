import type { Finding } from '../../profiles/types.js';
import type { Severity } from '../../rules/rule.js';
import { type Style, style } from '../style.js';
import { type FileReport, located, type Range, type Reporter } from './report.js';

const COLOR: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'blue', hint: 'dim' };

/** How much of a line is shown; a generated one can have megabytes. */
const WIDTH = 120;

/** For people: place, severity, message and names, then the line with the exact text marked. */
export const textReporter: Reporter = (files, { color, fixed, summary }) => {
  const paint = (name: Style, text: string): string => (color ? style(name, text) : text);
  const blocks: string[] = [];
  for (const file of files) {
    const path = printable(file.path);
    if (file.error !== null) blocks.push(`${paint('bold', path)} ${paint('red', 'error')} ${file.error}\n`);
    const lines = file.text.split('\n');
    for (const { finding, range } of located(file)) blocks.push(block(path, lines, finding, range, paint));
  }
  // Nothing found to check has been said.
  if (!summary || files.length === 0) return blocks.join('\n');
  const took = `Checked ${plural(files.length, 'file')} in ${summary.seconds.toFixed(1)} s.`;
  return `${blocks.join('\n')}${blocks.length > 0 ? '\n' : ''}${summarise(files, fixed)} ${took}\n`;
};

function block(
  path: string,
  lines: readonly string[],
  finding: Finding,
  range: Range,
  paint: (name: Style, text: string) => string,
): string {
  const { severity, message, codes, rule } = finding;
  const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
  const names = [rule, ...codes.filter(code => code !== rule)].join(' ');
  const rows = [
    `${paint('bold', place)} ${paint(COLOR[severity], severity)} ${printable(message)} ${paint('dim', `[${names}]`)}`,
  ];
  const number = String(range.start.line + 1);
  const margin = ' '.repeat(Math.max(4, number.length + 1));
  const { shown, before, marked } = excerpt(lines[range.start.line] ?? '', range);
  rows.push(`${paint('dim', `${number.padStart(margin.length)} │ `)}${shown}`);
  rows.push(`${paint('dim', `${margin} │ `)}${' '.repeat(before)}${paint(COLOR[severity], '^'.repeat(marked))}`);
  const fix = finding.fixes.find(one => one.preferred) ?? finding.fixes[0];
  if (fix)
    rows.push(
      `${margin} ${paint('dim', '=')} ${paint('green', 'fix')}: ${printable(fix.title)}${fix.safety === 'safe' ? '' : ` (${fix.safety})`}`,
    );
  return `${rows.join('\n')}\n`;
}

/** The part of a line around a range, with the columns that the marks begin at and take. */
function excerpt(raw: string, { start, end }: Range): { shown: string; before: number; marked: number } {
  const line = raw.replace(/\r$/, '');
  const from = Math.min(start.character, line.length);
  const to = end.line > start.line ? line.length : Math.min(Math.max(end.character, from), line.length);
  const cut = from > WIDTH - 20 ? from - 20 : 0;
  const shown = line.slice(cut, cut + WIDTH);
  const lead = cut > 0 ? '…' : '';
  const tail = cut + WIDTH < line.length ? '…' : '';
  const marked = columns(line.slice(from, Math.min(to, cut + WIDTH)));
  return {
    shown: `${lead}${printable(shown)}${tail}`,
    before: lead.length + columns(line.slice(cut, from)),
    marked: Math.max(1, marked),
  };
}

// Control characters could move the cursor or change colours: a file must not be able to write to the terminal.
const printable = (text: string): string =>
  text.replace(/\t/g, ' ').replace(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '�');

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** How many columns a terminal gives to a text. */
function columns(text: string): number {
  let width = 0;
  for (const ch of text) {
    if (/\p{Mn}|\u200D|\uFE0F/u.test(ch)) continue;
    width += WIDE.test(ch) ? 2 : 1;
  }
  return width;
}

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

function summarise(files: readonly FileReport[], fixed: number): string {
  const findings = files.flatMap(file => file.findings);
  const count = (severity: Severity): number => findings.filter(finding => finding.severity === severity).length;
  const kinds = [
    ...(count('error') > 0 ? [plural(count('error'), 'error')] : []),
    ...(count('warning') > 0 ? [plural(count('warning'), 'warning')] : []),
    ...(count('info') > 0 ? [`${count('info')} info`] : []),
    ...(count('hint') > 0 ? [plural(count('hint'), 'hint')] : []),
  ];
  const failed = files.filter(file => file.error !== null).length;
  const fixable = (safety: 'safe' | 'review'): number =>
    findings.filter(({ fixes }) => fixes.some(fix => fix.preferred && fix.safety === safety)).length;
  const parts = [
    ...(fixed > 0 ? [`${plural(fixed, 'fix', 'fixes')} applied`] : []),
    findings.length === 0
      ? `${fixed > 0 ? 'no problems left' : 'No problems found'}`
      : `${plural(findings.length, 'problem')} in ${plural(files.filter(file => file.findings.length > 0).length, 'file')} (${kinds.join(', ')})`,
    ...(failed > 0 ? [`${plural(failed, 'file')} could not be checked or written`] : []),
    ...(fixable('safe') > 0 ? [`${fixable('safe')} can be fixed with --fix`] : []),
    ...(fixable('review') > 0 ? [`${fixable('review')} with --fix=review`] : []),
  ];
  return `${parts.join('; ')}.`;
}
