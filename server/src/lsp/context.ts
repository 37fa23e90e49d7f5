import { type ContextSnapshot, listContext, readIgnoreFile } from '../context/index.js';
import type { Host } from './host.js';

/** Reads what lies beside a Dockerfile, in the folder with this URI. */
export async function readContext(
  host: Host,
  folder: string,
  dockerfile: string,
): Promise<ContextSnapshot | undefined> {
  const uri = (path: string): string =>
    path === '' ? folder : `${folder}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const known = await listContext(path => host.readDirectory(uri(path)));
  if (!known) return undefined;
  return { ...known, ...(await readIgnoreFile(dockerfile, path => host.readFile(uri(path)))) };
}
