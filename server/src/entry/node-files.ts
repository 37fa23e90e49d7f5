import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { READ_FILE_LIMIT } from '../../../shared/src/protocol.js';
import type { Host } from '../lsp/host.js';

/** Reads `file:` URIs from disk, for editors that cannot be asked for files. */
export const nodeFiles: Pick<Host, 'readFile' | 'readDirectory'> = {
  async readFile(uri) {
    try {
      const path = fileURLToPath(uri);
      return (await stat(path)).size > READ_FILE_LIMIT ? undefined : await readFile(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  async readDirectory(uri) {
    try {
      const path = fileURLToPath(uri);
      return await Promise.all(
        (await readdir(path)).map(async name => {
          const info = await stat(join(path, name)).catch(() => undefined);
          return [name, info?.isDirectory() ? 'directory' : 'file'] as const;
        }),
      );
    } catch {
      return undefined;
    }
  },
};
