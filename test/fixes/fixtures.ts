import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contextReader } from '../../server/src/cli/context.js';
import { RULES } from '../../server/src/rules/index.js';
import { optionsFor } from '../../server/src/tools/rule-fixes.js';
import type { Subject } from './soundness.js';

interface Fixture extends Subject {
  readonly name: string;
}

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

const unmarked = (text: string): string => text.replace(/[«»]/g, '');

/** Each rule's examples, before and after their fix, with the files and options that they are about. */
const examples: readonly Fixture[] = RULES.flatMap(rule =>
  [...rule.examples.bad, ...rule.examples.good].flatMap(example => {
    const { profile: _, ...options } = optionsFor(rule, example);
    const fixed = 'fixed' in example && example.fixed !== undefined ? [example.fixed] : [];
    return [example.code, ...fixed].map(text => ({ name: rule.id, text: unmarked(text), options }));
  }),
);

/** The files that are easy to misread. */
function markedCases(): readonly Fixture[] {
  return readdirSync(join(ROOT, 'test/rules/cases')).flatMap(file =>
    readFileSync(join(ROOT, 'test/rules/cases', file), 'utf8')
      .split(/^===\n/m)
      .slice(1)
      .map(marked => ({ name: `${file} (marked)`, text: unmarked(marked), options: {} })),
  );
}

const FOLDERS = ['samples', 'test/build/samples', 'test/engine-room/bases', 'test/e2e'];

/** The Dockerfiles of the tests, with what is beside them. */
async function files(): Promise<readonly Fixture[]> {
  const read = contextReader({ cwd: ROOT, context: undefined });
  const found = FOLDERS.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(path => join(ROOT, folder, path)),
  ).filter(path => /(?:^|[/.])Dockerfile$/.test(path));
  return Promise.all(
    found.sort().map(async path => {
      const name = path.slice(dirname(path).length + 1);
      const text = readFileSync(path, 'utf8');
      const context = await read(dirname(path), name, text);
      return { name: relative(ROOT, path), text, options: context ? { context } : {} };
    }),
  );
}

/** Everything that the project keeps to show or to test something with, each once. */
export const FIXTURES: readonly Fixture[] = [
  ...new Map(
    [...examples, ...markedCases(), ...(await files())].map(fixture => [
      JSON.stringify([fixture.text, fixture.options]),
      fixture,
    ]),
  ).values(),
];
