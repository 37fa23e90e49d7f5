import type { Bench, Section } from './bench.js';
import { type Contender, contendersOf } from './contenders.js';
import { exponent, median, ms, quantile, ratio } from './figures.js';
import { LspClient } from './lsp-client.js';
import { fileOf } from './sample.js';

const SIZES = [28, 512, 5000, 50_000] as const;
const PLACES = ['start', 'middle', 'end'] as const;
type Place = (typeof PLACES)[number];

/** A server that takes longer than this for one edit is given no more of them at this size and above. */
const PATIENCE_MS = 60_000;
/**
 * Keys in a file before the first that counts, and then in each further place: what an hour of typing keeps warm is warm.
 * Engines of JavaScript take some hundred keys to optimise what runs once with each. The same for all that are not slow.
 */
const WARM_UP = 300;
const WARM_UP_AGAIN = 50;
/** The first keys after opening, which are shown for themselves. */
const FIRST = 20;
/** From this on a server gets few edits: the whole bench has to end. */
const SLOW_MS = 300;
const VERY_SLOW_MS = 3000;

interface Timing {
  readonly p50: number;
  readonly p90: number;
  readonly edits: number;
}
type Cell = Timing | 'missing' | 'too slow';

/** Types words in one place, one key after the other. */
export async function keystrokes(
  client: LspClient,
  text: string,
  place: Place,
  count: number,
  warmUp: number,
): Promise<{ readonly cell: Cell; readonly first: number | undefined }> {
  const lines = text.split('\n');
  const wanted = place === 'start' ? 0 : place === 'middle' ? lines.length >> 1 : lines.length - 20;
  const line = lines.findIndex((content, index) => index >= wanted && content.includes('make build'));
  const target = line < 0 ? lines.findLastIndex(content => content.includes('make build')) : line;
  let character = lines[target]?.length ?? 0;
  const times: number[] = [];
  const early: number[] = [];
  for (let key = 0; key < count + warmUp; key++) {
    const inserted = key % 6 === 0 ? ' ' : 'x';
    lines[target] = `${lines[target]}${inserted}`;
    const at = { line: target, character: character++ };
    const time = await client.edit({ start: at, end: at }, inserted, () => lines.join('\n'), PATIENCE_MS);
    if (time === undefined) return { cell: 'too slow', first: undefined };
    (key < warmUp ? early : times).push(time);
    await new Promise(done => setTimeout(done, 10));
  }
  times.sort((a, b) => a - b);
  return {
    cell: { p50: quantile(times, 0.5), p90: quantile(times, 0.9), edits: times.length },
    first: early.length >= FIRST ? median(early.slice(0, FIRST)) : undefined,
  };
}

class Measured {
  readonly cells = new Map<string, Cell>();
  /** Median of the first keys after opening, by lines. */
  readonly first = new Map<number, number>();
  /** Resident megabytes after typing, by lines. */
  readonly memory = new Map<number, number>();
  slow = false;

  cell(size: number, place: Place): Cell {
    return this.cells.get(`${size} ${place}`) ?? 'missing';
  }

  p50(size: number, place: Place): number | undefined {
    const cell = this.cell(size, place);
    return typeof cell === 'object' ? cell.p50 : undefined;
  }
}

async function measure({ name, server }: Contender, size: number, into: Measured, bench: Bench): Promise<void> {
  const text = fileOf(size);
  const rest = (cell: Cell): void => {
    for (const place of PLACES) if (!into.cells.has(`${size} ${place}`)) into.cells.set(`${size} ${place}`, cell);
  };
  if (!server || into.slow) return rest(server ? 'too slow' : 'missing');
  bench.log(`${name}: ${size} lines`);
  const client = new LspClient(server);
  try {
    await client.initialize();
    const opened = await client.open(text, PATIENCE_MS);
    const probe = opened === undefined ? undefined : (await keystrokes(client, text, 'end', 1, 0)).cell;
    let slowest = typeof probe === 'object' ? probe.p50 : PATIENCE_MS;
    for (const place of PLACES) {
      const edits = slowest > VERY_SLOW_MS ? 1 : slowest > SLOW_MS ? 10 : bench.quick ? 20 : 60;
      const warmUp = slowest > SLOW_MS ? edits >> 2 : place === 'start' ? WARM_UP : WARM_UP_AGAIN;
      const { cell, first } =
        typeof probe !== 'object'
          ? { cell: 'too slow' as const, first: undefined }
          : await keystrokes(client, text, place, edits, warmUp);
      if (place === 'start' && first !== undefined) into.first.set(size, first);
      into.cells.set(`${size} ${place}`, cell);
      if (cell === 'too slow') {
        into.slow = true;
        return rest(cell);
      }
      slowest = typeof cell === 'object' ? cell.p50 : slowest;
    }
    const memory = client.memory();
    if (memory !== undefined) into.memory.set(size, memory);
  } catch (error) {
    bench.log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    into.slow = true;
    rest('too slow');
  } finally {
    client.stop();
  }
}

function shown(cell: Cell): string {
  if (typeof cell !== 'object') return cell === 'too slow' ? `> ${PATIENCE_MS / 1000} s` : cell;
  return `${ms(cell.p50)} (${ms(cell.p90)})${cell.edits < 20 ? ` [${cell.edits}]` : ''}`;
}

const withUnit = (cell: Cell): string => (typeof cell === 'object' ? `${ms(cell.p50)} ms` : shown(cell));

/** From a key to its diagnostics, in files of every size and at their start, middle and end. */
export async function typing(bench: Bench): Promise<Section> {
  const contenders = contendersOf(bench);
  const results = new Map(contenders.map(({ name }) => [name, new Measured()] as const));
  const of = (name: Contender['name']): Measured => results.get(name) ?? new Measured();
  // By size first: what is compared is measured within the same minutes.
  for (const size of SIZES)
    for (const contender of contenders) await measure(contender, size, of(contender.name), bench);

  const growth = (name: Contender['name']): string => {
    const [small, large] = [of(name).p50(512, 'middle'), of(name).p50(50_000, 'middle')];
    return small && large ? exponent(small, large, 50_000 / 512).toFixed(2) : 'not measured';
  };
  const lines = [
    '## From a key to its diagnostics',
    '',
    `Milliseconds over the language server protocol until the diagnostics of that version have arrived, median (90th percentile). The files are stages of 17 lines, one after the other. Each server has had ${WARM_UP} keys before those that count; what the first ones take is below. One that needs more than ${SLOW_MS} ms gets fewer than the others: the number is in brackets.`,
    '',
    `| Lines | Where | ${contenders.map(one => one.name).join(' | ')} | tally ÷ Dockwright |`,
    `| ---: | --- | ${contenders.map(() => '---:').join(' | ')} | ---: |`,
    ...SIZES.flatMap(size =>
      PLACES.map(place => {
        const cells = contenders.map(one => shown(of(one.name).cell(size, place)));
        const factor = ratio(of('tally').p50(size, place), of('Dockwright').p50(size, place));
        return `| ${size} | ${place} | ${cells.join(' | ')} | ${factor} |`;
      }),
    ),
    '',
    `Growth exponent from 512 to 50,000 lines (0: independent of the file, 1: proportional to it): ${contenders.map(one => `${one.name} ${growth(one.name)}`).join(', ')}.`,
    '',
    `The first ${FIRST} keys after opening, median:`,
    '',
    `| Lines | ${contenders.map(one => one.name).join(' | ')} |`,
    `| ---: | ${contenders.map(() => '---:').join(' | ')} |`,
    ...SIZES.map(size => {
      const cells = contenders.map(one => of(one.name).first.get(size));
      return `| ${size} | ${cells.map(time => (time === undefined ? '–' : ms(time))).join(' | ')} |`;
    }),
    '',
    'Resident memory of the server after this typing, MB:',
    '',
    `| Lines | ${contenders.map(one => one.name).join(' | ')} |`,
    `| ---: | ${contenders.map(() => '---:').join(' | ')} |`,
    ...SIZES.map(
      size => `| ${size} | ${contenders.map(one => of(one.name).memory.get(size)?.toFixed(0) ?? '–').join(' | ')} |`,
    ),
  ];
  const headlines = SIZES.map(size => ({
    what: `key to diagnostics, ${size.toLocaleString('en')} lines`,
    dockwright: withUnit(of('Dockwright').cell(size, 'middle')),
    tally: withUnit(of('tally').cell(size, 'middle')),
    npmServer: withUnit(of('dockerfile-language-server').cell(size, 'middle')),
    hadolint: undefined,
  }));
  return { lines, headlines };
}
