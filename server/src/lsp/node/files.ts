import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { READ_FILE_LIMIT } from '../../../../shared/src/protocol.js';
import type { Host } from '../host.js';

/**
 * Reads `file:` URIs from disk, for editors that cannot be asked for files. At once: most of what is asked for is not
 * there, and to hear that from another thread takes longer than everything else before the first lint.
 */
export const nodeFiles: Pick<Host, 'readFile' | 'readDirectory'> = {
  async readFile(uri) {
    try {
      const path = fileURLToPath(uri);
      const info = statSync(path, { throwIfNoEntry: false });
      // Nothing ends the reading of a named pipe.
      return info?.isFile() && info.size <= READ_FILE_LIMIT ? readFileSync(path, 'utf8') : undefined;
    } catch {
      return undefined;
    }
  },
  async readDirectory(uri) {
    try {
      const path = fileURLToPath(uri);
      return readdirSync(path, { withFileTypes: true }).map(entry => {
        const { name } = entry;
        const isFolder = entry.isSymbolicLink() ? leadsToFolder(join(path, name)) : entry.isDirectory();
        return [name, isFolder ? 'directory' : 'file'] as const;
      });
    } catch {
      return undefined;
    }
  },
};

function leadsToFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
