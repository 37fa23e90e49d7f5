import { lint } from '../engine/lint.js';
import type { Version } from '../service/actions.js';
import { lineIndex } from '../text/line-index.js';
import { isBinary, type Session, version, versionOf } from './session.js';

/**
 * A Dockerfile, open or not, so that a selection of files can be hardened. Undefined when it cannot be read as text, or is
 * no Dockerfile for the editor that has it open.
 */
export async function openOrOnDisk(session: Session, uri: string): Promise<Version | undefined> {
  const open = await versionOf(session, uri);
  if (open || session.documents.get(uri)?.isDockerfile === false) return open;
  return onDisk(session, uri);
}

/** No revision of an open document. */
const NOT_OPEN = -1;

async function onDisk({ host, workspace, client }: Session, uri: string): Promise<Version | undefined> {
  const text = await host.readFile(uri);
  if (text === undefined || isBinary(text)) return undefined;
  const resource = await workspace.resource(uri);
  const options = resource.context ? { ...resource.options, context: resource.context } : resource.options;
  return version(
    { uri, version: null, revision: NOT_OPEN },
    { result: lint(text, options), index: lineIndex(text, client.counting) },
    resource,
  );
}
