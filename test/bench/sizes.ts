import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench, Section } from './bench.js';

const FILES = [
  'cli-main.cjs',
  'server-main.cjs',
  'server-web.js',
  'client-node.cjs',
  'client-web.cjs',
  'shellcheck.wasm',
];

/** What is downloaded and what is read at the start. */
export async function sizes({ root }: Bench): Promise<Section> {
  const packages = readdirSync(root).filter(name => name.endsWith('.vsix'));
  const paths = [...FILES.map(name => `dist/${name}`), ...packages].filter(path => existsSync(join(root, path)));
  const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(0);
  const lines = [
    '## Sizes',
    '',
    '| File | KB | gzip, KB |',
    '| --- | ---: | ---: |',
    ...paths.map(path => {
      const file = join(root, path);
      const packed = path.endsWith('.vsix') ? '–' : kilobytes(gzipSync(readFileSync(file)).length);
      return `| ${path} | ${kilobytes(statSync(file).size)} | ${packed} |`;
    }),
    ...(packages.length === 0 ? ['| the .vsix | missing: `npm run package` makes it | – |'] : []),
  ];
  return { lines, headlines: [] };
}
