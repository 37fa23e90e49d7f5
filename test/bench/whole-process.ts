import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { alternating, type Program, type Run } from './alternating.js';
import type { Bench, Section } from './bench.js';
import { corpusOf } from './corpus.js';
import { median, ms } from './figures.js';
import { fileOf } from './sample.js';

const middle = (runs: readonly Run[], value: (run: Run) => number | undefined): number | undefined => {
  const values = runs.flatMap(run => value(run) ?? []);
  return values.length === 0 ? undefined : median(values);
};
const seconds = (runs: readonly Run[]): string => middle(runs, run => run.seconds)?.toFixed(2) ?? 'missing';
const peak = (runs: readonly Run[]): string => middle(runs, run => run.peak)?.toFixed(0) ?? 'missing';

/** The median of the ratios of runs that followed one another. */
function pairwise(own: readonly Run[], other: readonly Run[], value: (run: Run) => number | undefined): string {
  const ratios = own.flatMap((run, index) => {
    const [a, b] = [value(run), other[index] && value(other[index])];
    return a === undefined || b === undefined ? [] : b / a;
  });
  return ratios.length === 0 ? '–' : median(ratios).toFixed(1);
}

/** The command line on many files and on one, process start included. */
export async function wholeProcess(bench: Bench): Promise<Section> {
  const { cli, peers, quick, log } = bench;
  const { folder, count, left } = corpusOf(bench);
  const own = (...args: readonly string[]): Program => ({ command: process.execPath, args: [cli, 'lint', ...args] });
  // Its default asks registries over the network, which would measure the network.
  const tally = (...args: readonly string[]): Program | undefined =>
    peers.tally === undefined
      ? undefined
      : { command: peers.tally, args: ['lint', '--format', 'json', '--slow-checks=off', ...args] };
  const hadolint = (...files: readonly string[]): Program | undefined =>
    peers.hadolint === undefined ? undefined : { command: peers.hadolint, args: ['--no-fail', '-f', 'json', ...files] };
  const all = readdirSync(folder).map(name => join(folder, name));
  log('many files, without ShellCheck');
  const without = await alternating(
    [own('--no-shellcheck', '--format', 'json', folder), tally('--ignore', 'shellcheck/*', folder), undefined],
    quick ? 3 : 11,
  );
  log('many files, with ShellCheck');
  const withShellcheck = await alternating(
    [own('--format', 'json', folder), tally(folder), hadolint(...all)],
    quick ? 1 : 3,
  );
  rmSync(folder, { recursive: true });
  const one = join(mkdtempSync(join(tmpdir(), 'dockwright-one-')), 'Dockerfile');
  writeFileSync(one, fileOf(28));
  log('one file');
  const single = await alternating(
    [own('--no-shellcheck', one), tally('--ignore', 'shellcheck/*', one), undefined],
    quick ? 5 : 31,
  );
  rmSync(dirname(one), { recursive: true });

  const rows = [
    { name: 'without ShellCheck', runs: without },
    { name: 'with ShellCheck', runs: withShellcheck },
  ].map(({ name, runs: [ours = [], tallys = [], hadolints = []] }) => ({ name, ours, tallys, hadolints }));
  const [ours = [], tallys = []] = single;
  const first = (runs: readonly Run[]): string => {
    const value = middle(runs, run => run.firstOutput);
    return value === undefined ? 'missing' : ms(value * 1000);
  };
  const lines = [
    `## All of ${count} files`,
    '',
    `Medians of runs by turns, process start included; each program ran once before. ${left} more files that tally refuses to parse are left out for all, and tally’s checks that ask registries are off. The files are those of --corpus FOLDER, or made by the bench where there are none.`,
    '',
    '| | | Dockwright | tally | hadolint | tally ÷ Dockwright |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...rows.flatMap(row => {
      const shell = row.name.startsWith('with ');
      return [
        `| ${row.name} | seconds | ${seconds(row.ours)} | ${seconds(row.tallys)} | ${shell ? seconds(row.hadolints) : '–'} | ${pairwise(row.ours, row.tallys, run => run.seconds)} |`,
        `| | peak memory, MB | ${peak(row.ours)} | ${peak(row.tallys)} | ${shell ? peak(row.hadolints) : '–'} | ${pairwise(row.ours, row.tallys, run => run.peak)} |`,
      ];
    }),
    '',
    `One file of 28 lines, from process start to the first finding, without ShellCheck: ${first(ours)} ms, tally ${first(tallys)} ms.`,
  ];
  const headlines = rows.map(({ name, ours: mine, tallys: theirs, hadolints }) => ({
    what: `${count} files on the command line, ${name}`,
    dockwright: mine.length === 0 ? 'failed' : `${seconds(mine)} s`,
    tally: theirs.length === 0 ? 'missing' : `${seconds(theirs)} s`,
    npmServer: undefined,
    hadolint: name.startsWith('with ') ? (hadolints.length === 0 ? 'missing' : `${seconds(hadolints)} s`) : undefined,
  }));
  return { lines, headlines };
}
