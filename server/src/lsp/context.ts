import { type ContextSnapshot, listContext, readIgnoreFile, withScripts } from '../context/index.js';
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
  const readFile = (path: string): Promise<string | undefined> => host.readFile(uri(path));
  const [entries, ignore] = await Promise.all([
    withScripts(known.entries, readFile),
    readIgnoreFile(dockerfile, readFile),
  ]);
  return { ...known, entries, folder, ...ignore };
}
