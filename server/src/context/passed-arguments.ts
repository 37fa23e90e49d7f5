import { isComposeName } from '../../../shared/src/compose-names.js';
import type { Dockerfile } from '../dockerfile/index.js';
import { joined, nameOf, parentOf, upTo } from './path-below.js';
import type { Files } from './root.js';

/** Files from which people and machines build images: Compose, Bake, CI, make and its like, scripts, instructions. */
const BUILDS =
  /^(?:.*bake.*\.(?:hcl|json)|GNUmakefile|makefile|.*\.mk|justfile|taskfile\.ya?ml|package\.json|readme.*|jenkinsfile|skaffold\.ya?ml|cloudbuild\.ya?ml|\.gitlab-ci\.ya?ml|azure-pipelines.*\.ya?ml|bitbucket-pipelines\.ya?ml|\.(?:travis|drone|woodpecker)\.ya?ml|(?:docker[-_])?build|.*\.(?:sh|bash|ps1|cmd|bat))$/i;
const IN_WORKFLOWS = /\.ya?ml$/;
/** Folders beside a Dockerfile, or beside a folder that it is in, that hold such files too. */
const FOLDERS = ['.circleci', '.github/workflows', '.gitlab', 'ci', 'hack', 'hooks', 'scripts'];

const MAX_FILES = 40;
/** In characters: longer ones were not written by hand. */
const MAX_LENGTH = 300_000;

/** The arguments before the first FROM that have no default. */
export function requiredArguments({ placements }: Dockerfile): readonly string[] {
  const firstFrom = placements.parts.findIndex(({ instruction }) => instruction.keyword === 'FROM');
  return placements.parts
    .slice(0, Math.max(0, firstFrom))
    .filter(({ instruction }) => instruction.keyword === 'ARG')
    .flatMap(({ instruction }) => instruction.pairs)
    .flatMap(({ key, value }) => (value === undefined && /^\w+$/.test(key) ? [key] : []));
}

/** Which of these arguments the builds of a Dockerfile are given, as far as the files of the project tell; paths are below one top folder. */
export async function passedArguments(
  { readDirectory, readFile }: Files,
  dockerfile: string,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const folders = upTo(parentOf(dockerfile));
  const lists = await Promise.all(
    folders
      .flatMap(folder => ['', ...FOLDERS].map(below => joined(folder, below)))
      .map(async folder => {
        const entries = (await readDirectory(folder)) ?? [];
        return entries.flatMap(([name, kind]) =>
          kind === 'file' && buildsImages(folder, name) ? [joined(folder, name)] : [],
        );
      }),
  );
  const paths = [...new Set(lists.flat())].filter(path => path !== dockerfile).slice(0, MAX_FILES);
  const texts = (await Promise.all(paths.map(readFile))).filter(text => text !== undefined);
  const own = (await readFile(dockerfile)) ?? '';
  return names.filter(name => isNamedIn(own, name) || texts.some(text => isPassedIn(text, name)));
}

const buildsImages = (folder: string, name: string): boolean =>
  BUILDS.test(name) || isComposeName(name) || (nameOf(folder) !== folder && IN_WORKFLOWS.test(name));

/** A file that speaks of build arguments and has the name of this one. */
const isPassedIn = (text: string, name: string): boolean =>
  text.length <= MAX_LENGTH && /build[-_]?args?|\bargs\b/i.test(text) && new RegExp(`\\b${name}\\b`).test(text);

/** A comment of the Dockerfile that says how to build it; all else there names the argument anyway. */
const isNamedIn = (text: string, name: string): boolean => new RegExp(`--build-arg[= ]["']?${name}\\b`).test(text);
