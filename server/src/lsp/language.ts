import { Utils } from 'vscode-uri';
import { isDockerfileName } from '../../../shared/src/dockerfile-names.js';
import { parseUri } from './uris.js';

/** `dockerfile` everywhere but for its case; also `containerfile`, `dockerfile-ts` (Emacs) and `dockerfile.template`. */
const DOCKERFILE = /(?:docker|container)file/i;

/** What clients say that know nothing about a file's language. */
const UNKNOWN = new Set(['', 'unknown', 'undefined', 'null']);

/**
 * Whether a document is a Dockerfile: the editor says so by its language, and somebody may have chosen another one for it
 * on purpose. Where the editor does not know, its name decides.
 */
export function isDockerfile(uri: string, languageId: string): boolean {
  const name = Utils.basename(parseUri(uri));
  if (/\.(?:docker|container)ignore$/i.test(name)) return false;
  return UNKNOWN.has(languageId.toLowerCase()) ? isDockerfileName(name) : DOCKERFILE.test(languageId);
}
