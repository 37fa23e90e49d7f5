import type { WorkspaceEditLike } from './workspace-edit.js';

/** Requests beside the LSP's own, between our client and our server. Names start with `dockwright/`. */
export const HARDEN_REQUEST = 'dockwright/harden';
export const STATUS_NOTIFICATION = 'dockwright/status';

export interface HardenParams {
  readonly uri: string;
  /** A second stage is asked for: with all the rest, or alone. */
  readonly multiStage?: 'also' | 'only';
}

/** What a person has to decide, and why. */
export interface LeftItem {
  readonly rule: string;
  readonly message: string;
  /** One-based, in the text after all changes. */
  readonly line: number;
}

/** Open findings about one practice, of the text that was asked about and after all changes. */
export interface PracticeScore {
  /** The practice in words. */
  readonly practice: string;
  readonly before: number;
  readonly after: number;
}

export interface HardenResult {
  /** Absent when nothing is to change. Change annotations carry the practice and the reason. */
  readonly edit: WorkspaceEditLike | undefined;
  readonly applied: readonly { readonly rule: string; readonly title: string }[];
  readonly left: readonly LeftItem[];
  /** The practices that are not followed, before or after. */
  readonly scores: readonly PracticeScore[];
  /** How many practices there are. */
  readonly practices: number;
  /** What to look at before the changed image is shipped, one sentence each. */
  readonly notes: readonly string[];
  /** Why the user is left alone, where no finding says so. */
  readonly kept: string | undefined;
  /** Of a second stage: the change that can be asked for, or why there is none although it was asked for. */
  readonly secondStage: { readonly offer: string } | { readonly why: string } | undefined;
  /** Said instead of a plan, e.g. why the file is left alone. */
  readonly refusal: string | undefined;
}

/** Sent after each publication to clients that ask for it (`status`); ours shows it in the language status item. */
export interface StatusParams {
  readonly uri: string;
  readonly version: number | undefined;
  readonly profile: string;
  /** Where the profile comes from: `settings` or the path of a configuration file. */
  readonly source: string;
  readonly findings: number;
  /** False when the settings turn checking off. */
  readonly enabled: boolean;
  /** What is left out because the file is very large, one sentence each. */
  readonly limits: readonly string[];
}

/**
 * Sent by the server to clients that offer it (`files`), answered by ours through `vscode.workspace.fs`: so the server
 * works on any file system VS Code can open, and needs none of its own.
 */
export const READ_FILE_REQUEST = 'dockwright/readFile';
export const READ_DIRECTORY_REQUEST = 'dockwright/readDirectory';

export interface ReadParams {
  readonly uri: string;
}

/** Null when there is no such file, it cannot be read, or it is larger than `READ_FILE_LIMIT`. */
export type ReadFileResult = { readonly text: string } | null;

/** Names are not paths. A link counts as what it points to. Null when there is no such folder. */
export type ReadDirectoryResult = readonly (readonly [name: string, type: 'file' | 'directory'])[] | null;

/** Bytes. Nothing the server reads (configuration, .dockerignore, package manifests) is near it. */
export const READ_FILE_LIMIT = 1_048_576;

/** Asks for the `.dockerignore` that fits a Dockerfile: a file creation, or an addition to the one that is there. */
export const DOCKERIGNORE_REQUEST = 'dockwright/dockerignore';

export interface DockerignoreParams {
  readonly uri: string;
}

export interface DockerignoreResult {
  /** Absent when there is nothing to add. */
  readonly edit: WorkspaceEditLike | undefined;
  /** The `.dockerignore` in question, to be opened afterwards. */
  readonly uri: string;
}

/** The kind of the code actions that merge consecutive RUNs; the command `dockwright.mergeRuns` applies them. */
export const MERGE_RUNS_KIND = 'refactor.rewrite.mergeRuns';
export const FIX_ALL_KIND = 'source.fixAll.dockwright';
export const HARDEN_KIND = 'source.harden.dockwright';

/**
 * Commands that the server runs, for every editor. VS Code registers them too, under these names: they differ from those
 * of our extension (`dockwright.harden`, …), which ask and show more than a server can.
 */
export const SERVER_COMMANDS = {
  /** With a rule or a code. */
  explain: 'dockwright.server.explain',
  /** These three with the URI of a Dockerfile. */
  fixAll: 'dockwright.server.fixAll',
  harden: 'dockwright.server.harden',
  createDockerignore: 'dockwright.server.createDockerignore',
  /** Applies a code action, for clients that get no edit with it. */
  apply: 'dockwright.server.apply',
} as const;

/**
 * What the client tells the server at start, all of it optional for other clients than ours. Settings may be among it too:
 * for clients that have no other way to send them.
 */
export interface InitializationOptions {
  /** Status notifications are wanted. */
  readonly status?: true;
  /** The client reads files for the server: see `READ_FILE_REQUEST`. */
  readonly files?: true;
  /** In the web a worker cannot know where its own files are. */
  readonly shellcheckFiles?: { readonly worker: string; readonly wasm: string };
  /** Identifiers of the installed extensions for Dockerfiles, for `dockwright.yieldToOtherExtensions` and `languageFeatures`. */
  readonly otherExtensions: readonly string[];
}
