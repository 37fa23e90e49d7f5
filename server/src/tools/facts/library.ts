import { git, gitLines } from './checkout.js';

/**
 * The lists of docker-library/official-images: `library/NAME` says which tags of an image are built now, from which folder
 * of which repository; its history says which ones ever were. Docker Hub keeps tags that are no longer built.
 */
export interface LibraryEntry {
  readonly tags: readonly string[];
  readonly architectures: readonly string[];
  readonly repository: string;
  readonly commit: string;
  readonly directory: string;
  /** The Dockerfile's name in it. */
  readonly file: string;
}

const list = (text: string | undefined): readonly string[] => (text ?? '').split(',').flatMap(one => one.trim() || []);

/** The tags on a line of a list, in today's form (`Tags: 3, 3.1`) or in that of before 2016 (`3.1: git://…@commit folder`). */
export function tagsOfLine(line: string): readonly string[] {
  const today = /^(?:Shared)?Tags:(.*)/.exec(line)?.[1];
  if (today !== undefined) return list(today);
  const before = /^(?!GitRepo:)(\w[\w.-]*):\s+(?:git|https?):\/\//.exec(line)?.[1];
  return before === undefined ? [] : [before];
}

/** Every tag that an official image ever had, by its name. */
export async function tagsEver(official: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const ever = new Map<string, Set<string>>();
  let name = '';
  const log = ['log', '--no-merges', '--format=', '--patch', '--unified=0', '--no-color', '--', 'library'];
  for await (const line of gitLines(official, ...log)) {
    if (line.startsWith('+++ ')) name = /^\+\+\+ b\/library\/(\S+)$/.exec(line)?.[1] ?? '';
    else if (name !== '' && line.startsWith('+')) {
      const tags = ever.get(name) ?? new Set();
      ever.set(name, tags);
      for (const tag of tagsOfLine(line.slice(1).trim())) tags.add(tag);
    }
  }
  return ever;
}

/** The fields of each paragraph: `Key: value`, continued on lines that begin with a space. */
function paragraphs(text: string): readonly ReadonlyMap<string, string>[] {
  const lines = text.split('\n').filter(line => !line.startsWith('#'));
  return lines
    .join('\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
    .map(
      paragraph =>
        new Map(
          paragraph.split('\n').flatMap(line => {
            const [, key, value = ''] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
            return key === undefined ? [] : [[key, value] as const];
          }),
        ),
    );
}

/** The names of the images that are official now. */
export const imagesNow = (official: string): readonly string[] =>
  (git(official, 'ls-tree', '--name-only', 'HEAD', 'library/') ?? '')
    .split('\n')
    .flatMap(path => (path === '' ? [] : path.slice('library/'.length)));

/** What is built of an image now; the first paragraph has what the others do not say. */
export function entriesOf(official: string, image: string): readonly LibraryEntry[] {
  const [head, ...rest] = paragraphs(git(official, 'show', `HEAD:library/${image}`) ?? '');
  if (!head) return [];
  return rest.flatMap(entry => {
    const tags = [...list(entry.get('Tags')), ...list(entry.get('SharedTags'))];
    const architectures = list(entry.get('Architectures') ?? head.get('Architectures') ?? 'amd64');
    if (tags.length === 0) return [];
    const field = (key: string): string | undefined =>
      architectures.map(one => entry.get(`${one}-${key}`)).find(value => value !== undefined) ??
      entry.get(key) ??
      head.get(key);
    return [
      {
        tags,
        architectures,
        repository: field('GitRepo') ?? '',
        commit: field('GitCommit') ?? '',
        directory: field('Directory') ?? '.',
        file: field('File') ?? 'Dockerfile',
      },
    ];
  });
}
