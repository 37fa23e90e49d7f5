import { Utils } from 'vscode-uri';
import { isComposeName } from '../../../shared/src/compose-names.js';
import { isDockerfileName } from '../../../shared/src/dockerfile-names.js';
import { parseUri } from './uris.js';

/** `dockerfile` everywhere but for its case; also `containerfile`, `dockerfile-ts` (Emacs) and `dockerfile.template`. */
const DOCKERFILE = /(?:docker|container)file/i;

/** What clients say that know nothing about a file's language. */
const UNKNOWN = new Set(['', 'unknown', 'undefined', 'null']);

const isDockerfile = (name: string, languageId: string): boolean =>
  !/\.(?:docker|container)ignore$/i.test(name) &&
  (UNKNOWN.has(languageId.toLowerCase()) ? isDockerfileName(name) : DOCKERFILE.test(languageId));

/** VS Code's own for Compose files, what editors say of YAML, and what says nothing. */
const YAML = /^(?:dockercompose|docker-compose|yaml(?:\.docker-compose)?)$/i;

/** What a document is for us; undefined for what is neither. */
export type DocumentKind = 'dockerfile' | 'compose' | undefined;

/**
 * The editor says by its language what a document is, and somebody may have chosen another one for it on purpose. Where the
 * editor does not know, its name decides; of YAML, it does always.
 */
export function kindOf(uri: string, languageId: string): DocumentKind {
  const name = Utils.basename(parseUri(uri));
  if (isDockerfile(name, languageId)) return 'dockerfile';
  if (/^docker-?compose$/i.test(languageId)) return 'compose';
  return isComposeName(name) && (YAML.test(languageId) || UNKNOWN.has(languageId.toLowerCase()))
    ? 'compose'
    : undefined;
}
