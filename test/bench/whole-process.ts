import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Bench, Section } from './bench.js';
import { corpusOf } from './corpus.js';
import { ms, ratio } from './figures.js';
import { fileOf } from './sample.js';

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

const shown = (time: number | undefined, otherwise: string): string => time?.toFixed(2) ?? otherwise;

/** The command line on many files and on one, process start included. */
export async function wholeProcess(bench: Bench): Promise<Section> {
  const { cli, peers, quick } = bench;
  const { folder, count, left } = corpusOf(bench);
  const runs = quick ? 1 : 3;
  const node = process.execPath;
  const all = readdirSync(folder).map(name => join(folder, name));
  const rows = [
    {
      name: 'without ShellCheck',
      own: seconds(node, [cli, 'lint', '--no-shellcheck', '--format', 'json', folder], runs),
      tally: seconds(peers.tally, ['lint', '--format', 'json', '--ignore', 'shellcheck/*', folder], runs),
      hadolint: '–',
    },
    {
      name: 'with ShellCheck',
      own: seconds(node, [cli, 'lint', '--format', 'json', folder], 1),
      tally: seconds(peers.tally, ['lint', '--format', 'json', folder], 1),
      hadolint: shown(seconds(peers.hadolint, ['--no-fail', '-f', 'json', ...all], 1), 'missing'),
    },
  ];
  rmSync(folder, { recursive: true });
  const one = join(mkdtempSync(join(tmpdir(), 'dockwright-one-')), 'Dockerfile');
  writeFileSync(one, fileOf(28));
  const single = seconds(node, [cli, 'lint', '--no-shellcheck', one], 10);
  rmSync(dirname(one), { recursive: true });
  const lines = [
    `## All of ${count} files`,
    '',
    `Seconds, process start included. ${left} more that tally refuses to parse are left out for all. The files are those of --corpus FOLDER, or made by the bench where there are none.`,
    '',
    '| | Dockwright | tally | hadolint | tally ÷ Dockwright |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows.map(
      ({ name, own, tally, hadolint }) =>
        `| ${name} | ${shown(own, 'failed')} | ${shown(tally, 'missing')} | ${hadolint} | ${ratio(tally, own, 1)} |`,
    ),
    '',
    `One file of 28 lines, from process start to exit: ${single === undefined ? 'failed' : ms(single * 1000)} ms.`,
  ];
  const headlines = rows.map(({ name, own, tally, hadolint }) => ({
    what: `${count} files on the command line, ${name}`,
    dockwright: own === undefined ? 'failed' : `${shown(own, '')} s`,
    tally: tally === undefined ? 'missing' : `${shown(tally, '')} s`,
    npmServer: undefined,
    hadolint: /\d/.test(hadolint) ? `${hadolint} s` : hadolint === '–' ? undefined : hadolint,
  }));
  return { lines, headlines };
}
