import type {
  CancellationToken,
  DefinitionParams,
  DocumentHighlight,
  Location,
  Position,
  PrepareRenameParams,
  ReferenceParams,
  RenameParams,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { nameAt } from '../features/name-at.js';
import type { NameHere } from '../features/names.js';
import { renamable, rename } from '../features/rename.js';
import { editForClient } from '../service/edit-for-client.js';
import { refusalText, toDefinitions, toHighlights, toPlaceholder, toReferences, toRename } from '../service/names.js';
import { offsetAt } from '../text/line-index.js';
import { answering, type ErrorAnswer, failed, OF_NEW_NAME, OF_POSITION } from './answering.js';
import { type DockerfileVersion, dockerfileFor } from './dockerfile-for.js';
import type { Session } from './session.js';

interface AtPosition {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** Where stages and variables are defined and used, and how they get another name. */
export function answerNames(session: Session): void {
  const { connection, client } = session;
  const phase = (): Session['phase'] => session.phase;

  const named = async (
    params: AtPosition,
    token: CancellationToken,
  ): Promise<{ readonly known: DockerfileVersion; readonly here: NameHere } | undefined> => {
    const known = await dockerfileFor(session, params, token);
    const here = known && nameAt(known.result.facts, offsetAt(known.index, params.position));
    return here && { known, here };
  };

  connection.onDefinition(
    answering(phase, OF_POSITION, async (params: DefinitionParams, token): Promise<Location[] | null> => {
      const found = await named(params, token);
      return found ? toDefinitions(found.known, found.here) : null;
    }),
  );

  connection.onReferences(
    answering(phase, OF_POSITION, async (params: ReferenceParams, token): Promise<Location[] | null> => {
      const found = await named(params, token);
      return found ? toReferences(found.known, found.here, params.context?.includeDeclaration !== false) : null;
    }),
  );

  connection.onDocumentHighlight(
    answering(phase, OF_POSITION, async (params, token): Promise<DocumentHighlight[] | null> => {
      const found = await named(params, token);
      return found ? toHighlights(found.known, found.here) : null;
    }),
  );

  connection.onPrepareRename(
    answering(phase, OF_POSITION, async (params: PrepareRenameParams, token) => {
      const known = await dockerfileFor(session, params, token);
      const here = known && renamable(known.result, offsetAt(known.index, params.position));
      if (!here) return null;
      return 'refusal' in here ? failed(refusalText(known, here)) : toPlaceholder(known, here);
    }),
  );

  connection.onRenameRequest(
    answering(phase, OF_NEW_NAME, async (params: RenameParams, token): Promise<WorkspaceEdit | ErrorAnswer | null> => {
      const known = await dockerfileFor(session, params, token);
      const renamed = known && rename(known.result, offsetAt(known.index, params.position), params.newName);
      if (!renamed) return null;
      if ('refusal' in renamed) return failed(refusalText(known, renamed));
      return editForClient(toRename(known, renamed), client.edits);
    }),
  );
}
