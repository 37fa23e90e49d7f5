import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** What only some files need: a tag in a FROM, a configuration file. */
const LAZY = /^(?:dockerfile-ast|yaml)$/;

/** Has bundles load some packages when something of them is used first, for loading them all is felt at each start. */
export const lazyPackages: Plugin = {
  name: 'lazy-packages',
  setup(build) {
    // In a browser a bundle is loaded from afar: what counts is that it is small, and packages loaded like this come whole.
    if (build.initialOptions.platform !== 'node') return;
    build.onResolve({ filter: LAZY }, ({ path, namespace }) =>
      namespace === 'lazy' ? undefined : { path, namespace: 'lazy' },
    );
    build.onLoad({ filter: LAZY, namespace: 'lazy' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter(name => /^[A-Za-z]\w*$/.test(name) && name !== 'default');
      const getters = names.map(name => `get ${name}() { return load().${name}; }`);
      return {
        contents: `const load = () => require('${path}');\nmodule.exports = { __esModule: true, ${getters.join(', ')} };`,
        // From where the package is to be found.
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      };
    });
  },
};
