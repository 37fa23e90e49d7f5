import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
export const E2E = join(ROOT, 'test/e2e');
/** What test runs leave behind for a person to look at: screenshots, logs. */
export const OUT = join(ROOT, 'out/e2e');

const cacheHome = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
/** Outside the repository: large, and the same for every clone. */
export const CACHE = process.env.VSCODE_E2E_CACHE ?? join(cacheHome, 'vscode-e2e');
