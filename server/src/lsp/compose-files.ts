import { type Beside, folderOf, type ProjectFiles } from '../compose/index.js';
import { keeping } from '../text/keeping.js';
import { uriBelow } from './context.js';
import type { Host } from './host.js';

/** What is read tells what else is to be read, as with files that include others: at most so many times. */
const MAX_ROUNDS = 8;

/** The files around a Compose file in this folder that `ask` asks for, and those that it asks for when it knows these. */
export async function gatherFiles(
  host: Pick<Host, 'readDirectory' | 'readFile'>,
  folder: string,
  ask: (files: ProjectFiles) => void,
): Promise<ProjectFiles> {
  const entriesIn = keeping(async (path: string) => new Map((await host.readDirectory(uriBelow(folder, path))) ?? []));
  const found = new Map<string, Beside>();
  const texts = new Map<string, string | undefined>();

  async function look(path: string): Promise<void> {
    const entry = (await entriesIn(folderOf(path))).get(path.slice(path.lastIndexOf('/') + 1));
    found.set(path, { kind: path === '' ? 'directory' : (entry ?? 'nothing') });
  }
  async function read(path: string): Promise<void> {
    texts.set(path, await host.readFile(uriBelow(folder, path)));
  }

  for (let round = 0; round < MAX_ROUNDS; round++) {
    const toLook = new Set<string>();
    const toRead = new Set<string>();
    const asking: ProjectFiles = {
      look(path) {
        if (!found.has(path)) toLook.add(path);
        return found.get(path);
      },
      read(path) {
        if (!texts.has(path)) toRead.add(path);
        return texts.get(path);
      },
    };
    ask(asking);
    if (toLook.size === 0 && toRead.size === 0) break;
    await Promise.all([...[...toLook].map(look), ...[...toRead].map(read)]);
  }
  return { look: path => found.get(path), read: path => texts.get(path) };
}
