import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Plugin } from 'esbuild';
import { arrayLoops, type Sources } from './array-loops.js';
import { hasExamples, withFirstExample } from './first-example.js';

/** Read once for all bundles. */
let loops: Sources | undefined;

/** The project's own sources as bundles have them. */
export const ownSources = (root: string): Plugin => ({
  name: 'own-sources',
  setup(build) {
    build.onLoad({ filter: /[\\/]server[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      loops ??= arrayLoops(join(root, 'server/tsconfig.node.json'));
      const text = loops.get(path.split(sep).join('/')) ?? (await readFile(path, 'utf8'));
      return { contents: hasExamples(text, path) ? withFirstExample(text, path) : text, loader: 'ts' };
    });
  },
});
