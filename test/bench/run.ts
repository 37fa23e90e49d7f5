import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { LspClient, type ServerCommand } from './lsp-client.js';
import { getPeers, type Peers } from './peers.js';
import { fileOf } from './sample.js';

/**
 * `npm run bench [-- --quick] [-- --corpus FOLDER] [-- --no-write]`: this project and its peers in one run, one after
 * the other. Writes docs/performance.md.
 */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const QUICK = process.argv.includes('--quick');
const SIZES = [28, 512, 5000, 50_000] as const;
const PLACES = ['start', 'middle', 'end'] as const;
/** A peer that takes longer than this for one edit is left out from then on, and the table says so. */
const PATIENCE = 20_000;

interface Contender {
  readonly name: string;
  readonly server: ServerCommand | undefined;
}

interface Timing {
  readonly p50: number;
  readonly p90: number;
}
type Cell = Timing | 'missing' | 'too slow';

const out: string[] = [];
const say = (line = ''): void => {
  out.push(line);
  console.log(line);
};
const log = (line: string): void => console.error(line);
const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;

function argument(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
}

/** Types a word in one place, one key after the other. */
async function keystrokes(
  client: LspClient,
  text: string,
  place: (typeof PLACES)[number],
  count: number,
): Promise<Cell> {
  const lines = text.split('\n');
  const wanted = place === 'start' ? 0 : place === 'middle' ? lines.length >> 1 : lines.length - 20;
  const line = lines.findIndex((content, index) => index >= wanted && content.includes('make build'));
  const target = line < 0 ? lines.findLastIndex(content => content.includes('make build')) : line;
  let character = lines[target]?.length ?? 0;
  const times: number[] = [];
  for (let key = 0; key < count; key++) {
    const inserted = key % 6 === 0 ? ' ' : 'x';
    lines[target] = `${lines[target]}${inserted}`;
    const time = await client.edit({ line: target, character: character++ }, inserted, lines.join('\n'), PATIENCE);
    if (time === undefined) return 'too slow';
    // The first keys of a session warm up what an hour of typing keeps warm.
    if (key >= Math.min(5, count >> 2)) times.push(time);
    await new Promise(done => setTimeout(done, 10));
  }
  times.sort((a, b) => a - b);
  return { p50: at(times, 0.5), p90: at(times, 0.9) };
}

interface Measured {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly opened: ReadonlyMap<number, number | undefined>;
  readonly memory: number | undefined;
}

async function measure({ name, server }: Contender): Promise<Measured> {
  const cells = new Map<string, Cell>();
  const opened = new Map<number, number | undefined>();
  let memory: number | undefined;
  let slow = false;
  for (const size of SIZES) {
    const text = fileOf(size);
    if (!server || slow) {
      for (const place of PLACES) cells.set(`${size} ${place}`, server ? 'too slow' : 'missing');
      continue;
    }
    log(`${name}: ${size} lines`);
    const client = new LspClient(server);
    try {
      await client.initialize();
      const first = await client.open(text, 3 * PATIENCE);
      opened.set(size, first === undefined ? undefined : performance.now() - client.started);
      for (const place of PLACES) {
        const known = [...cells.entries()].filter(([key]) => key.startsWith(`${size} `)).map(([, cell]) => cell);
        const heavy = known.some(cell => typeof cell === 'object' && cell.p50 > 1000) || (first ?? PATIENCE) > 3000;
        const cell =
          slow || first === undefined ? 'too slow' : await keystrokes(client, text, place, heavy ? 4 : QUICK ? 20 : 60);
        if (cell === 'too slow') slow = true;
        cells.set(`${size} ${place}`, cell);
      }
      memory = client.memory() ?? memory;
    } catch (error) {
      log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      for (const place of PLACES) if (!cells.has(`${size} ${place}`)) cells.set(`${size} ${place}`, 'too slow');
    } finally {
      client.stop();
    }
  }
  return { cells, opened, memory };
}

const p50 = (cell: Cell | undefined): number | undefined => (typeof cell === 'object' ? cell.p50 : undefined);
const shown = (cell: Cell | undefined): string =>
  typeof cell === 'object' ? `${ms(cell.p50)} (${ms(cell.p90)})` : (cell ?? 'missing');

function corpus(): { folder: string; count: number; made: boolean } {
  const given = argument('--corpus');
  const beside = join(ROOT, '../shared/corpus');
  const folder = given ? resolve(given) : existsSync(beside) ? beside : undefined;
  const isDockerfile = (name: string): boolean => /(?:^|\.)Dockerfile$|^Dockerfile\./i.test(name);
  if (folder) return { folder, count: readdirSync(folder).filter(isDockerfile).length, made: false };
  const made = mkdtempSync(join(tmpdir(), 'dockwright-bench-'));
  for (let index = 0; index < 500; index++)
    writeFileSync(join(made, `${index}.Dockerfile`), fileOf(20 + ((index * 37) % 200)));
  return { folder: made, count: 500, made: true };
}

/**
 * tally stops at the first file that it cannot parse, and what it has not linted must not count as fast: such files are
 * left out for everyone.
 */
function withoutRefused(
  { folder, made }: ReturnType<typeof corpus>,
  tally: string | undefined,
): { folder: string; count: number; left: number; made: boolean } {
  const names = readdirSync(folder).filter(name => /Dockerfile/i.test(name));
  const copy = mkdtempSync(join(tmpdir(), 'dockwright-corpus-'));
  for (const name of names) copyFileSync(join(folder, name), join(copy, name));
  if (made) rmSync(folder, { recursive: true });
  let left = 0;
  for (; tally !== undefined && left < names.length; left++) {
    const { stderr } = spawnSync(tally, ['lint', '--format', 'json', '--slow-checks=off', copy], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      timeout: 300_000,
    });
    const refused = /failed to lint (\S+?):/.exec(stderr)?.[1];
    if (refused === undefined || !refused.startsWith(copy)) break;
    rmSync(refused);
  }
  return { folder: copy, count: names.length - left, left, made: true };
}

/** Best of some runs, in seconds: whatever else the machine does only makes a run slower. */
function seconds(command: string | undefined, args: readonly string[], runs: number): number | undefined {
  if (command === undefined) return undefined;
  let best: number | undefined;
  for (let run = 0; run < runs; run++) {
    const begin = performance.now();
    const { error, signal, status } = spawnSync(command, [...args], { stdio: 'ignore', timeout: 300_000 });
    if (error || signal || (status ?? 99) > 1) return undefined;
    const time = (performance.now() - begin) / 1000;
    best = Math.min(best ?? time, time);
  }
  return best;
}

async function main(): Promise<void> {
  const cli = join(ROOT, 'dist/cli.cjs');
  if (!existsSync(cli)) throw new Error('dist/cli.cjs is missing: npm run build first');
  const peers: Peers = getPeers(log);
  const contenders: readonly Contender[] = [
    { name: 'Dockwright', server: { command: process.execPath, args: [cli, 'lsp', '--stdio'] } },
    {
      name: 'tally',
      server: peers.tally === undefined ? undefined : { command: peers.tally, args: ['lsp', '--stdio'] },
    },
    { name: 'dockerfile-language-server', server: peers.npmServer },
  ];
  const measured = new Map<string, Measured>();
  for (const contender of contenders) measured.set(contender.name, await measure(contender));
  const cell = (name: string, key: string): Cell | undefined => measured.get(name)?.cells.get(key);

  say('# Performance');
  say();
  say(
    'Written by `npm run bench`, which runs everything below side by side on one machine. Peers are fetched into a cache outside the project.',
  );
  say();
  say(
    `Machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
  );
  say();
  say('## From a key to its diagnostics');
  say();
  say(
    'Milliseconds over the language server protocol, median (90th percentile). The files are stages of 17 lines, one after the other.',
  );
  say();
  say(`| Lines | Where | ${contenders.map(one => one.name).join(' | ')} | tally ÷ Dockwright |`);
  say(`| ---: | --- | ${contenders.map(() => '---:').join(' | ')} | ---: |`);
  for (const size of SIZES) {
    for (const place of PLACES) {
      const key = `${size} ${place}`;
      const own = p50(cell('Dockwright', key));
      const other = p50(cell('tally', key));
      const ratio = own !== undefined && other !== undefined ? (other / own).toFixed(0) : '–';
      say(`| ${size} | ${place} | ${contenders.map(one => shown(cell(one.name, key))).join(' | ')} | ${ratio} |`);
    }
  }
  say();
  const growth = (name: string): string => {
    const small = p50(cell(name, '512 middle'));
    const large = p50(cell(name, '50000 middle'));
    return small && large ? (Math.log(large / small) / Math.log(50_000 / 512)).toFixed(2) : 'not measured';
  };
  say(
    `Growth exponent from 512 to 50,000 lines (0: independent of the file, 1: proportional to it): ${contenders.map(one => `${one.name} ${growth(one.name)}`).join(', ')}.`,
  );
  say();
  say('## From the start of the process to the first diagnostics, and memory');
  say();
  say(`| | ${contenders.map(one => one.name).join(' | ')} |`);
  say(`| --- | ${contenders.map(() => '---:').join(' | ')} |`);
  for (const size of SIZES)
    say(
      `| ${size} lines, ms | ${contenders
        .map(one => {
          const time = measured.get(one.name)?.opened.get(size);
          return time === undefined ? (one.server ? 'too slow' : 'missing') : ms(time);
        })
        .join(' | ')} |`,
    );
  say(
    `| resident memory after the largest file it managed, MB | ${contenders.map(one => measured.get(one.name)?.memory?.toFixed(0) ?? 'missing').join(' | ')} |`,
  );
  say();
  const { folder, count, left, made } = withoutRefused(corpus(), peers.tally);
  const runs = QUICK ? 1 : 3;
  const node = process.execPath;
  const rows: readonly (readonly [string, number | undefined, number | undefined, number | undefined])[] = [
    [
      'without ShellCheck',
      seconds(node, [cli, 'lint', '--no-shellcheck', '--format', 'json', folder], runs),
      seconds(peers.tally, ['lint', '--format', 'json', '--ignore', 'shellcheck/*', folder], runs),
      undefined,
    ],
    [
      'with ShellCheck',
      seconds(node, [cli, 'lint', '--format', 'json', folder], 1),
      seconds(peers.tally, ['lint', '--format', 'json', folder], 1),
      seconds(
        peers.hadolint,
        [
          '--no-fail',
          '-f',
          'json',
          ...readdirSync(folder)
            .filter(name => /Dockerfile/i.test(name))
            .map(name => join(folder, name)),
        ],
        1,
      ),
    ],
  ];
  if (made) rmSync(folder, { recursive: true });
  say(`## All of ${count} files`);
  say();
  say(
    `Seconds, process start included. ${left} more that tally refuses to parse are left out for all. The files are those of --corpus FOLDER, or made by the bench where there are none.`,
  );
  say();
  say('| | Dockwright | tally | hadolint | tally ÷ Dockwright |');
  say('| --- | ---: | ---: | ---: | ---: |');
  for (const [name, own, tally, hadolint] of rows)
    say(
      `| ${name} | ${own?.toFixed(2) ?? 'failed'} | ${tally?.toFixed(2) ?? 'missing'} | ${name.startsWith('with ') ? (hadolint?.toFixed(2) ?? 'missing') : '–'} | ${own && tally ? (tally / own).toFixed(1) : '–'} |`,
    );
  const one = join(mkdtempSync(join(tmpdir(), 'dockwright-one-')), 'Dockerfile');
  writeFileSync(one, fileOf(28));
  const single = seconds(node, [cli, 'lint', '--no-shellcheck', one], 10);
  rmSync(dirname(one), { recursive: true });
  say();
  say(`One file of 28 lines, from process start to exit: ${single === undefined ? 'failed' : ms(single * 1000)} ms.`);
  say();
  say('## Sizes');
  say();
  say('| File | KB | gzip, KB |');
  say('| --- | ---: | ---: |');
  const sizes = ['cli.cjs', 'server-node.cjs', 'server-web.js', 'client-node.cjs', 'shellcheck.wasm'].map(name =>
    join(ROOT, 'dist', name),
  );
  for (const vsix of readdirSync(ROOT).filter(name => name.endsWith('.vsix'))) sizes.push(join(ROOT, vsix));
  for (const path of sizes) {
    if (!existsSync(path)) continue;
    const packed = path.endsWith('.vsix') ? '–' : (gzipSync(readFileSync(path)).length / 1024).toFixed(0);
    say(`| ${path.slice(ROOT.length + 1)} | ${(statSync(path).size / 1024).toFixed(0)} | ${packed} |`);
  }
  if (!process.argv.includes('--no-write')) writeFileSync(join(ROOT, 'docs/performance.md'), `${out.join('\n')}\n`);
}

await main();
