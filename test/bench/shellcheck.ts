import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LspClient } from './lsp-client.js';
import { fileOf } from './sample.js';

/**
 * `npm run bench:shellcheck [-- ROUNDS]`: what ShellCheck costs somebody who types, with it on and off by turns in one
 * run, and how long the first findings take after a start.
 */
const CLI = join(dirname(fileURLToPath(import.meta.url)), '../../dist/cli.cjs');
const SERVER = { command: process.execPath, args: [CLI, 'lsp', '--stdio'] };
const ROUNDS = Number(process.argv[2] ?? 12);
const KEYS_PER_ROUND = 25;
const PATIENCE = 60_000;

/** A stage of twelve lines, four of them a RUN that no other stage has and ShellCheck has something to say about. */
const stage = (index: number): string => `FROM debian:12-slim AS stage${index}
ENV VERSION${index}=1.${index}
RUN apt-get update && apt-get install -y --no-install-recommends curl${index} \\
    ca-certificates \\
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src/${index}
RUN curl -fsSL https://example.org/$NAME${index}.tgz | tar xz && make -C part${index} install
RUN for f in /src/${index}/*.sh; do sh $f --stage ${index}; done
COPY . .
RUN if [ $MODE${index} = dev ]; then make test${index}; fi; echo \`date\` > /build${index}

`;

const stages = (count: number): string => Array.from({ length: count }, (_, index) => stage(index)).join('');
const TEXT = stages(42);

const sleep = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));
const at = (times: readonly number[], part: number): string => {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN).toFixed(1);
};
const isShell = (code: unknown): boolean => String(code).startsWith('SC');

/** Opens the file in a new server; resolves when ShellCheck has said all. */
async function opened(shellcheck: 'on' | 'off', text = TEXT) {
  const client = new LspClient(SERVER, { settings: { shellcheck } });
  await client.initialize();
  const begin = performance.now();
  let first: number | undefined;
  let last = 0;
  let count = 0;
  client.onCodes = codes => {
    const found = codes.filter(isShell).length;
    if (found === count) return;
    count = found;
    last = performance.now() - begin;
    first ??= last;
  };
  const native = (await client.open(text, PATIENCE)) ?? Number.NaN;
  for (let quiet = 0, seen = -1; shellcheck === 'on' && quiet < 4; quiet = seen === count ? quiet + 1 : 0) {
    seen = count;
    await sleep(1000);
  }
  return { client, native, first, last, count };
}

/** Types a word into a RUN in the middle, at the pace of a person; ShellCheck begins in the longer gaps. */
async function type({ client, lines, times, work }: Typist): Promise<void> {
  const before = client.mainThread();
  const line = lines.findIndex((text, index) => index > lines.length / 2 && /make (?:-C|build)/.test(text));
  for (let key = 0; key < KEYS_PER_ROUND; key++) {
    const character = lines[line]?.length ?? 0;
    const inserted = key % 6 === 0 ? ' ' : 'x';
    lines[line] += inserted;
    const time = await client.edit(
      { start: { line, character }, end: { line, character } },
      inserted,
      () => lines.join('\n'),
      PATIENCE,
    );
    times.push(time ?? PATIENCE);
    await sleep(60 + ((key * 97) % 300));
  }
  // What follows the last key belongs to it.
  await sleep(1000);
  work.push((client.mainThread() - before) / KEYS_PER_ROUND);
}

interface Typist {
  readonly client: LspClient;
  readonly lines: string[];
  readonly times: number[];
  /** Milliseconds of the server's main thread per key, one for each round. */
  readonly work: number[];
}

const typist = async (shellcheck: 'on' | 'off', text: string): Promise<Typist> => ({
  client: (await opened(shellcheck, text)).client,
  lines: text.split('\n'),
  times: [],
  work: [],
});

async function main(): Promise<void> {
  if (!existsSync(CLI)) throw new Error('dist/cli.cjs is missing: npm run build first');
  console.log(
    `${TEXT.split('\n').length} lines, ${TEXT.match(/^RUN/gm)?.length} RUN; ${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  console.log('After opening, ms, median of 5 new servers:\n');
  console.log('| lines | RUN | native findings | first of ShellCheck | all |');
  console.log('|---:|---:|---:|---:|---:|');
  for (const text of [stages(3), TEXT]) {
    const starts: { readonly native: number; readonly first: number; readonly last: number }[] = [];
    for (let run = 0; run < 5; run++) {
      const { client, native, first, last } = await opened('on', text);
      starts.push({ native, first: first ?? Number.NaN, last });
      client.stop();
    }
    const median = (pick: (one: (typeof starts)[number]) => number): string => at(starts.map(pick), 0.5);
    console.log(
      `| ${text.split('\n').length - 1} | ${text.match(/^RUN/gm)?.length} | ${median(one => one.native)} | ${median(one => one.first)} | ${median(one => one.last)} |`,
    );
  }
  console.log('');
  console.log(
    '| file | from a key to the native findings, ms | keys | p50 | p90 | p99 | worst | main thread, ms a key |',
  );
  console.log('|---|---|---:|---:|---:|---:|---:|---:|');
  for (const [file, text] of Object.entries({ 'nothing found': fileOf(512), 'something in each RUN': TEXT })) {
    const on = await typist('on', text);
    const off = await typist('off', text);
    for (let round = 0; round < ROUNDS; round++) {
      for (const one of round % 2 === 0 ? [on, off] : [off, on]) await type(one);
    }
    for (const [name, { times, work }] of Object.entries({ 'ShellCheck on': on, 'ShellCheck off': off }))
      console.log(
        `| ${file} | ${name} | ${times.length} | ${[0.5, 0.9, 0.99, 1].map(part => at(times, part)).join(' | ')} | ${at(work, 0.5)} |`,
      );
    on.client.stop();
    off.client.stop();
  }
}

await main();
