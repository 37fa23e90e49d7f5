import { readFileSync, writeFileSync } from 'node:fs';
import type { Headline } from './bench.js';

const BEGIN = '<!-- performance -->';
const END = '<!-- /performance -->';

/** The README's table of performance, between its markers. */
export function writeHeadlines(file: string, machine: string, rows: readonly Headline[]): void {
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${file} has no ${BEGIN} … ${END}.`);
  const table = [
    '| | Dockwright | tally | dockerfile-language-server | hadolint |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows.map(
      row =>
        `| ${row.what} | ${row.dockwright} | ${row.tally ?? ''} | ${row.npmServer ?? ''} | ${row.hadolint ?? ''} |`,
    ),
    '',
    machine,
  ].join('\n');
  writeFileSync(file, `${text.slice(0, begin + BEGIN.length)}\n${table}\n${text.slice(end)}`);
}
