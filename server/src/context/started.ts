import type { Dockerfile } from '../dockerfile/index.js';
import { keepingWith } from '../text/keeping.js';
import type { ReadFile } from './read.js';
import type { ContextEntry } from './snapshot.js';

/** Files whose text says how a container is started, whatever starts it. */
const ALWAYS = ['action.yml', 'action.yaml'];
const MANIFEST = 'package.json';
const LOCK = 'package-lock.json';

/** The lists of dependencies that a RUN reads. */
const LISTS: readonly (readonly [installs: RegExp, list: string])[] = [
  [/\b(?:npm\s+ci|yarn|pnpm\s+i)\b|\bpnpm\s+install\b/, MANIFEST],
  [/\bgo\s+mod\s+download\b/, 'go.mod'],
  [/\bbundle\s+install\b/, 'Gemfile'],
  [/\bcomposer\s+install\b/, 'composer.json'],
  [/\b(?:poetry\s+install|uv\s+sync)\b/, 'pyproject.toml'],
  [/\bpipenv\s+(?:install|sync)\b/, 'Pipfile'],
  [/\bmvn\b[^;&|]*\bdependency:/, 'pom.xml'],
];

const MAX_FILES = 200;
/** Below the root: `deploy/docker/scripts/start`. */
const MAX_DEPTH = 4;
/** No script that a person writes is longer, in characters. */
const MAX_LENGTH = 200_000;

/**
 * The names of files whose text tells what a container of this Dockerfile does when it starts: what CMD and ENTRYPOINT
 * name, the lists of dependencies that its RUNs and they read, and the sources of what a file of one stage builds.
 */
export function startedNames({ placements }: Dockerfile): readonly string[] {
  const names = new Set<string>(ALWAYS);
  const isOneStage = placements.parts.filter(({ instruction }) => instruction.keyword === 'FROM').length === 1;
  for (const { instruction } of placements.parts) {
    const { keyword, text, words } = instruction;
    if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
      for (const word of words) for (const part of word.text.split(/[\s;&|"'=:]+/)) add(names, part);
      if (/\b(?:npm|yarn|pnpm|bun)\b/.test(text)) names.add(MANIFEST);
      if (/\b(?:foreman|honcho|hivemind|overmind)\b/.test(text)) names.add('Procfile');
    } else if (keyword === 'RUN') {
      if (isOneStage && BUILD.test(text))
        for (const { command, reads } of SOURCES) if (command.test(text)) for (const name of reads) names.add(name);
      if (/\bnpm\s+i(?:nstall)?\b/.test(text)) names.add(MANIFEST).add(LOCK);
      for (const [installs, list] of LISTS) if (installs.test(text)) names.add(list);
      const requirements = /\bpip[\d.]*\s+install\b[^;&|]*\s(?:-r|--requirement)[ =]?([\w.-]+)/.exec(text)?.[1];
      if (requirements !== undefined) names.add(requirements);
    }
  }
  return [...names];
}

interface SourceRow {
  readonly command: RegExp;
  readonly reads: readonly string[];
}

/** What tells how a program is built, and what it needs when it runs; `*` stands for the beginning of a name. */
const SOURCES: readonly SourceRow[] = [
  { command: /\bgo\b/, reads: ['go.mod', '*.go'] },
  { command: /\bcargo\b/, reads: ['Cargo.toml', 'Cargo.lock', '*.rs'] },
  { command: /cc\b|\bclang\b/, reads: ['*.c', '*.h'] },
  { command: /\b(?:mvnw?|gradlew?)\b/, reads: ['pom.xml', 'build.gradle', 'build.gradle.kts'] },
  { command: /\bdotnet\b/, reads: ['*.csproj', '*.cs'] },
];
const BUILD = /\b(?:go|cargo|g?cc|clang|mvnw?|gradlew?|dotnet)\b/;

function add(names: Set<string>, path: string): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^[\w.-]*\w$/.test(name)) names.add(name);
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The Dockerfiles of a folder share their build context. */
const filesByName = keepingWith((entries: readonly ContextEntry[]): ReadonlyMap<string, readonly ContextEntry[]> => {
  const byName = new Map<string, ContextEntry[]>();
  for (const entry of entries) {
    if (entry.kind !== 'file' || entry.path.split('/').length > MAX_DEPTH) continue;
    const list = byName.get(nameOf(entry.path));
    if (list) list.push(entry);
    else byName.set(nameOf(entry.path), [entry]);
  }
  return byName;
});

/** The same entries, with the text of files of these names, and of those that scripts among them name in turn. */
export async function withStarted(
  entries: readonly ContextEntry[],
  names: readonly string[],
  readFile: ReadFile,
): Promise<readonly ContextEntry[]> {
  const byName = filesByName(entries);
  const texts = new Map<ContextEntry, string>();
  const asked = new Set<string>();
  const queue = [...names];
  for (let name = queue.shift(); name !== undefined && texts.size < MAX_FILES; name = queue.shift()) {
    if (asked.has(name)) continue;
    asked.add(name);
    if (name.startsWith('*')) queue.push(...[...byName.keys()].filter(other => other.endsWith(name.slice(1))));
    for (const entry of byName.get(name) ?? []) {
      const text = entry.text ?? (await readFile(entry.path));
      if (text === undefined || text.includes('\0')) continue;
      const kept = name === LOCK ? rootOfLock(text) : text.length <= MAX_LENGTH ? text : undefined;
      if (kept === undefined) continue;
      if (entry.text === undefined) texts.set(entry, kept);
      queue.push(...namedIn(kept).filter(other => byName.has(other)));
    }
  }
  if (texts.size === 0) return entries;
  return entries.map(entry => {
    const text = texts.get(entry);
    return text === undefined ? entry : { ...entry, text };
  });
}

/** The names of files that a shell script, or a script of package.json, may run or source. */
function namedIn(text: string): readonly string[] {
  if (!/^#!.*sh\b|^\s*(?:\.|source|exec|sh|bash)\s/m.test(text) && !text.startsWith('{')) return [];
  const names = new Set<string>();
  for (const [word] of text.matchAll(/[\w./-]+/g)) add(names, word);
  return [...names].filter(name => /\.(?:sh|bash)$|^[\w-]+$|^Procfile$|^package\.json$/.test(name));
}

/** What a lock file says of the project itself: all else in it is long. */
function rootOfLock(text: string): string | undefined {
  try {
    const lock: { readonly lockfileVersion?: unknown; readonly packages?: { readonly ''?: unknown } } | null =
      JSON.parse(text);
    return JSON.stringify({ lockfileVersion: lock?.lockfileVersion, packages: { '': lock?.packages?.[''] } });
  } catch {
    return undefined;
  }
}
