import { Utils } from 'vscode-uri';
import { isComposeName } from '../../../shared/src/compose-names.js';
import { NO_FILES } from '../compose/index.js';
import { lint } from '../engine/lint.js';
import { lintCompose } from '../engine/lint-compose.js';
import type { Version } from '../service/actions.js';
import { lineIndex } from '../text/line-index.js';
import { isBinary, type Session, version, versionOf } from './session.js';
import { parseUri } from './uris.js';

/**
 * A Dockerfile, open or not, so that a selection of files can be hardened. Undefined when it cannot be read as text, or is
 * no Dockerfile for the editor that has it open.
 */
export async function openOrOnDisk(session: Session, uri: string): Promise<Version | undefined> {
  const open = await versionOf(session, uri);
  if (open || isOther(session, uri)) return open;
  return onDisk(session, uri);
}

const isOther = ({ documents }: Session, uri: string): boolean => {
  const open = documents.get(uri);
  return open !== undefined && open.kind === undefined;
};

/** No revision of an open document. */
const NOT_OPEN = -1;

async function onDisk({ host, workspace, client }: Session, uri: string): Promise<Version | undefined> {
  const text = await host.readFile(uri);
  if (text === undefined || isBinary(text)) return undefined;
  const resource = await workspace.resource(uri);
  const name = Utils.basename(parseUri(uri));
  const index = lineIndex(text, client.counting);
  if (isComposeName(name)) {
    const result = lintCompose(text, name, resource.beside ?? NO_FILES, resource.options);
    return version({ uri, version: null, revision: NOT_OPEN }, { result, index }, resource);
  }
  const options = resource.context ? { ...resource.options, context: resource.context } : resource.options;
  return version({ uri, version: null, revision: NOT_OPEN }, { result: lint(text, options), index }, resource);
}
