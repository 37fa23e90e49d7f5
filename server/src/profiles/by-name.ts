import { isFolderForWork } from '../start/index.js';
import { templateByName } from '../templates/index.js';
import type { LintOptions } from './types.js';

/**
 * Words in a file's name that tell of an image to develop, test or build with: `Dockerfile.dev`, `ci.Dockerfile`. It is not
 * shipped, so its size and its user matter little.
 */
const WORK = new Set(
  'bench benchmark buildenv builder ci coverage dev devcontainer develop development docs e2e fuzz gitpod integration lint playground sandbox test testing tests toolchain'.split(
    ' ',
  ),
);

/** Folders that tell the same of what is in them, wherever they are; of others only those below the project's count. */
const FOR_WORK = /(?:^|[\\/])\.(?:devcontainer|github|gitlab|circleci|buildkite|gitpod|ci)[\\/]/;

/** A path or a URI that begins at the top: of its folders nobody knows which are above the project. */
const WHOLE = /^(?:[\\/]|[a-z][a-z\d+.-]*:)/i;

/** What the name of a file, with its folders, says of how to read it. */
export function optionsByName(path: string): Pick<LintOptions, 'template' | 'isForWork'> {
  const template = templateByName(path);
  const nameAt = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const name = path.slice(nameAt).toLowerCase();
  const isForWork =
    FOR_WORK.test(path) ||
    name.split(/[._-]/).some(word => WORK.has(word)) ||
    (!WHOLE.test(path) && isFolderForWork(path.slice(0, nameAt).replaceAll('\\', '/')));
  return { ...(template ? { template } : {}), ...(isForWork ? { isForWork } : {}) };
}
