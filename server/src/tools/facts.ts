import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkout, git } from './facts/checkout.js';
import { officialNames } from './facts/official-names.js';
import { releaseDates } from './facts/release-dates.js';
import type { Table } from './facts/table.js';
import { tagLists } from './facts/tag-lists.js';

/**
 * `npm run facts` makes the tables of images/ again that say what is known of images, from their public sources:
 *   --end-of-life FOLDER       a folder with `eol.json`, instead of asking endoflife.date
 *   --official-images SOURCE   a checkout of docker-library/official-images with its history, or another URL of it
 * A table of which a part cannot be read stays as it is, and the parts are named.
 */
const { values } = parseArgs({
  options: {
    'end-of-life': { type: 'string' },
    'official-images': { type: 'string', default: 'https://github.com/docker-library/official-images' },
  },
});

const images = join(dirname(fileURLToPath(import.meta.url)), '../images');

async function tables(): Promise<readonly Table[]> {
  const dates = await releaseDates(values['end-of-life']);
  const official = checkout(values['official-images']);
  const head = official === undefined ? undefined : git(official, 'log', '-1', '--format=commit %h, %cs', 'HEAD');
  if (official === undefined || head === undefined) return [dates, unread('tag-lists.ts'), unread('official-names.ts')];
  const source = `docker-library/official-images, ${head.trim()}`;
  return [dates, await tagLists(official, source), officialNames(official, source)];
}

const unread = (file: string): Table => ({ file, source: '', missing: [values['official-images']], lines: [] });

function write({ file, source, lines, missing }: Table): void {
  const target = join(images, file);
  if (missing.length > 0) {
    console.error(`Could not read ${missing.join(', ')}: ${target} stays as it is.`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(target, [`// Made by \`npm run facts\` from ${source}.`, '', ...lines, ''].join('\n'));
  execFileSync('npx', ['biome', 'check', '--write', '--log-level=error', target], { stdio: 'inherit' });
  console.log(`Wrote ${target}.`);
}

for (const table of await tables()) write(table);
