import type { CancellationToken } from 'vscode-languageserver';
import { isOfCompose } from '../engine/lint-compose.js';
import type { LintResult } from '../engine/result.js';
import type { Version } from '../service/actions.js';
import { type Session, versionOf } from './session.js';
import type { Resource } from './workspace.js';

/** A Dockerfile with what is known of it. */
export interface DockerfileVersion extends Version {
  readonly result: LintResult;
}

interface OfDocument {
  readonly textDocument: { readonly uri: string };
}

/** The document of a request; undefined where others help with it, or nobody is to. */
export async function dockerfileFor(
  session: Session,
  of: OfDocument,
  token: CancellationToken,
): Promise<DockerfileVersion | undefined> {
  const known = await dockerfileOf(session, of, token);
  return known?.languageFeatures === 'all' ? known : undefined;
}

/** The document of a request, and how much it is to be helped with. */
export async function dockerfileOf(
  session: Session,
  { textDocument: { uri } }: OfDocument,
  token: CancellationToken,
): Promise<(DockerfileVersion & Pick<Resource, 'languageFeatures'>) | undefined> {
  const known = await versionOf(session, uri);
  if (!known || token.isCancellationRequested || isOfCompose(known.result)) return undefined;
  const { languageFeatures } = await session.workspace.resource(uri);
  return { ...known, result: known.result, languageFeatures };
}
