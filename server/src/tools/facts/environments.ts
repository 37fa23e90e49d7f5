import { parseDockerfile } from '../../dockerfile/index.js';
import { deriveFacts } from '../../facts/index.js';
import { ENVIRONMENTS } from '../../images/environments.js';
import { git } from './checkout.js';
import { factsOf } from './image-facts.js';
import type { ImageSources } from './image-source.js';
import type { Table } from './table.js';

/** Docker Hub's first official images. */
const FIRST_YEAR = 2014;

/** `3.14/trixie` and `2.7/slim` are versions of the same: `#`. */
const kindOf = (path: string): string => (path.split('/')[0] ?? '').replace(/\d+(?:[.\d-]*\d)?/g, '#');

/** The ENV names of the image's own Dockerfiles, as they are now and as they were at the beginning of each year. */
function ownNames(sources: ImageSources, image: string): ReadonlySet<string> {
  const names = new Set<string>();
  const kinds = new Map<string, Set<string>>();
  for (const { repository, directory } of sources.entries(image)) {
    const known = kinds.get(repository) ?? new Set();
    kinds.set(repository, known.add(kindOf(directory)));
  }
  for (const [repository, wanted] of kinds) {
    const folder = sources.folder(repository);
    if (folder === undefined) continue;
    for (const commit of yearly(folder)) {
      const files = (git(folder, 'ls-tree', '-r', '--name-only', commit) ?? '').split('\n');
      for (const file of files.filter(one => /(?:^|\/)Dockerfile$/.test(one) && wanted.has(kindOf(one))))
        for (const name of namesIn(git(folder, 'show', `${commit}:${file}`) ?? '')) names.add(name);
    }
  }
  return names;
}

function yearly(folder: string): readonly string[] {
  const years = Array.from({ length: new Date().getFullYear() - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
  const commits = years.map(year => git(folder, 'rev-list', '-1', `--before=${year}-01-01`, 'HEAD')?.trim() ?? '');
  return [...new Set([...commits, 'HEAD'])].filter(commit => commit !== '');
}

function namesIn(text: string): readonly string[] {
  const { stages } = deriveFacts(parseDockerfile(text));
  return stages
    .filter(({ inFinalImage }) => inFinalImage)
    .flatMap(({ instructions }) => instructions)
    .filter(({ instruction }) => instruction.keyword === 'ENV')
    .flatMap(({ instruction }) => instruction.pairs.map(({ key }) => key))
    .filter(key => /^[A-Za-z_]\w*$/.test(key));
}

/** Which ENV variables some version of an image sets, its own and those of the official images that it is built on. */
export function environments(sources: ImageSources, images: readonly string[], source: string): Table {
  const rows: Record<string, string> = {};
  const missing: string[] = [];
  for (const image of images) {
    const built = sources.built(image);
    const names = new Set([...ownNames(sources, image), ...built.flatMap(one => [...factsOf(one).env])]);
    const known = Object.hasOwn(ENVIRONMENTS, image) ? ENVIRONMENTS[image] : undefined;
    names.delete('PATH');
    if (built.length > 0) rows[image] = [...names].sort().join(' ');
    else {
      missing.push(image);
      if (known !== undefined) rows[image] = known;
    }
  }
  return {
    file: 'environments.ts',
    source,
    missing,
    lines: [
      '/** The ENV variables that some version of a Docker official image sets, beside PATH. */',
      `export const ENVIRONMENTS: Readonly<Record<string, string>> = ${JSON.stringify(rows)};`,
    ],
  };
}
