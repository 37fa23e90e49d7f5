import { type ContextSnapshot, compileIgnore, contextEntry, contextPath } from '../context/index.js';
import type { Placed } from '../dockerfile/index.js';
import { baseName, looksLikeArchive, type Source, transferOf } from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
import { isBelow, pathIn } from './paths.js';
import type { Needed, Started, Toolchain } from './types.js';

/** More than this beside the sources is nothing to copy one by one. */
const MOST = 8;

/** What repositories have for people and services that work on them, at their root. */
const FURNITURE =
  /^(?:[^/]*Dockerfile[^/]*|Containerfile|(?:docker-)?compose[^/]*|[Mm]akefile|GNUmakefile|[Jj]ustfile|Taskfile\.ya?ml|[^/]*\.(?:md|rst|adoc)|LICEN[CS]E[^/]*|COPYING|NOTICE[^/]*|CHANGELOG[^/]*|AUTHORS|CODEOWNERS|README[^/]*|Vagrantfile|Jenkinsfile|skaffold\.ya?ml|cloudbuild\.ya?ml|renovate\.json|fly\.toml|Procfile|Tiltfile|\.(?:git|docker|github|gitlab|circleci|vscode|idea|devcontainer|editorconfig|travis|golangci|pre-commit|goreleaser|air\.toml|prettier|eslint|codecov|markdownlint|husky)[^/]*)(?:\/|$)/;

interface Copied {
  /** In the image. */
  readonly to: string;
  readonly chown: string | undefined;
  /** A part of a folder that is copied whole. */
  readonly isPart: boolean;
}

/**
 * What the COPYs of the build bring into the image beside sources: the program may read it when it runs. A text says what
 * is not known of it.
 */
export function keptFiles(
  facts: FileFacts,
  copies: readonly Placed[],
  toolchain: Toolchain,
  started: Started,
): readonly Needed[] | string {
  const found: Copied[] = [];
  for (const copy of copies) {
    const read = copiedBy(facts, copy, toolchain);
    if (typeof read === 'string') return read;
    found.push(...read);
  }
  const kept = found.filter(({ to, isPart }) => !isPart || mayBeReached(to, started));
  const needed = kept.map(({ to, chown }) => ({ from: to, to, ...(chown === undefined ? {} : { chown }) }));
  const outermost = needed.filter(
    ({ to }, index) =>
      !needed.some((other, at) => at !== index && isBelow(to, other.to) && (other.to !== to || at < index)),
  );
  if (outermost.length > MOST)
    return `the program may read many files beside its sources, such as ${outermost
      .slice(0, 3)
      .map(({ to }) => to)
      .join(', ')}`;
  return outermost;
}

/** Below the folder that it starts in, or named by its arguments. */
const mayBeReached = (to: string, { words, workdir }: Started): boolean =>
  isBelow(to, workdir ?? '/') ||
  words.some(word => word.includes(to)) ||
  (workdir !== undefined && isBelow(workdir, to));

function copiedBy(facts: FileFacts, copy: Placed, toolchain: Toolchain): readonly Copied[] | string {
  const { instruction } = copy;
  const { scope, workdir } = facts.stateBefore(copy);
  const transfer = transferOf(instruction, scope);
  if (!transfer || transfer.pathCertainty === 'unknown') return 'it is not known what it copies';
  if (transfer.from) return `it copies from ${transfer.from.value ?? 'another image'}`;
  const target = pathIn(transfer.path, workdir);
  if (target === undefined) return 'without a WORKDIR it is not known where it copies to';
  const isFolder = /(?:^|\/)\.{0,2}$/.test(transfer.path) || transfer.sources.length > 1 || target === workdir;
  const chown = instruction.flag('chown')?.value;
  const found: Copied[] = [];
  for (const source of transfer.sources) {
    const read = copiedFrom(facts, source, toolchain);
    if (typeof read === 'string') return read;
    const at = read.kind === 'file' && isFolder ? below(target, read.path) : target;
    if (read.kind !== 'parts') found.push({ to: at, chown, isPart: false });
    else for (const path of read.paths) found.push({ to: below(target, path), chown, isPart: true });
  }
  return found;
}

const below = (folder: string, path: string): string => `${folder === '/' ? '' : folder}/${baseName(path)}`;

/** What of one source is more than sources: itself, or parts of a folder. */
type More =
  | { readonly kind: 'file' | 'folder'; readonly path: string }
  | { readonly kind: 'parts'; readonly paths: readonly string[] };

const NOTHING: More = { kind: 'parts', paths: [] };

function copiedFrom({ context }: FileFacts, source: Source, toolchain: Toolchain): More | string {
  const { text, kind, certainty, glob } = source;
  if (kind === 'heredoc') return { kind: 'file', path: text.replace(/^<<-?/, '') };
  if (kind !== 'local' || certainty === 'unknown') return `it is not known what ${source.word.text} holds`;
  if (looksLikeArchive(text)) return `it is not known what is in ${text}`;
  const path = contextPath(text);
  if (glob) return isSourcePattern(path, toolchain) ? NOTHING : `it is not known which files ${text} means`;
  if (toolchain.isSource(path) || FURNITURE.test(path)) return NOTHING;
  const known = context && context.isUnsure !== true ? context : undefined;
  const entry = known && path !== '' ? contextEntry(known, path) : undefined;
  if (entry?.kind === 'file') return { kind: 'file', path };
  if (!known) return `the build context cannot be seen, so it is not known what ${text} holds`;
  if (path !== '' && !entry) return `${text} is not seen in the build context`;
  if (path === '' && !known.entries.some(one => toolchain.manifest.test(one.path)))
    return 'the sources are not beside the Dockerfile, so the build context is another folder';
  return partsOf(known, path, toolchain);
}

/** A pattern that only sources fit: `*.go`, `go.*`, `package*.json`. */
const isSourcePattern = (pattern: string, toolchain: Toolchain): boolean =>
  !pattern.endsWith('/*') &&
  ['', 'x', 'mod', '-lock', 'toml'].some(part => toolchain.isSource(pattern.replaceAll('*', part)));

function partsOf(context: ContextSnapshot, folder: string, toolchain: Toolchain): More {
  const ignore = context.ignore && compileIgnore(context.ignore.text);
  const start = folder === '' ? '' : `${folder}/`;
  const isSource = (path: string): boolean =>
    FURNITURE.test(path.slice(start.length)) || toolchain.isSource(path.slice(start.length));
  const inside = context.entries.filter(({ path }) => path.startsWith(start) && ignore?.verdict(path) !== 'ignored');
  const isAllSources = (path: string): boolean => {
    const within = inside.filter(one => one.path.startsWith(`${path}/`));
    const folders = [path, ...within.filter(one => one.kind === 'directory').map(one => one.path)];
    // What is not listed may be anything.
    const isListed = folders.every(one => within.some(other => other.path.startsWith(`${one}/`)));
    return isListed && within.every(one => one.kind === 'directory' || isSource(one.path));
  };
  const tops = inside.filter(({ path }) => !path.slice(start.length).includes('/'));
  const more = tops.filter(({ path, kind }) => !isSource(path) && !(kind === 'directory' && isAllSources(path)));
  if (folder !== '' && more.length === tops.length) return { kind: 'folder', path: folder };
  return { kind: 'parts', paths: more.map(({ path }) => path) };
}
