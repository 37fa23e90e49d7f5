import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseDockerfile } from '../../dockerfile/index.js';
import { deriveFacts, type FileFacts, type Stage } from '../../facts/index.js';
import { checkout, git } from './checkout.js';
import { entriesOf, type LibraryEntry } from './library.js';

/** One stage of an image and what it is built on, down to a distribution: each file with its own facts. */
export interface Layer {
  readonly facts: FileFacts;
  readonly stage: Stage;
}

export interface BuiltImage {
  readonly tags: readonly string[];
  /** The newest first; empty for what is not made by a Dockerfile. */
  readonly layers: readonly Layer[];
  /** What its lowest layer is FROM: `debian:trixie-slim`. */
  readonly root: string;
}

/** Where the checkouts of the images' repositories are: `owner+name/repo` or `owner/name` in a folder, else clones. */
export class ImageSources {
  readonly #folders = new Map<string, string | undefined>();
  readonly #entries = new Map<string, readonly LibraryEntry[]>();
  readonly missing = new Set<string>();

  constructor(
    readonly official: string,
    readonly checkouts: string | undefined,
  ) {}

  entries(image: string): readonly LibraryEntry[] {
    const known = this.#entries.get(image) ?? entriesOf(this.official, image);
    this.#entries.set(image, known);
    return known;
  }

  /** The git directory of a repository; undefined where it cannot be had, which is noted. */
  folder(repository: string): string | undefined {
    if (this.#folders.has(repository)) return this.#folders.get(repository);
    const path = repository.replace(/^https:\/\/github\.com\//, '').replace(/\.git$/, '');
    const local =
      this.checkouts === undefined
        ? []
        : [join(this.checkouts, path.replace('/', '+'), 'repo'), join(this.checkouts, path)];
    const found = local.find(existsSync) ?? (this.checkouts === undefined ? checkout(repository) : undefined);
    if (found === undefined) this.missing.add(repository);
    this.#folders.set(repository, found);
    return found;
  }

  dockerfile({ repository, commit, directory, file }: LibraryEntry): string | undefined {
    const folder = this.folder(repository);
    const path = directory === '.' ? file : `${directory}/${file}`;
    if (folder === undefined) return undefined;
    // A checkout may be a little older than the list that names the commit.
    return git(folder, 'show', `${commit}:${path}`) ?? git(folder, 'show', `HEAD:${path}`);
  }

  /** What is built for Linux of an image now. */
  built(image: string): readonly BuiltImage[] {
    return this.entries(image).flatMap(entry => {
      if (entry.architectures.every(one => one.startsWith('windows-'))) return [];
      const text = this.dockerfile(entry);
      return text === undefined ? [] : [{ tags: entry.tags, ...this.#layers(text, 0) }];
    });
  }

  #layers(text: string, depth: number): Pick<BuiltImage, 'layers' | 'root'> {
    const facts = deriveFacts(parseDockerfile(text));
    const layers: Layer[] = [];
    let stage = facts.stages.at(-1);
    for (;;) {
      if (!stage) return { layers, root: '' };
      layers.push({ facts, stage });
      if (stage.base.kind !== 'stage') break;
      stage = stage.base.stage;
    }
    const root = stage.base.kind === 'image' ? stage.base.text : 'scratch';
    const [name = '', tag = 'latest'] = root.split(':');
    // An official image that is built on another one.
    const below = depth < 4 ? this.entries(name).find(({ tags }) => tags.includes(tag)) : undefined;
    const more = below && this.dockerfile(below);
    if (more === undefined) return { layers, root };
    const rest = this.#layers(more, depth + 1);
    return { layers: [...layers, ...rest.layers], root: rest.root === 'scratch' ? root : rest.root };
  }
}
