import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bars } from './bars.js';
import type { Bench, Section } from './bench.js';
import { writeHeadlines } from './headlines.js';
import { hour } from './hour.js';
import { getPeers, type Peers } from './peers.js';
import { sizes } from './sizes.js';
import { starting } from './starting.js';
import { typing } from './typing.js';
import { verifying } from './verifying.js';
import { wholeProcess } from './whole-process.js';

/**
 * `npm run bench [-- --quick] [-- --corpus FOLDER] [-- --only typing,hour] [-- --no-write]`: this project and its peers
 * in one run, one after the other. Writes docs/performance.md and the README's table; a quick or partial run only prints.
 */
const SECTIONS: Readonly<Record<string, (bench: Bench) => Promise<Section>>> = {
  bars,
  typing,
  starting,
  hour,
  verifying,
  wholeProcess,
  sizes,
};

function argument(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
}

async function main(): Promise<void> {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
  const cli = join(root, 'dist/cli.cjs');
  if (!existsSync(cli)) throw new Error('dist/cli.cjs is missing: npm run build first');
  const log = (line: string): void => console.error(line);
  const quick = process.argv.includes('--quick');
  const only = argument('--only')?.split(',');
  let peers: Peers | undefined;
  const bench: Bench = {
    root,
    cli,
    // Not every section compares with them.
    get peers() {
      peers ??= getPeers(log);
      return peers;
    },
    quick,
    corpus: argument('--corpus'),
    log,
  };
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`;
  const lines = [
    '# Performance',
    '',
    'Written by `npm run bench`, which runs everything below side by side on one machine. Peers are fetched into a cache outside the project; one that cannot be had is shown as missing. All are started without `NODE_EXTRA_CA_CERTS` and `NODE_OPTIONS`.',
    '',
    `Machine: ${machine}`,
  ];
  console.log(lines.join('\n'));
  const sections: Section[] = [];
  for (const [name, section] of Object.entries(SECTIONS)) {
    if (only && !only.includes(name)) continue;
    const done = await section(bench);
    sections.push(done);
    console.log(`\n${done.lines.join('\n')}`);
  }
  if (quick || only || process.argv.includes('--no-write')) return;
  const text = [lines, ...sections.map(section => section.lines)].map(part => part.join('\n')).join('\n\n');
  writeFileSync(join(root, 'docs/performance.md'), `${text}\n`);
  const rows = sections.flatMap(section => section.headlines);
  writeHeadlines(join(root, 'README.md'), `Measured by \`npm run bench\`: ${machine}`, rows);
}

await main();
