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

/** Folders that tell the same of what is in them. */
const FOR_WORK = /(?:^|[\\/])\.(?:devcontainer|github|gitlab|circleci|buildkite|gitpod|ci)[\\/]/;

/** What the name of a file, with its folders, says of how to read it. */
export function optionsByName(path: string): Pick<LintOptions, 'template' | 'isForWork'> {
  const template = templateByName(path);
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const isForWork = FOR_WORK.test(path) || name.split(/[._-]/).some(word => WORK.has(word));
  return { ...(template ? { template } : {}), ...(isForWork ? { isForWork } : {}) };
}
