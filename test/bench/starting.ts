import type { Bench, Section } from './bench.js';
import { type Contender, contendersOf } from './contenders.js';
import { median, ms, ratio } from './figures.js';
import { LspClient } from './lsp-client.js';
import { fileOf } from './sample.js';

const SIZES = [28, 512, 5000, 50_000] as const;
const PATIENCE_MS = 60_000;
const SLOW_MS = 3000;

type Cell = number | 'missing' | 'too slow';

/** Milliseconds from the start of the process to the first diagnostics. */
async function once({ server }: Contender, text: string): Promise<Cell> {
  if (!server) return 'missing';
  const client = new LspClient(server);
  try {
    await client.initialize();
    const opened = await client.open(text, PATIENCE_MS);
    return opened === undefined ? 'too slow' : client.arrived - client.started;
  } catch {
    return 'too slow';
  } finally {
    await client.end();
  }
}

const shown = (cell: Cell | undefined): string =>
  typeof cell === 'number' ? ms(cell) : cell === 'too slow' ? `> ${PATIENCE_MS / 1000} s` : 'missing';
const withUnit = (cell: Cell | undefined): string => (typeof cell === 'number' ? `${ms(cell)} ms` : shown(cell));

/** From the start of the process to the first diagnostics; the servers take turns. */
export async function starting(bench: Bench): Promise<Section> {
  const contenders = contendersOf(bench);
  const cells = new Map<string, Cell>();
  const slow = new Set<string>();
  const cell = (name: Contender['name'], size: number): Cell | undefined => cells.get(`${name} ${size}`);
  for (const size of SIZES) {
    bench.log(`start to first diagnostics: ${size} lines`);
    const text = fileOf(size);
    const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
    for (let round = 0; round < (bench.quick ? 3 : 9); round++) {
      for (const contender of contenders) {
        const { name } = contender;
        const known = times.get(name) ?? [];
        if (slow.has(name) || (known[0] ?? 0) > SLOW_MS) continue;
        const time = await once(contender, text);
        if (typeof time === 'number') known.push(time);
        else {
          slow.add(name);
          cells.set(`${name} ${size}`, time);
        }
      }
    }
    for (const { name, server } of contenders) {
      const known = times.get(name) ?? [];
      cells.set(`${name} ${size}`, known.length > 0 ? median(known) : server ? 'too slow' : 'missing');
    }
  }
  const number = (value: Cell | undefined): number | undefined => (typeof value === 'number' ? value : undefined);
  const lines = [
    '## From the start of the process to the first diagnostics',
    '',
    `Milliseconds of starts after the first one (what a program keeps from one start to the next counts), median of ${bench.quick ? 3 : 9} starts; one start where it takes more than ${SLOW_MS / 1000} s.`,
    '',
    `| Lines | ${contenders.map(one => one.name).join(' | ')} | tally ÷ Dockwright |`,
    `| ---: | ${contenders.map(() => '---:').join(' | ')} | ---: |`,
    ...SIZES.map(size => {
      const factor = ratio(number(cell('tally', size)), number(cell('Dockwright', size)), 1);
      return `| ${size} | ${contenders.map(one => shown(cell(one.name, size))).join(' | ')} | ${factor} |`;
    }),
  ];
  const headlines = ([28, 512] as const).map(size => ({
    what: `start to first diagnostics, ${size} lines`,
    dockwright: withUnit(cell('Dockwright', size)),
    tally: withUnit(cell('tally', size)),
    npmServer: withUnit(cell('dockerfile-language-server', size)),
    hadolint: undefined,
  }));
  return { lines, headlines };
}
