import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DEFAULT_SETTINGS, PROFILES, type ProfileName, type ShellcheckSettings } from '../../../shared/src/settings.js';
import { findConfig, withConfig } from '../config/config.js';
import { readWhole } from '../config/extends.js';
import { isExcluded, overridesFor } from '../config/for-file.js';
import type { Config, OutputOptions, Override } from '../config/reading/config.js';
import { hadolintEnvironment } from '../hadolint/config/environment.js';
import { DEFAULT_OPTIONS, type LintOptions } from '../profiles/types.js';
import { lineIndex, positionAt } from '../text/line-index.js';
import type { Arguments } from './args.js';
import { readReasonOf } from './file-errors.js';
import type { Input } from './inputs.js';
import { type Io, UsageError } from './io.js';
import { readIfThere } from './read-text.js';
import { rulesWished, type Wishes, withWishes } from './wishes.js';

/** What counts for the files of one folder. */
export interface Settled {
  readonly options: LintOptions;
  readonly output: OutputOptions;
  readonly shellcheck: ShellcheckSettings;
  /** Path of the configuration file. */
  readonly source?: string | undefined;
  /** Patterns of files that are not looked at. */
  readonly exclude?: readonly string[];
  /** What else counts for some of the files. */
  readonly variants?: Variants;
}

/** Can be sent to another thread. */
interface Variants {
  readonly overrides: readonly Override[];
  /** The options without those of the command line, which have the last word. */
  readonly below: LintOptions;
  readonly profile: ProfileName | undefined;
  readonly wishes: Wishes;
}

export interface ConfigLoader {
  for(folder: string): Promise<Settled>;
  /** Whether something in a configuration file cannot be understood, which has been said: then nothing is to be done by it. */
  broken(): boolean;
}

/** Where a path is below the folder of the configuration. */
const inside = (source: string | undefined, path: string): string =>
  source === undefined ? '' : slashed(relative(dirname(source), path));

const settledFor = new WeakMap<Settled, Map<string, Settled>>();

/** What counts for one of the files, by the overrides of its configuration. */
export function forFile(settled: Settled, path: string): Settled {
  const { variants, source } = settled;
  if (!variants) return settled;
  const matching = overridesFor(variants, inside(source, path));
  if (matching.length === 0) return settled;
  const known = settledFor.get(settled) ?? new Map<string, Settled>();
  settledFor.set(settled, known);
  // Files for which the same counts have the same options, by which results are kept.
  const key = matching.map(one => variants.overrides.indexOf(one)).join();
  let own = known.get(key);
  if (!own) {
    const { below, profile, wishes } = variants;
    const options = matching.reduce((base, override) => withConfig(base, override.options), below);
    own = {
      ...settled,
      options: withWishes(profile ? { ...options, profile } : options, wishes),
      output: Object.assign({}, settled.output, ...matching.map(({ output }) => output)),
      shellcheck: Object.assign({}, settled.shellcheck, ...matching.map(({ shellcheck }) => shellcheck)),
    };
    known.set(key, own);
  }
  return own;
}

const NOTHING: Config = { options: {}, output: {}, shellcheck: {}, problems: [] };

/** Reads configuration files as folders are asked about, and puts the command line's own options above them. */
export function configLoader(args: Arguments, io: Io): ConfigLoader {
  const explicit = args.value('config');
  if (explicit !== undefined && args.has('no-config'))
    throw new UsageError('--config and --no-config exclude each other.');
  const profile = args.choice('profile', PROFILES);
  const wishes = rulesWished(args, io);
  const configs = new Map<string, Promise<Config>>();
  const settled = new Map<string, Promise<Settled>>();
  let broken = false;

  async function parsed(path: string, text: string): Promise<Config> {
    const config = await readWhole(text, slashed(path), other => Promise.resolve(textAt(other)));
    const index = lineIndex(text);
    const shown = relative(io.cwd, path) || path;
    for (const { message, span, severity } of config.problems) {
      if (severity === 'error') broken = true;
      const { line, character } = positionAt(index, span.start);
      io.err(`${shown.startsWith('..') ? path : shown}:${line + 1}:${character + 1} ${severity}: ${message}\n`);
    }
    if (config.output.verbose) io.err(`dockwright: using the configuration ${shown}\n`);
    return config;
  }

  async function load(folder: string): Promise<Config> {
    if (args.has('no-config')) return NOTHING;
    if (explicit !== undefined) {
      const path = resolve(io.cwd, explicit);
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch (error) {
        throw new UsageError(`the configuration ${explicit} cannot be read: ${readReasonOf(error)}`);
      }
      return once(path, text);
    }
    const found = await findConfig(slashed(folder), rootOf(folder), path => Promise.resolve(textAt(path)));
    return found ? once(found.path, found.text) : NOTHING;
  }

  // Folders beside one another look into the same ones above them.
  const looked = new Map<string, string | undefined>();
  function textAt(path: string): string | undefined {
    if (!looked.has(path)) looked.set(path, readIfThere(path));
    return looked.get(path);
  }

  const read = new Map<string, Promise<Config>>();
  const sources = new Map<Config, string>();
  async function once(path: string, text: string): Promise<Config> {
    const pending = read.get(path) ?? parsed(path, text);
    read.set(path, pending);
    const config = await pending;
    sources.set(config, path);
    return config;
  }

  async function settle(folder: string): Promise<Settled> {
    let pending = configs.get(explicit ?? folder);
    if (!pending) {
      pending = load(folder);
      configs.set(explicit ?? folder, pending);
    }
    const config = await pending;
    const named: ProfileName = profile ?? config.options.profile ?? DEFAULT_OPTIONS.profile;
    const env = named === 'hadolint' ? hadolintEnvironment(io.env) : NOTHING;
    // hadolint lets the file's scalars win over the environment, and adds lists up.
    const below = withConfig(withConfig(DEFAULT_OPTIONS, env.options), config.options);
    return {
      options: withWishes({ ...below, profile: named }, wishes),
      output: { ...env.output, ...config.output },
      shellcheck: { ...DEFAULT_SETTINGS.shellcheck, ...config.shellcheck },
      source: sources.get(config),
      exclude: config.exclude ?? [],
      ...(config.overrides?.length
        ? { variants: { overrides: config.overrides, below: { ...below, profile: named }, profile, wishes } }
        : {}),
    };
  }

  return {
    for: folder => {
      let pending = settled.get(folder);
      if (!pending) {
        pending = settle(folder);
        settled.set(folder, pending);
      }
      return pending;
    },
    broken: () => broken,
  };
}

/** What counts for each folder that inputs are in; undefined when a configuration is broken, which has been said. */
export async function settleFolders(
  inputs: readonly { readonly kind: string; readonly folder: string }[],
  configs: ConfigLoader,
  io: Io,
): Promise<ReadonlyMap<string, Settled> | undefined> {
  const settled = new Map<string, Settled>();
  for (const { kind, folder } of inputs)
    if (kind !== 'nothing' && !settled.has(folder)) settled.set(folder, await configs.for(folder));
  if (settled.size === 0) await configs.for(io.cwd);
  if (!configs.broken()) return settled;
  io.err('dockwright: nothing was checked: correct the configuration first, or leave it out with --no-config.\n');
  return undefined;
}

const slashed = (path: string): string => (process.platform === 'win32' ? path.replaceAll('\\', '/') : path);

/** The repository's root, where the search for a configuration ends; undefined outside of one. */
function rootOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return slashed(at);
    if (dirname(at) === at) return undefined;
  }
}

/** The inputs without those that their configuration excludes, whatever way they were named; of those that were, it is said. */
export function withoutExcluded<T extends Pick<Input, 'kind' | 'path' | 'folder' | 'name'>>(
  inputs: readonly T[],
  settled: ReadonlyMap<string, Settled>,
  positionals: readonly string[],
  io: Pick<Io, 'err'>,
): T[] {
  return inputs.filter(({ kind, path, folder, name }) => {
    const about = settled.get(folder);
    if (kind !== 'file' || !about || !isExcluded(about, inside(about.source, join(folder, name)))) return true;
    if (positionals.includes(path)) io.err(`dockwright: ${path} was left out: the configuration excludes it.\n`);
    return false;
  });
}
