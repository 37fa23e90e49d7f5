import type { ServerCapabilities } from 'vscode-languageserver';
import { completionsAt, ownCompletionsAt } from '../features/completion/index.js';
import { foldsOf } from '../features/folding.js';
import { linksOf } from '../features/links.js';
import { outlineOf } from '../features/symbols.js';
import { toCompletions } from '../service/completion.js';
import { toFlatSymbols, toFoldingRanges, toLinks, toSymbols } from '../service/outline.js';
import { offsetAt } from '../text/line-index.js';
import { answering, OF_DOCUMENT, OF_POSITION } from './answering.js';
import { dockerfileFor, dockerfileOf } from './dockerfile-for.js';
import { answerNames } from './names.js';
import type { Session } from './session.js';

export const LANGUAGE_FEATURES: ServerCapabilities = {
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentLinkProvider: {},
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  completionProvider: { triggerCharacters: ['$', '{', '-', '=', ',', ':'] },
};

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

  answerNames(session);

  connection.onDocumentLinks(
    answering(phase, OF_DOCUMENT, async (params, token) => {
      const known = await dockerfileFor(session, params, token);
      return known ? toLinks(known, linksOf(known.result.dockerfile, known.result.facts)) : null;
    }),
  );

  connection.onCompletion(
    answering(phase, OF_POSITION, async (params, token) => {
      const known = await dockerfileOf(session, params, token);
      if (!known || known.languageFeatures === 'none') return null;
      const complete = known.languageFeatures === 'all' ? completionsAt : ownCompletionsAt;
      const items = toCompletions(known.index, complete(known.result, offsetAt(known.index, params.position)));
      // Asked for again with each key, since there is nothing to offer once a word is complete.
      return { isIncomplete: true, items };
    }),
  );
}
