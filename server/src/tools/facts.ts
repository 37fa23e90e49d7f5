import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LANGUAGES } from '../images/languages.js';
import { OFFICIAL_NAMES } from '../images/official-names.js';
import { PLATFORMS } from '../images/platforms.js';
import { SERVICES } from '../images/services.js';
import { builds } from './facts/builds.js';
import { checkout, git } from './facts/checkout.js';
import { environments } from './facts/environments.js';
import { ImageSources } from './facts/image-source.js';
import { officialNames } from './facts/official-names.js';
import { releaseDates } from './facts/release-dates.js';
import type { Table } from './facts/table.js';
import { tagLists } from './facts/tag-lists.js';

/**
 * `npm run facts` makes the tables of images/ again that say what is known of images, from their public sources:
 *   --end-of-life FOLDER       a folder with `eol.json`, instead of asking endoflife.date
 *   --official-images SOURCE   a checkout of docker-library/official-images with its history, or another URL of it
 *   --checkouts FOLDER         checkouts of the images' own repositories as OWNER/NAME, instead of cloning each
 * What cannot be read is named, and what the tables say of it stays as it is.
 */
const { values } = parseArgs({
  options: {
    'end-of-life': { type: 'string' },
    checkouts: { type: 'string' },
    'official-images': { type: 'string', default: 'https://github.com/docker-library/official-images' },
  },
});

const images = join(dirname(fileURLToPath(import.meta.url)), '../images');

/** The official images of which images/ has a row. */
const OFFICIAL_ROWS = [...LANGUAGES, ...SERVICES, ...PLATFORMS]
  .flatMap(row => [...row.images])
  .filter(image => OFFICIAL_NAMES.split(' ').includes(image));

async function tables(): Promise<readonly Table[]> {
  const dates = await releaseDates(values['end-of-life']);
  const official = checkout(values['official-images']);
  const head = official === undefined ? undefined : git(official, 'log', '-1', '--format=commit %h, %cs', 'HEAD');
  if (official === undefined || head === undefined) return [dates, unread('tag-lists.ts'), unread('official-names.ts')];
  const source = `docker-library/official-images, ${head.trim()}`;
  const sources = new ImageSources(official, values.checkouts);
  return [
    dates,
    await tagLists(official, source),
    officialNames(official, source),
    environments(sources, OFFICIAL_ROWS, source),
    builds(sources, OFFICIAL_ROWS, source),
  ];
}

const unread = (file: string): Table => ({ file, source: '', missing: [values['official-images']], lines: [] });

function write({ file, source, lines, missing }: Table): void {
  const target = join(images, file);
  if (missing.length > 0) {
    const stays = lines.length === 0 ? target : `their rows in ${target}`;
    console.error(`Could not read ${missing.join(', ')}: ${stays} stay as they are.`);
    process.exitCode = 1;
  }
  if (lines.length === 0) return;
  writeFileSync(target, [`// Made by \`npm run facts\` from ${source}.`, '', ...lines, ''].join('\n'));
  execFileSync('npx', ['biome', 'check', '--write', '--log-level=error', target], { stdio: 'inherit' });
  console.log(`Wrote ${target}.`);
}

for (const table of await tables()) write(table);
