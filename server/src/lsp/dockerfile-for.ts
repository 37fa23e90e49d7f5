import type { CancellationToken } from 'vscode-languageserver';
import { isOfCompose } from '../engine/lint-compose.js';
import type { LintResult } from '../engine/result.js';
import type { Version } from '../service/actions.js';
import { type Session, versionOf } from './session.js';

/** A Dockerfile with what is known of it. */
export interface DockerfileVersion extends Version {
  readonly result: LintResult;
}

interface OfDocument {
  readonly textDocument: { readonly uri: string };
}

/** The document of a request; undefined where nobody is to be helped with it. */
export async function dockerfileFor(
  session: Session,
  { textDocument: { uri } }: OfDocument,
  token: CancellationToken,
): Promise<DockerfileVersion | undefined> {
  const known = await versionOf(session, uri);
  if (!known || token.isCancellationRequested || isOfCompose(known.result)) return undefined;
  const { languageFeatures } = await session.workspace.resource(uri);
  return languageFeatures === 'all' ? { ...known, result: known.result } : undefined;
}
