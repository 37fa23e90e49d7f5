import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { END_OF_SUPPORT, PRODUCTS } from './products.js';
import type { Table } from './table.js';

/** Docker Hub has no images of what had ended before it began. */
const BEGIN = '2014-01-01';
const today = new Date().toISOString().slice(0, 10);

/** A release as both sources have it. */
interface Release {
  readonly cycle: string;
  readonly codename: string | undefined;
  /** ISO date; `ended` where only the fact is known. */
  readonly ends: string | undefined;
  readonly isLongTerm: boolean;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Of `releases` in eol.json, and of the API’s version 1 (`name`, `eolFrom`, `eoesFrom`). */
function readRelease(release: unknown, product: string): Release | undefined {
  if (!isObject(release)) return undefined;
  const cycle = text(release['releaseCycle']) ?? text(release['name']);
  if (cycle === undefined) return undefined;
  const field = END_OF_SUPPORT[product] ?? 'eol';
  const date =
    text(release[field]) ?? text(release[`${field}From`]) ?? text(release['eol']) ?? text(release['eolFrom']);
  const hasEnded = /^true$/i.test(`${release[field] ?? release['isEol']}`);
  const lts = release['lts'] ?? release['isLts'];
  const since = text(lts);
  return {
    cycle,
    codename: text(release['codename'])?.split(' ')[0]?.toLowerCase(),
    ends: date !== undefined && /^\d{4}-\d\d-\d\d$/.test(date) ? date : hasEnded ? 'ended' : undefined,
    isLongTerm: lts === true || since === 'True' || (since !== undefined && /^\d/.test(since) && since <= today),
  };
}

async function releasesOf(product: string, folder: unknown): Promise<readonly unknown[] | undefined> {
  if (isObject(folder)) {
    const found = folder[product];
    return isObject(found) && Array.isArray(found['releases']) ? found['releases'] : undefined;
  }
  const answer = await fetch(`https://endoflife.date/api/v1/products/${product}`).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const body: unknown = await answer.json();
  const result = isObject(body) ? body['result'] : undefined;
  return isObject(result) && Array.isArray(result['releases']) ? result['releases'] : undefined;
}

const parts = (cycle: string): readonly number[] => cycle.split('.').map(Number);

function compare(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function tableRow(product: string, title: string, found: readonly unknown[]): string {
  const releases = found
    .flatMap(one => readRelease(one, product) ?? [])
    .filter(({ cycle, ends }) => /^\d+(?:\.\d+)*$/.test(cycle) && (ends === undefined || ends >= BEGIN))
    .sort((a, b) => compare(a.cycle, b.cycle));
  const ended = releases.filter(({ ends }) => ends !== undefined && ends < today);
  // Of releases without a date only the fact is known, which is not worth a line.
  const live = releases.filter(one => one.ends !== 'ended' && !ended.includes(one));
  const newest = (live.filter(one => one.isLongTerm).at(-1) ?? live.at(-1))?.cycle ?? '';
  const names = releases.flatMap(({ codename, cycle }) => (codename === undefined ? [] : [`${codename}:${cycle}`]));
  return [
    `  ${/^[a-z]+$/.test(product) ? product : `'${product}'`}: {`,
    `    title: '${title}',`,
    `    newest: '${newest}',`,
    `    live: '${live.map(({ cycle }) => cycle).join(' ')}',`,
    `    ended: '${ended.map(({ cycle, ends }) => `${cycle}:${ends}`).join(' ')}',`,
    ...(product === 'debian' || product === 'ubuntu' ? [`    codenames: '${names.join(' ')}',`] : []),
    '  },',
  ].join('\n');
}

/** When the releases of the products end, from `eol.json` in a folder, or from endoflife.date itself without one. */
export async function releaseDates(folder: string | undefined): Promise<Table> {
  const data: unknown = folder === undefined ? undefined : JSON.parse(readFileSync(join(folder, 'eol.json'), 'utf8'));
  const products = isObject(data) ? data['products'] : undefined;
  const rows: string[] = [];
  const missing: string[] = [];
  for (const [product, title] of Object.entries(PRODUCTS)) {
    const releases = await releasesOf(product, products);
    if (releases) rows.push(tableRow(product, title, releases));
    else missing.push(product);
  }
  return {
    file: 'release-dates.ts',
    source: (isObject(data) && text(data['source'])) || `endoflife.date, ${today}`,
    missing,
    lines:
      missing.length > 0
        ? []
        : [
            '/** The releases of one product, oldest first, each with the day on which its free support ended. */',
            'export interface ProductReleases {',
            '  readonly title: string;',
            '  /** The release to move to: the newest with long-term support, where there are such. */',
            '  readonly newest: string;',
            '  readonly live: string;',
            '  readonly ended: string;',
            '  readonly codenames?: string;',
            '}',
            '',
            '/** The day on which the table was made: what ended later counts as supported. */',
            `export const MADE_ON = '${today}';`,
            '',
            'export const RELEASE_DATES = {',
            ...rows,
            '} as const satisfies Readonly<Record<string, ProductReleases>>;',
          ],
  };
}
