import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { alternating, type Program, type Run } from './alternating.js';
import type { Bench, Section } from './bench.js';
import { corpusOf } from './corpus.js';
import { median, ms } from './figures.js';
import { LspClient } from './lsp-client.js';
import { fileOf } from './sample.js';
import { keystrokes } from './typing.js';

/** A figure, and the bar that it has to stay below or above; undefined when it could not be measured. */
interface Row {
  readonly what: string;
  readonly value: number | undefined;
  readonly bar: number;
  readonly unit: 'ms' | 'times';
  readonly wanted: 'at most' | 'at least';
}

const atMost = (what: string, value: number | undefined, bar: number, unit: Row['unit'] = 'ms'): Row => ({
  ...{ what, value, bar, unit, wanted: 'at most' },
});
const atLeast = (what: string, value: number | undefined, bar: number): Row => ({
  ...{ what, value, bar, unit: 'times', wanted: 'at least' },
});

function shown({ what, value, bar, unit, wanted }: Row): string {
  const text = (number: number): string => (unit === 'ms' ? `${ms(number)} ms` : `${number.toFixed(2)} ×`);
  const holds = value === undefined ? 'not measured' : (wanted === 'at most') === value <= bar ? 'yes' : '**no**';
  return `| ${what} | ${value === undefined ? '–' : text(value)} | ${wanted} ${text(bar)} | ${holds} |`;
}

const milliseconds = (runs: readonly Run[] = []): number | undefined =>
  runs.length === 0 ? undefined : 1000 * median(runs.map(run => run.seconds));

/** The median of how many times as long one took as the other, run after run. */
function times(one: readonly Run[] = [], other: readonly Run[] = []): number | undefined {
  const ratios = one.flatMap((run, index) => {
    const beside = other[index];
    return beside ? run.seconds / beside.seconds : [];
  });
  return ratios.length === 0 ? undefined : median(ratios);
}

const linesIn = (file: string): number => readFileSync(file, 'utf8').split('\n').length;

async function commandLine({ cli, peers, quick, log, ...bench }: Bench): Promise<readonly Row[]> {
  const { folder, count } = corpusOf({ cli, peers, quick, log, ...bench });
  try {
    const files = readdirSync(folder).map(name => join(folder, name));
    const sorted = files
      .filter(file => /^RUN /m.test(readFileSync(file, 'utf8')))
      .sort((a, b) => linesIn(a) - linesIn(b));
    const one = sorted[sorted.length >> 1] ?? folder;
    const own = (...args: readonly string[]): Program => ({ command: process.execPath, args: [cli, 'lint', ...args] });
    const all = (...args: readonly string[]): Program => own('--format', 'json', ...args, folder);
    const hadolint = peers.hadolint && { command: peers.hadolint, args: ['--no-fail', '-f', 'json', ...files] };
    const tally = peers.tally && {
      command: peers.tally,
      args: ['lint', '--format', 'json', '--slow-checks=off', '--ignore', 'shellcheck/*', folder],
    };
    log('one file');
    const [first, again, without] = await alternating(
      [own('--no-cache', one), own(one), own('--no-shellcheck', one)],
      quick ? 7 : 31,
    );
    log('many files');
    const [allFirst, allAgain, ofHadolint] = await alternating(
      [all('--no-cache'), all(), hadolint || undefined],
      quick ? 2 : 5,
    );
    const [allWithout, ofTally] = await alternating([all('--no-shellcheck'), tally || undefined], quick ? 3 : 11);
    const beside = 'that without ShellCheck';
    return [
      atMost('One file with ShellCheck, the first run', milliseconds(first), 200),
      atMost(`The first run beside ${beside}`, times(first, without), 1.8, 'times'),
      atMost(`A second run beside ${beside}`, times(again, without), 1.15, 'times'),
      atLeast(`${count} files with ShellCheck, hadolint beside the first run`, times(ofHadolint, allFirst), 4),
      atLeast(`${count} files with ShellCheck, hadolint beside a second run`, times(ofHadolint, allAgain), 12),
      atLeast(`${count} files without ShellCheck, tally beside it`, times(ofTally, allWithout), 4),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** ShellCheck has something to say of each RUN; the rules have, too. */
const WITH_FINDINGS = `FROM debian:12\n${Array.from({ length: 10 }, (_, index) => `RUN apt-get install x${index} && echo \`ls\` > $out${index}\n`).join('')}`;
const PATIENCE_MS = 60_000;

/** Milliseconds from the native findings to the first of ShellCheck's, in a new server. */
async function afterNative({ cli }: Bench): Promise<number> {
  const client = new LspClient({ command: process.execPath, args: [cli, 'lsp', '--stdio'] });
  try {
    await client.initialize();
    const first = new Promise<number>(resolve => {
      client.onCodes = codes => {
        if (codes.some(code => typeof code === 'string' && code.startsWith('SC'))) resolve(client.arrived);
      };
      setTimeout(() => resolve(Number.POSITIVE_INFINITY), PATIENCE_MS).unref();
    });
    await client.open(WITH_FINDINGS, PATIENCE_MS);
    const native = client.arrived;
    return (await first) - native;
  } finally {
    await client.end();
  }
}

async function keys({ cli, quick, log }: Bench, lines: number): Promise<{ p50?: number; p90?: number }> {
  log(`keys in ${lines} lines`);
  const client = new LspClient({ command: process.execPath, args: [cli, 'lsp', '--stdio'] });
  try {
    await client.initialize();
    const text = fileOf(lines);
    await client.open(text, PATIENCE_MS);
    const isLong = lines > 10_000;
    const { cell } = await keystrokes(client, text, 'middle', isLong ? 20 : quick ? 60 : 200, isLong ? 20 : 300);
    return typeof cell === 'object' ? cell : {};
  } finally {
    client.stop();
  }
}

async function editor(bench: Bench): Promise<readonly Row[]> {
  bench.log('ShellCheck after the native findings');
  const delays: number[] = [];
  for (let round = 0; round < (bench.quick ? 3 : 9); round++) delays.push(await afterNative(bench));
  const [small, middle, large, huge] = [
    await keys(bench, 28),
    await keys(bench, 512),
    await keys(bench, 2000),
    await keys(bench, 50_000),
  ];
  return [
    atMost('The first of ShellCheck’s findings in an editor, after the native ones', median(delays), 150),
    atMost('A key to its diagnostics, 28 lines, median', small.p50, 2),
    atMost('The same, 90th percentile', small.p90, 6),
    atMost('512 lines, median', middle.p50, 3),
    atMost('The same, 90th percentile', middle.p90, 6),
    atMost('2,000 lines, median', large.p50, 16),
    atMost(
      '50,000 lines beside 2,000: not more than the lines grow, twice',
      huge.p50 && large.p50 && huge.p50 / large.p50,
      50,
      'times',
    ),
  ];
}

/** What has to hold, each figure with its bar. */
export async function bars(bench: Bench): Promise<Section> {
  const rows = [...(await commandLine(bench)), ...(await editor(bench))];
  const lines = [
    '## What has to hold',
    '',
    'Medians; what is beside something else is measured by turns with it, run after run, process start included. The one file is the one in the middle of those with a RUN, by lines. The first run is one with `--no-cache`, the second finds what ShellCheck said in an earlier one; V8’s compiled code is kept for both.',
    '',
    '| what | measured | bar | holds |',
    '| --- | ---: | ---: | --- |',
    ...rows.map(shown),
  ];
  return { lines, headlines: [] };
}
