import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/**
 * Packages in CommonJS of which bundles for Node.js take the names that a file imports, when they are first used: some
 * files only need a tag's place in a FROM, or a configuration file; and the bundler otherwise defines each of a package's
 * names anew for each file that imports one, hundreds of them for the protocol's.
 */
const PACKAGES = /^(?:dockerfile-ast|yaml|vscode-languageserver)$/;

export const namedImports: Plugin = {
  name: 'named-imports',
  setup(build) {
    // In a browser a bundle is loaded from afar: what counts is that it is small, and packages loaded like this come whole.
    if (build.initialOptions.platform !== 'node') return;
    build.onResolve({ filter: PACKAGES }, ({ path, importer, namespace }) =>
      namespace === 'file' && importer.endsWith('.ts')
        ? { path: `${path}#${namesOf(readFileSync(importer, 'utf8'), path).join(',')}`, namespace: 'named' }
        : undefined,
    );
    build.onLoad({ filter: /#/, namespace: 'named' }, ({ path }) => {
      const [module = '', names = ''] = path.split('#');
      const getters = names.split(',').map(name => `get ${name}() { return load().${name}; }`);
      return {
        contents: `const load = () => require('${module}');\nmodule.exports = { __esModule: true, ${getters.join(', ')} };`,
        // From where the package is to be found.
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      };
    });
  },
};

/** The values that a file imports from a package. */
export function namesOf(source: string, module: string): readonly string[] {
  const imports = new RegExp(`^import \\{([^}]*)\\} from '${module}';$`, 'gm');
  const names = [...source.matchAll(imports)].flatMap(([, list = '']) => list.split(','));
  const values = names.map(name => name.trim()).filter(name => name !== '' && !name.startsWith('type '));
  const odd = values.find(name => !/^\w+$/.test(name));
  if (odd !== undefined || values.length === 0) throw new Error(`cannot read what is imported from ${module}`);
  return values;
}
