import { OWN_CONFIG_NAMES, readConfig, upwards } from './config.js';
import type { Config } from './reading/config.js';
import type { ConfigProblem } from './reading/yaml.js';

type ReadFile = (path: string) => Promise<string | undefined>;

/** Deeper than anybody means it. */
const MAX_DEPTH = 16;

/** Reads a configuration with all that it extends: what it says itself comes first, and of two that it names the later. */
export async function readWhole(text: string, path: string, readFile: ReadFile): Promise<Config> {
  return whole(readConfig(text, path), path, readFile, [path]);
}

async function whole(config: Config, path: string, readFile: ReadFile, chain: readonly string[]): Promise<Config> {
  const problems: ConfigProblem[] = [...config.problems];
  const dependsOn: string[] = [];
  let base: Config = { options: {}, output: {}, shellcheck: {}, problems: [] };
  for (const { text: name, span } of config.extends ?? []) {
    const problem = (message: string): number => problems.push({ message, span, severity: 'error' });
    const places = placesOf(name, folderOf(path));
    const found = await firstOf(places, readFile);
    dependsOn.push(found?.path ?? places[0] ?? name);
    if (!found) {
      problem(`“${name}” is neither a file here nor a package in node_modules with a .dockwright.yaml.`);
      continue;
    }
    if (chain.includes(found.path) || chain.length >= MAX_DEPTH) {
      problem(`“${name}” extends itself: take it out of one of the files.`);
      continue;
    }
    const other = await whole(readConfig(found.text, found.path), found.path, readFile, [...chain, found.path]);
    const [wrong] = other.problems.filter(({ severity }) => severity === 'error');
    if (wrong) problem(`“${name}”: ${wrong.message}`);
    dependsOn.push(...(other.dependsOn ?? []));
    base = below(base, other);
  }
  return { ...below(base, config), dependsOn, problems };
}

/** One configuration under another: lists add up, of everything else the one on top wins. */
const below = (under: Config, top: Config): Config => ({
  options: {
    ...under.options,
    ...top.options,
    rules: { ...under.options.rules, ...top.options.rules },
    select: [...(under.options.select ?? []), ...(top.options.select ?? [])],
    ignore: [...(under.options.ignore ?? []), ...(top.options.ignore ?? [])],
    labelSchema: { ...under.options.labelSchema, ...top.options.labelSchema },
    trustedRegistries: [...(under.options.trustedRegistries ?? []), ...(top.options.trustedRegistries ?? [])],
  },
  output: { ...under.output, ...top.output },
  shellcheck: { ...under.shellcheck, ...top.shellcheck },
  exclude: [...(under.exclude ?? []), ...(top.exclude ?? [])],
  overrides: [...(under.overrides ?? []), ...(top.overrides ?? [])],
  problems: top.problems,
});

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Where a file or a package that is extended may be, the likeliest first. */
function placesOf(name: string, folder: string): readonly string[] {
  const inPackage = (at: string): string[] =>
    /\.(?:ya?ml|json)$/.test(name)
      ? [`${at}/node_modules/${name}`]
      : OWN_CONFIG_NAMES.map(file => `${at}/node_modules/${name}/${file}`);
  const isPath = /^(?:\.{0,2}\/|[a-zA-Z]:[\\/])/.test(name);
  const beside = /^(?:\/|[a-zA-Z]:)/.test(name) ? name : joined(folder, name);
  return isPath ? [beside] : [beside, ...upwards(folder, undefined).flatMap(inPackage)];
}

async function firstOf(
  places: readonly string[],
  readFile: ReadFile,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  for (const path of places) {
    const text = await readFile(path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

/** A path below or beside a folder, which may be a URI. */
function joined(folder: string, name: string): string {
  const parts = folder.split('/');
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
