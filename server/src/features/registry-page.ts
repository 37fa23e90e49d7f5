import { isValidReference, parseReference } from '../dockerfile/index.js';
import { identify } from '../images/identity.js';
import { isLocalName } from '../images/index.js';

/** By the name of a registry, the page of what it calls `path`. Only those that have one page for each image. */
const PAGES: Readonly<Record<string, (path: string) => string>> = {
  // Leads on to the package's page at GitHub.
  'ghcr.io': path => `https://ghcr.io/${path}`,
  'mcr.microsoft.com': path => `https://mcr.microsoft.com/artifact/mar/${path}`,
  'quay.io': path => `https://quay.io/repository/${path}`,
  'public.ecr.aws': path => `https://gallery.ecr.aws/${path}`,
};

/** The page that a registry has about an image; undefined for a registry without such pages, and for what is not a name of an image. */
export function registryPage(image: string): string | undefined {
  if (!isValidReference(image.toLowerCase())) return undefined;
  const { registry, path } = identify(parseReference(image));
  if (registry !== undefined) return PAGES[registry]?.(path);
  if (isLocalName(registry, path)) return undefined;
  const name = path.replace(/^library\//, '');
  return name.includes('/') ? `https://hub.docker.com/r/${name}` : `https://hub.docker.com/_/${name}`;
}
