import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { OnRuleError } from '../engine/lint.js';
import type { Version } from '../service/actions.js';
import { type ClientAbilities, NO_ABILITIES } from './abilities.js';
import { type Analyses, createAnalyses } from './analyses.js';
import type { Phase } from './answering.js';
import { type ComposeAnalyses, createComposeAnalyses } from './compose-analyses.js';
import type { TrackedDocument } from './documents.js';
import type { Host } from './host.js';
import { createShellLinter, type ShellLinter } from './shellcheck.js';
import { createTyping, type Typing } from './typing.js';
import type { Resource, Workspace } from './workspace.js';

/** What the parts of the server share: the open documents, what is known of them, and what the client can do. */
export interface Session {
  readonly connection: Connection;
  readonly host: Host;
  readonly documents: TextDocuments<TrackedDocument>;
  readonly workspace: Workspace;
  readonly analyses: Analyses;
  readonly composeAnalyses: ComposeAnalyses;
  readonly shell: ShellLinter;
  readonly typing: Typing;
  /** Documents whose text was saved as it is. */
  readonly saved: Set<string>;
  readonly client: ClientAbilities;
  /** Changes with `initialize` and `shutdown`. */
  phase: Phase;
}

export type Parts = Pick<Session, 'connection' | 'host' | 'documents' | 'workspace'>;

export function createSession(parts: Parts): Session {
  const { connection, host } = parts;
  const client: ClientAbilities = { ...NO_ABILITIES };
  const onRuleError: OnRuleError = (rule, error) => {
    connection.console.error(
      `rule ${rule} failed and was skipped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  };
  const analyses = createAnalyses(onRuleError, () => client.counting);
  const shell = createShellLinter(
    () => host.shellcheck?.(client.shellcheckFiles),
    reason => connection.console.warn(`ShellCheck is not available: ${reason}`),
  );
  const composeAnalyses = createComposeAnalyses(onRuleError, () => client.counting);
  return { ...parts, analyses, composeAnalyses, shell, typing: createTyping(), saved: new Set(), client, phase: 'new' };
}

export const isBinary = (text: string): boolean => text.slice(0, 4096).includes('\u0000');

/** A document as it is now, with all that is known of it; undefined when it is not open or not to be checked. */
export async function versionOf(session: Session, uri: string): Promise<Version | undefined> {
  const { documents, workspace } = session;
  if (!documents.get(uri)?.kind) return undefined;
  const resource = await workspace.resource(uri);
  const current = documents.get(uri);
  if (!current || !resource.enabled || isBinary(current.document.getText())) return undefined;
  if (current.kind === 'compose') return version(current, session.composeAnalyses.of(current, resource), resource);
  const { result, index } = session.analyses.of(current, resource);
  const known = session.shell.known(result, resource.options, resource.shellcheck).result;
  return version(current, { result: known, index }, resource);
}

export const version = (
  of: Pick<Version, 'uri' | 'version' | 'revision'>,
  { result, index }: Pick<Version, 'result' | 'index'>,
  resource: Resource,
): Version => ({
  uri: of.uri,
  version: of.version,
  revision: of.revision,
  result,
  index,
  options: resource.options,
  fileUri: path => resource.fileUri(path),
  fileText: path => resource.fileText(path),
});
