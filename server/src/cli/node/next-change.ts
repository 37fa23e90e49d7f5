import { watch } from 'node:fs';
import { basename } from 'node:path';
import { isComposeName } from '../../../../shared/src/compose-names.js';
import { isDockerfileName } from '../../../../shared/src/dockerfile-names.js';

/** Editors write a file in several steps. */
const SETTLED_MS = 150;

const CONFIGURATION = /^\.(?:dockwright|hadolint)\.(?:ya?ml|json)$|\.?dockerignore$/;

/** Resolves to true when a file that findings depend on has changed in a folder or below. */
export const nextChangeBelow = (folder: string): Promise<boolean> =>
  new Promise(resolve => {
    const watcher = watch(folder, { recursive: true }, (_, path) => {
      const name = basename(path ?? '');
      if (!isDockerfileName(name) && !isComposeName(name) && !CONFIGURATION.test(name)) return;
      watcher.close();
      setTimeout(() => resolve(true), SETTLED_MS);
    });
  });
