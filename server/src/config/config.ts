import { HADOLINT_KEYS, readHadolint } from '../hadolint/config/file.js';
import type { LintOptions } from '../profiles/types.js';
import { OWN_KEYS, readDockwright } from './dockwright.js';
import type { Config, ConfigOptions } from './reading/config.js';
import { NOTHING_SAID } from './reading/keys.js';
import { type Node, parseYaml } from './reading/yaml.js';

export const OWN_CONFIG_NAMES = ['.dockwright.yaml', '.dockwright.yml', '.dockwright.json'] as const;
export const HADOLINT_CONFIG_NAMES = ['.hadolint.yaml', '.hadolint.yml'] as const;

/** Whether a path is that of one of hadolint's configuration files (`.hadolint.yaml`, `hadolint.yaml`). */
export const isHadolintConfig = (path: string): boolean => /(?:^|[\\/])\.?hadolint\.ya?ml$/.test(path);

const OWN_CONFIG = /(?:^|[\\/])\.dockwright\.(?:ya?ml|json)$/;

/** Keys that only hadolint's files have. */
const HADOLINT_ONLY = new Set(Object.keys(HADOLINT_KEYS).filter(key => OWN_KEYS[key] === undefined));

/** A file that somebody names may be called anything: then its keys tell whose it is. */
const isOfHadolint = (path: string, root: Node): boolean =>
  isHadolintConfig(path) ||
  (!OWN_CONFIG.test(path) &&
    root.kind === 'map' &&
    root.entries.some(({ key }) => HADOLINT_ONLY.has(key)) &&
    !root.entries.some(({ key }) => key === 'profile' || key === 'rules'));

/**
 * Reads a configuration file's text; `path`, or where that says nothing the keys, tell which kind it is. A broken file is
 * one problem and says nothing.
 */
export function readConfig(text: string, path: string): Config {
  const yaml = parseYaml(text);
  const read = yaml.root && isOfHadolint(path, yaml.root) ? readHadolint : readDockwright;
  const said = yaml.root ? read(yaml.root, yaml.problems) : NOTHING_SAID;
  return { ...said, problems: yaml.problems };
}

/** Options under a configuration: what it says comes first, lists of ignored rules and registries add up. */
export function withConfig(base: LintOptions, config: ConfigOptions): LintOptions {
  return {
    ...base,
    ...config,
    rules: { ...base.rules, ...config.rules },
    select: [...base.select, ...(config.select ?? [])],
    ignore: [...base.ignore, ...(config.ignore ?? [])],
    labelSchema: { ...base.labelSchema, ...config.labelSchema },
    trustedRegistries: [...base.trustedRegistries, ...(config.trustedRegistries ?? [])],
  };
}

export interface FoundConfig {
  readonly path: string;
  readonly text: string;
}

/**
 * Finds the configuration for a Dockerfile in `folder`: the nearest `.dockwright.*` from there up to `root`, else the
 * nearest `.hadolint.*`. Paths are joined with `/`, so URIs can be given as well. `root` itself is looked into; without
 * one the search goes up as far as it can.
 */
export async function findConfig(
  folder: string,
  root: string | undefined,
  readFile: (path: string) => Promise<string | undefined>,
): Promise<FoundConfig | undefined> {
  const folders = upwards(folder, root);
  for (const names of [OWN_CONFIG_NAMES, HADOLINT_CONFIG_NAMES]) {
    for (const at of folders) {
      for (const name of names) {
        const path = at.endsWith('/') ? at + name : `${at}/${name}`;
        const text = await readFile(path);
        if (text !== undefined) return { path, text };
      }
    }
  }
  return undefined;
}

/** A folder and those above it, up to the root. */
export function upwards(folder: string, root: string | undefined): string[] {
  const trimmed = (path: string): string =>
    /^(?:\/|[a-zA-Z][\w+.-]*:\/\/\/?|[a-zA-Z]:\/)$/.test(path) ? path : path.replace(/\/+$/, '');
  const end = root === undefined ? undefined : trimmed(root);
  const folders: string[] = [];
  let at = trimmed(folder);
  // The part that cannot be left: `/`, `C:/`, `file:///`, `scheme://authority`.
  const top = /^(?:[a-zA-Z]:\/|[a-zA-Z][\w+.-]*:\/\/[^/]*\/?|\/)/.exec(at)?.[0] ?? '';
  for (;;) {
    folders.push(at);
    if (at === end || at === top || at.length <= top.length) return folders;
    const slash = at.lastIndexOf('/');
    at = slash < top.length ? top : at.slice(0, slash);
    if (at === '') return folders;
  }
}
