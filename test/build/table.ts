import { readFileSync, writeFileSync } from 'node:fs';
import { BASES } from '../engine-room/recipes.js';
import type { Measured, Row } from './check.js';
import type { Engine } from './engine.js';

const BEGIN = '<!-- builds -->';
const END = '<!-- /builds -->';

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

const share = ({ before, after }: Row): number | undefined =>
  before && before.image.bytes > 0 ? 1 - after.image.bytes / before.image.bytes : undefined;

const percent = (part: number): string => {
  const value = part * 100;
  return `${Math.abs(value) < 0.05 ? 0 : value.toFixed(Math.abs(value) < 10 ? 1 : 0)} %`;
};

const cell = ({ image, uid }: Measured): string =>
  `${megabytes(image.bytes)} MB, ${image.layers} ${image.layers === 1 ? 'layer' : 'layers'}, uid ${uid}`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** What the built images say, in Markdown. */
export function builtTable(rows: readonly Row[], engine: Engine): string {
  const shares = rows.map(share).filter(part => part !== undefined);
  const lines = [
    '| sample | base | before | after | saved |',
    '|---|---|---|---|---|',
    ...rows.map(row => {
      const { sample, before, after } = row;
      const stub = !engine.realBases && BASES[sample.base]?.stub !== undefined ? ' (stub)' : '';
      const saved = share(row);
      const cells = [
        `**${sample.name}**: ${sample.what}`,
        `\`${sample.base}\`${stub}`,
        before ? cell(before) : `does not build: ${sample.broken}`,
        `${cell(after)}${sample.staysRoot === undefined ? '' : `: ${sample.staysRoot}`}`,
        saved === undefined ? '' : percent(saved),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
  const stubs = engine.realBases
    ? []
    : Object.entries(BASES).flatMap(([name, { stub }]) =>
        stub !== undefined && rows.some(({ sample }) => [sample.base, ...(sample.builders ?? [])].includes(name))
          ? [`\`${name}\`: ${stub}`]
          : [],
      );
  return [
    `Built with ${engine.name}. Median size saved: ${percent(median(shares))}.${engine.realBases ? '' : ' The Debian bases are made by debootstrap.'}`,
    ...(stubs.length > 0 ? ['', `Stubs stand in for images that only a registry has: ${stubs.join('; ')}.`] : []),
    '',
    ...lines,
  ].join('\n');
}

/** Puts the table between its markers. */
export function writeTable(file: string, table: string): void {
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${file} has no ${BEGIN} … ${END}.`);
  writeFileSync(file, `${text.slice(0, begin + BEGIN.length)}\n${table}\n${text.slice(end)}`);
}
