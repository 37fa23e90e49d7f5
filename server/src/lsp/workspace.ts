import type { Connection, Diagnostic, InitializeParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import { Utils } from 'vscode-uri';
import { isComposeName } from '../../../shared/src/compose-names.js';
import { hasLanguageFeatures } from '../../../shared/src/other-extensions.js';
import type { LanguageFeatures, Settings, ShellcheckSettings } from '../../../shared/src/settings.js';
import { namedFiles, type ProjectFiles } from '../compose/index.js';
import { findConfig, upwards, withConfig } from '../config/config.js';
import { readWhole } from '../config/extends.js';
import { isExcluded, overridesFor } from '../config/for-file.js';
import type { Config } from '../config/reading/config.js';
import { type ContextSnapshot, namedSources, requiredArguments, startedNames } from '../context/index.js';
import { parseDockerfile } from '../dockerfile/index.js';
import { optionsByName } from '../profiles/by-name.js';
import { DEFAULT_OPTIONS, type LintOptions } from '../profiles/types.js';
import { configDiagnostics } from '../service/config.js';
import { abilitiesOf, NO_ABILITIES } from './abilities.js';
import { createClientSettings } from './client-settings.js';
import { gatherFiles } from './compose-files.js';
import { type BuildContext, type Expectations, readContext, uriBelow } from './context.js';
import type { Host } from './host.js';
import { createRoots } from './roots.js';
import { parseUri } from './uris.js';
import { createExtendedNames, createFolderWatch, watchByClient } from './watching.js';

/** What counts for one Dockerfile: its settings, its configuration file and what is beside it. */
export interface Resource {
  readonly options: LintOptions;
  readonly context: ContextSnapshot | undefined;
  /** For a Compose file, the files around it. */
  readonly beside: ProjectFiles | undefined;
  readonly enabled: boolean;
  readonly run: Settings['run'];
  readonly shellcheck: ShellcheckSettings;
  /** `settings`, or the path of the configuration file that says the profile. */
  readonly source: string;
  /** The other extensions that are left what they show. */
  readonly yieldsTo: readonly string[];
  /** `own`: only what no other extension has. */
  readonly languageFeatures: 'all' | 'own' | 'none';
  fileUri(path: string): string | undefined;
  fileText(path: string): string | undefined;
}

export interface Workspace {
  initialize(params: InitializeParams): void;
  foldersChanged(event: WorkspaceFoldersChangeEvent): void;
  /** The client does not watch files after all. */
  watchFiles(): void;
  isWatchedByClient(): boolean;
  /** Settings that came with a notification. */
  settingsChanged(settings: unknown): void;
  /** The resource when it is known without asking anybody. */
  known(uri: string): Resource | undefined;
  resource(uri: string): Promise<Resource>;
  /** Settings or files have changed: everything is read again. */
  refresh(): void;
  /** Files are read again for this one, when it is asked about next. */
  reread(uri: string): void;
  /** Whether it names other files than when its build context was looked for. */
  namesOthers(uri: string): boolean;
  forget(uri: string): void;
}

const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/'));

/** A document's path in the folder of a configuration file; empty where it is elsewhere. */
function pathBelow(config: string, uri: string): string {
  const [file, from] = [parseUri(uri).path, parseUri(config).path];
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  return file.startsWith(folder) ? file.slice(folder.length) : '';
}

function featuresFor(wanted: LanguageFeatures, installed: readonly string[]): Resource['languageFeatures'] {
  if (wanted === 'off') return 'none';
  return wanted === 'auto' && hasLanguageFeatures(installed) ? 'own' : 'all';
}

function expectationsOf(text: string): Expectations {
  const dockerfile = parseDockerfile(text);
  return {
    sources: namedSources(dockerfile),
    started: startedNames(dockerfile),
    arguments: requiredArguments(dockerfile),
  };
}

export function createWorkspace(
  connection: Connection,
  host: Host,
  changed: () => void,
  openText: (uri: string) => string | undefined,
): Workspace {
  const resources = new Map<string, Promise<Resource>>();
  const known = new Map<string, Resource>();
  const reported = new Set<string>();
  const roots = createRoots();
  const settings = createClientSettings(connection);
  const extended = createExtendedNames();
  const watch = createFolderWatch(host, extended, refresh);
  /** By configuration, the files that it depends on. */
  const dependencies = new Map<string, readonly string[]>();
  /** By document, the folders whose files count for it. */
  const folders = new Map<string, readonly string[]>();
  /** By document, what it expected when its build context was looked for. */
  const named = new Map<string, string>();
  let { watchesFiles, counting } = NO_ABILITIES;
  let others: readonly string[] = [];

  /** Outside every workspace folder only the Dockerfile's own folder is looked into. */
  const rootOf = (folder: string): string => roots.of(folder) ?? folder;

  function watchFor(uri: string, folder: string | undefined): void {
    if (watchesFiles || folder === undefined) return;
    folders.set(uri, upwards(folder, rootOf(folder)));
    watchAll();
  }

  function watchAll(): void {
    const extendedFolders = folders.size === 0 ? [] : [...dependencies.values()].flat().map(folderOf);
    watch.set([...[...folders.values()].flat(), ...extendedFolders]);
  }

  /** A change of a file that a configuration extends is one of the configuration. */
  function watchExtended(config: string, files: readonly string[]): void {
    if (files.length === 0 && !dependencies.delete(config)) return;
    if (files.length > 0) dependencies.set(config, files);
    const fresh = extended.add(files.map(file => file.slice(file.lastIndexOf('/') + 1)));
    if (!watchesFiles) watchAll();
    else if (fresh.length > 0)
      watchByClient(
        connection,
        fresh.map(name => `**/${name}`),
      ).catch((error: unknown) => connection.console.warn(`Changes of ${fresh.join()} are not followed: ${error}`));
  }

  function refresh(): void {
    resources.clear();
    known.clear();
    for (const uri of reported) void reportAgain(uri);
    changed();
  }

  async function configOf(folder: string): Promise<{ path: string; config: Config } | undefined> {
    const found = await findConfig(folder, rootOf(folder), path => host.readFile(path));
    if (!found) return undefined;
    const config = await readWhole(found.text, found.path, path => host.readFile(path));
    watchExtended(found.path, config.dependsOn ?? []);
    reportConfig(found.path, configDiagnostics(found.text, config.problems, counting));
    return { path: found.path, config };
  }

  function reportConfig(uri: string, diagnostics: Diagnostic[]): void {
    if (diagnostics.length === 0 && !reported.delete(uri)) return;
    if (diagnostics.length > 0) reported.add(uri);
    void connection.sendDiagnostics({ uri, diagnostics });
  }

  /** A file that is deleted or corrected takes what was said about it along, also when no Dockerfile asks for it. */
  async function reportAgain(uri: string): Promise<void> {
    const text = await host.readFile(uri);
    const config = text === undefined ? undefined : await readWhole(text, uri, path => host.readFile(path));
    reportConfig(uri, text === undefined ? [] : configDiagnostics(text, config?.problems ?? [], counting));
  }

  async function contextOf(uri: string, folder: string): Promise<BuildContext | undefined> {
    const text = openText(uri) ?? (await host.readFile(uri)) ?? '';
    const expects = expectationsOf(text);
    named.set(uri, JSON.stringify(expects));
    return readContext({ ...host, readFile: asOpen }, uri, expects, rootOf(folder));
  }

  async function filesAround(uri: string, folder: string): Promise<ProjectFiles> {
    const text = openText(uri) ?? (await host.readFile(uri)) ?? '';
    return gatherFiles(host, folder, files => namedFiles({ path: Utils.basename(parseUri(uri)), text }, files));
  }

  /** What is open counts as it is in the editor, saved or not. A configuration counts when it is saved: half of one is none. */
  const asOpen = async (uri: string): Promise<string | undefined> => openText(uri) ?? host.readFile(uri);

  async function load(uri: string): Promise<Resource> {
    const parsed = parseUri(uri);
    // An unsaved buffer has no folder, so there is nothing beside it.
    const hasFolder = parsed.scheme !== 'untitled';
    const folder = hasFolder ? Utils.dirname(parsed).toString() : undefined;
    watchFor(uri, folder);
    const isCompose = isComposeName(Utils.basename(parsed));
    const [given, found, built, beside] = await Promise.all([
      settings.of(uri),
      folder === undefined ? undefined : configOf(folder),
      folder === undefined || isCompose ? undefined : contextOf(uri, folder),
      folder === undefined || !isCompose ? undefined : filesAround(uri, folder),
    ]);
    const context = built?.snapshot;
    const root = built?.root ?? folder;
    const base: LintOptions = {
      ...DEFAULT_OPTIONS,
      isDraft: true,
      profile: given.profile,
      rules: given.rules,
      ...optionsByName(parsed.path),
    };
    const path = found ? pathBelow(found.path, uri) : '';
    const overrides = found ? overridesFor(found.config, path) : [];
    const said = found ? [found.config, ...overrides] : [];
    const options = said.reduce((under, one) => withConfig(under, one.options), base);
    return {
      options,
      context,
      beside,
      enabled: given.enable && !(found && isExcluded(found.config, path)),
      run: given.run,
      shellcheck: Object.assign({}, given.shellcheck, ...said.map(({ shellcheck }) => shellcheck)),
      source: found ? parseUri(found.path).path : 'settings',
      yieldsTo: given.yieldToOtherExtensions ? others : [],
      languageFeatures: featuresFor(given.languageFeatures, others),
      fileUri: path => (root === undefined ? undefined : uriBelow(root, path)),
      fileText: path => (context?.ignore?.path === path ? context.ignore.text : undefined),
    };
  }

  return {
    initialize(params) {
      ({ watchesFiles, counting } = abilitiesOf(params));
      roots.initialize(params);
      settings.initialize(params);
      const options: unknown = params.initializationOptions;
      if (
        typeof options === 'object' &&
        options !== null &&
        'otherExtensions' in options &&
        Array.isArray(options.otherExtensions)
      ) {
        others = options.otherExtensions.filter(id => typeof id === 'string');
      }
    },
    watchFiles() {
      watchesFiles = false;
      refresh();
    },
    isWatchedByClient: () => watchesFiles,
    foldersChanged(event) {
      roots.change(event);
      refresh();
    },
    settingsChanged(given) {
      settings.pushed(given);
      refresh();
    },
    known: uri => known.get(uri),
    resource(uri) {
      let pending = resources.get(uri);
      if (!pending) {
        const loading: Promise<Resource> = load(uri).then(resource => {
          if (resources.get(uri) === loading) known.set(uri, resource);
          return resource;
        });
        resources.set(uri, loading);
        pending = loading;
      }
      return pending;
    },
    refresh,
    reread(uri) {
      resources.delete(uri);
      known.delete(uri);
    },
    namesOthers(uri) {
      const text = openText(uri);
      const before = named.get(uri);
      // The files that a Compose file names are looked for again each time that it is saved.
      if (isComposeName(Utils.basename(parseUri(uri)))) return true;
      if (text === undefined || before === undefined) return false;
      return JSON.stringify(expectationsOf(text)) !== before;
    },
    forget(uri) {
      for (const map of [resources, known, folders, named]) map.delete(uri);
      watchAll();
    },
  };
}
