import type { CancellationToken, ServerCapabilities } from 'vscode-languageserver';
import { isOfCompose } from '../engine/lint-compose.js';
import type { LintResult } from '../engine/result.js';
import { foldsOf } from '../features/folding.js';
import { linksOf } from '../features/links.js';
import { outlineOf } from '../features/symbols.js';
import type { Version } from '../service/actions.js';
import { toFlatSymbols, toFoldingRanges, toLinks, toSymbols } from '../service/outline.js';
import { answering, OF_DOCUMENT } from './answering.js';
import { type Session, versionOf } from './session.js';

export const LANGUAGE_FEATURES: ServerCapabilities = {
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentLinkProvider: {},
};

/** A Dockerfile with what is known of it. */
export interface DockerfileVersion extends Version {
  readonly result: LintResult;
}

/** What helps to read and write a Dockerfile. Of a Compose file nothing is said: editors have that from YAML. */
export function answerFeatures(session: Session): void {
  const { connection, client } = session;
  const phase = (): Session['phase'] => session.phase;

  connection.onDocumentSymbol(
    answering(phase, OF_DOCUMENT, async (params, token) => {
      const known = await dockerfileFor(session, params, token);
      if (!known) return null;
      const items = outlineOf(known.result.facts);
      return client.showsOutlineTree ? toSymbols(known.index, items) : toFlatSymbols(known, items);
    }),
  );

  connection.onFoldingRanges(
    answering(phase, OF_DOCUMENT, async (params, token) => {
      const known = await dockerfileFor(session, params, token);
      return known ? toFoldingRanges(known.index, foldsOf(known.result.dockerfile, known.result.facts)) : null;
    }),
  );

  connection.onDocumentLinks(
    answering(phase, OF_DOCUMENT, async (params, token) => {
      const known = await dockerfileFor(session, params, token);
      return known ? toLinks(known, linksOf(known.result.dockerfile, known.result.facts)) : null;
    }),
  );
}

interface OfDocument {
  readonly textDocument: { readonly uri: string };
}

/** The document of a request; undefined where nobody is to be helped with it. */
async function dockerfileFor(
  session: Session,
  { textDocument: { uri } }: OfDocument,
  token: CancellationToken,
): Promise<DockerfileVersion | undefined> {
  const known = await versionOf(session, uri);
  if (!known || token.isCancellationRequested || isOfCompose(known.result)) return undefined;
  const { languageFeatures } = await session.workspace.resource(uri);
  return languageFeatures === 'all' ? { ...known, result: known.result } : undefined;
}
