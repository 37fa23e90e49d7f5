import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execute, need, tail } from '../lib/execute.js';
import { CACHE } from '../lib/go-programs.js';
import { type BuildKit, type Layout, layoutOf, layoutOutput } from './buildkit.js';
import { BASES, type Base, RECIPES, recipeHash } from './recipes.js';

const NAMED = /(?:^FROM\s+(?:--\S+\s+)*|^ARG\s+\w+=|--from=|,from=)([^\s,]+)/gim;

export interface Bases {
  /** The bases that a Dockerfile names in FROM, in a global ARG, in `COPY --from` or in a mount; what has no recipe here is left out. */
  readonly namedIn: (dockerfile: string) => Promise<readonly Layout[]>;
}

/** Makes each base when it is first asked for, and keeps it in the cache for later runs. */
export function openBases(buildkit: BuildKit, log: (line: string) => void): Bases {
  const making = new Map<Base, Promise<string>>();
  const folderOf = (base: Base): Promise<string> => {
    const pending = making.get(base) ?? make(base);
    making.set(base, pending);
    return pending;
  };
  const images = async (names: readonly string[]): Promise<readonly Layout[]> => {
    const found: Layout[] = [];
    for (const name of new Set(names)) {
      const base = BASES[name];
      if (base) found.push(layoutOf(name, await folderOf(base)));
    }
    return found;
  };
  const make = async (base: Base): Promise<string> => {
    const name = Object.keys(BASES).find(key => BASES[key] === base) ?? '';
    // The folder says whether the image was made by the recipe of today.
    const folder = join(CACHE, 'bases', `${name.replaceAll(/[^\w.-]/g, '-')}-${recipeHash()}`);
    if (existsSync(folder)) return folder;
    const begin = Date.now();
    const needed = await images(base.needs);
    const scratch = mkdtempSync(join(tmpdir(), 'dockwright-base-'));
    try {
      const context = join(scratch, 'context');
      mkdirSync(context);
      await base.fill?.(context);
      const made = join(scratch, 'image');
      const { code, log: said } = await buildkit.build({
        context,
        dockerfileFolder: join(RECIPES, base.folder),
        images: needed,
        outputs: [layoutOutput(made)],
      });
      if (code !== 0) throw new Error(`The base ${name} cannot be built.\n${tail(said)}`);
      await need('mkdir', ['-p', dirname(folder)]);
      const moved = await execute('mv', ['-T', made, folder]);
      // Another run may have been faster.
      if (moved.code !== 0 && !existsSync(folder)) throw new Error(moved.log);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
    log(`base ${name}: ${base.stub ?? 'made by debootstrap'} (${((Date.now() - begin) / 1000).toFixed(0)} s)`);
    return folder;
  };
  return { namedIn: dockerfile => images([...dockerfile.matchAll(NAMED)].map(([, name = '']) => name)) };
}
