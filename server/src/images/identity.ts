import type { ImageReference } from '../dockerfile/index.js';

/** A reference as the tables look it up: lower case, variables replaced by `VARIABLE`. */
export interface Identity {
  /** Undefined for Docker Hub. */
  readonly registry: string | undefined;
  readonly path: string;
  readonly name: string;
  /** Empty when there is none. */
  readonly tag: string;
  /** The name of a Docker official image, whatever mirror or architecture prefix it is reached by. */
  readonly official: string | undefined;
  /** The tag holds a variable, so a suffix that is missing may still come. */
  readonly openTag: boolean;
}

/** Stands for a variable; no image name or tag holds it. */
export const VARIABLE = '\u0000';

const DOCKER_HUB = /^(?:(?:registry\.hub|registry-1|index|registry)\.)?docker\.(?:io|com)$/;
/** docker-library/official-images: the per-architecture namespaces. */
const ARCHITECTURE = /^(?:amd64|arm32v[567]|arm64v8|armhf|aarch64|i386|mips64le|ppc64le|riscv64|s390x|winamd64)$/;

function withoutVariables(text: string): string {
  if (!text.includes('$')) return text.toLowerCase();
  let out = '';
  for (let index = 0; index < text.length; index++) {
    if (text[index] !== '$') {
      out += text[index];
      continue;
    }
    out += VARIABLE;
    if (text[index + 1] === '{') {
      let depth = 0;
      for (index++; index < text.length; index++) {
        if (text[index] === '{') depth++;
        else if (text[index] === '}' && --depth === 0) break;
      }
    } else {
      while (/\w/.test(text[index + 1] ?? '')) index++;
    }
  }
  return out.toLowerCase();
}

function officialName(registry: string | undefined, path: string): string | undefined {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (name === '' || path.includes(VARIABLE)) return undefined;
  const namespace = parts.at(-2);
  // Pull-through mirrors keep Docker Hub's `library/`: public.ecr.aws/docker/library/node, harbor.example/hub/library/node.
  if (namespace === 'library') return name;
  if (registry !== undefined) return undefined;
  if (parts.length === 1) return name;
  return parts.length === 2 && namespace !== undefined && ARCHITECTURE.test(namespace) ? name : undefined;
}

export function identify(reference: ImageReference): Identity {
  const registry = reference.registry === undefined ? undefined : withoutVariables(reference.registry);
  const path = withoutVariables(reference.path);
  const tag = withoutVariables(reference.tag ?? '');
  const host = registry !== undefined && DOCKER_HUB.test(registry) ? undefined : registry;
  return {
    registry: host,
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    tag,
    official: officialName(host, path),
    openTag: tag.includes(VARIABLE),
  };
}
