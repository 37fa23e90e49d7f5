import type { Bench, Section } from './bench.js';
import { contendersOf } from './contenders.js';
import { LspClient } from './lsp-client.js';
import { fileOf } from './sample.js';

/** Ten keys a second for an hour. */
const EDITS = 36_000;
const LINES = 512;
const READINGS = 10;
const PATIENCE_MS = 60_000;
/** A word is typed, then taken back; the next one elsewhere. */
const WORD = 20;

/** Memory of the server while somebody types for an hour. Every edit waits for its diagnostics. */
export async function hour(bench: Bench): Promise<Section> {
  const server = contendersOf(bench).find(({ name }) => name === 'Dockwright')?.server;
  if (!server) return { lines: [], headlines: [] };
  const edits = bench.quick ? EDITS / 10 : EDITS;
  bench.log(`an hour of typing: ${edits} edits`);
  const text = fileOf(LINES);
  const lines = text.split('\n');
  const targets = lines.flatMap((line, index) => (/^RUN (?!apt)|^COPY|^LABEL|^EXPOSE/.test(line) ? index : []));
  const client = new LspClient(server, { probe: true });
  const readings: { readonly edits: number; readonly resident: number; readonly heap: number | undefined }[] = [];
  const read = async (done: number): Promise<void> => {
    const heap = await client.heap();
    readings.push({ edits: done, resident: client.memory() ?? Number.NaN, heap });
  };
  try {
    await client.initialize();
    await client.open(text, PATIENCE_MS);
    await read(0);
    for (let done = 0; done < edits; done++) {
      const target = targets[Math.floor(done / (2 * WORD)) % targets.length] ?? 0;
      const before = lines[target] ?? '';
      const typing = done % (2 * WORD) < WORD;
      const character = typing ? before.length : before.length - 1;
      const inserted = typing ? (done % 7 === 3 ? ' ' : ('abcdefghij'[done % 10] ?? 'k')) : '';
      lines[target] = typing ? before + inserted : before.slice(0, -1);
      const start = { line: target, character };
      const end = { line: target, character: before.length };
      const time = await client.edit({ start, end }, inserted, () => lines.join('\n'), PATIENCE_MS);
      if (time === undefined) throw new Error('no diagnostics');
      if ((done + 1) % (edits / READINGS) === 0) await read(done + 1);
    }
  } finally {
    client.stop();
  }
  const last = readings.at(-1);
  const warm = readings[2];
  return {
    lines: [
      '## Memory over an hour of typing',
      '',
      `Megabytes of the Dockwright server in the course of ${edits.toLocaleString('en')} edits of a file of ${LINES} lines, each waiting for its diagnostics. The heap is what is left after a garbage collection.`,
      '',
      '| Edits | Resident | Heap |',
      '| ---: | ---: | ---: |',
      ...readings.map(one => `| ${one.edits} | ${one.resident.toFixed(0)} | ${one.heap?.toFixed(1) ?? '–'} |`),
    ],
    headlines:
      last && warm
        ? [
            {
              what: `server memory after ${warm.edits.toLocaleString('en')} and ${last.edits.toLocaleString('en')} keys`,
              dockwright: `${warm.resident.toFixed(0)} and ${last.resident.toFixed(0)} MB`,
              tally: undefined,
              npmServer: undefined,
              hadolint: undefined,
            },
          ]
        : [],
  };
}
