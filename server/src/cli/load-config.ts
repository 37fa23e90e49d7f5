import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DEFAULT_SETTINGS, PROFILES, type ProfileName, type ShellcheckSettings } from '../../../shared/src/settings.js';
import { findConfig, readConfig, withConfig } from '../config/config.js';
import type { Config, OutputOptions } from '../config/reading/config.js';
import { hadolintEnvironment } from '../hadolint/config/environment.js';
import { DEFAULT_OPTIONS, type LintOptions } from '../profiles/types.js';
import { lineIndex, positionAt } from '../text/line-index.js';
import type { Arguments } from './args.js';
import { readReasonOf } from './file-errors.js';
import { type Io, UsageError } from './io.js';
import { readIfThere } from './read-text.js';
import { rulesWished, withWishes } from './wishes.js';

/** What counts for the files of one folder. */
export interface Settled {
  readonly options: LintOptions;
  readonly output: OutputOptions;
  readonly shellcheck: ShellcheckSettings;
  /** Path of the configuration file. */
  readonly source?: string | undefined;
}

export interface ConfigLoader {
  for(folder: string): Promise<Settled>;
  /** Whether something in a configuration file cannot be understood, which has been said: then nothing is to be done by it. */
  broken(): boolean;
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

  function parsed(path: string, text: string): Config {
    const config = readConfig(text, path);
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
      try {
        return once(path, readFileSync(path, 'utf8'));
      } catch (error) {
        throw new UsageError(`the configuration ${explicit} cannot be read: ${readReasonOf(error)}`);
      }
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

  const read = new Map<string, Config>();
  const sources = new Map<Config, string>();
  function once(path: string, text: string): Config {
    const config = read.get(path) ?? parsed(path, text);
    read.set(path, config);
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
