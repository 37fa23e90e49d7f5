/**
 * The parts of an image reference as it is written, `[registry/]repository[:tag][@digest]`
 * (distribution/reference grammar). Offsets are into the reference's text.
 */
export interface ImageReference {
  readonly text: string;
  /** `host[:port]` when the first component has a dot, a colon or is `localhost`; else undefined (Docker Hub). */
  readonly registry: string | undefined;
  /** All path components without the registry, e.g. `library/debian`. */
  readonly path: string;
  /** The last path component, e.g. `debian`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** Where the name ends: a tag is inserted here. */
  readonly nameEnd: number;
  /** Where the tag ends (or the name, without one): a digest is inserted here. */
  readonly tagEnd: number;
}

/** Where the tag's colon is, else -1. */
function tagColon(named: string): number {
  let colon = -1;
  if (!named.includes('${')) {
    colon = named.lastIndexOf(':');
    return colon > named.lastIndexOf('/') ? colon : -1;
  }
  // A colon inside `${x:-y}` is not a tag separator.
  let depth = 0;
  for (let index = 0; index < named.length; index++) {
    const ch = named[index];
    if (ch === '$' && named[index + 1] === '{') depth++;
    else if (ch === '}' && depth > 0) depth--;
    else if (depth === 0 && ch === ':') colon = index;
    else if (depth === 0 && ch === '/') colon = -1;
  }
  return colon;
}

export function parseReference(text: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const tagEnd = at < 0 ? text.length : at;
  const named = text.slice(0, tagEnd);
  const colon = tagColon(named);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const nameEnd = colon < 0 ? tagEnd : colon;
  const full = named.slice(0, nameEnd);
  const slash = full.indexOf('/');
  const first = slash < 0 ? '' : full.slice(0, slash);
  const isRegistry = slash > 0 && (/[.:]/.test(first) || first === 'localhost') && !first.includes('$');
  const path = isRegistry ? full.slice(slash + 1) : full;
  return {
    text,
    registry: isRegistry ? first : undefined,
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    tag,
    digest,
    nameEnd,
    tagEnd,
  };
}

const DOMAIN =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[\w][\w.-]{0,127}$/;
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

/** Whether a reference without variables is one that Docker accepts (distribution/reference.ParseNormalizedNamed). */
export function isValidReference(text: string): boolean {
  if (/^[0-9a-f]{64}$/.test(text)) return false;
  const reference = parseReference(text);
  if (reference.tag !== undefined && !TAG.test(reference.tag)) return false;
  if (reference.digest !== undefined && !DIGEST.test(reference.digest)) return false;
  if (reference.registry !== undefined && !DOMAIN.test(reference.registry)) return false;
  return reference.path.length <= 255 && reference.path.split('/').every(part => COMPONENT.test(part));
}
