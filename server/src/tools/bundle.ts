import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { firstExamples } from './first-example.js';
import { namedImports } from './named-imports.js';
import { notices } from './notices.js';
import { type ShellcheckProgram, shellcheckProgram } from './shellcheck-program.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const DIST = join(ROOT, 'dist');

export interface BundleOptions {
  /** Without it, there are no findings with SC codes. */
  readonly shellcheck: boolean;
  readonly log: (line: string) => void;
}

interface Target {
  /** Below `dist/`. */
  readonly file: string;
  /** Below the project's root. */
  readonly entry: string;
  readonly options: BuildOptions;
  readonly shellcheck?: true;
}

/** @balena/dockerignore asks Node's `path`, which a web worker lacks and which on Windows has other separators. */
const POSIX_PATH: Plugin = {
  name: 'posix-path',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^path$/ }, ({ importer }) =>
      /[\\/]@balena[\\/]dockerignore[\\/]/.test(importer)
        ? { path: join(ROOT, 'node_modules/path-browserify/index.js') }
        : undefined,
    ),
};

/** Builds the workers for the original ShellCheck in place of its port. */
export const FOR_ORIGINAL: Plugin = {
  name: 'original-shellcheck',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/port\.js$/ }, ({ resolveDir }) => ({ path: join(resolveDir, 'haskell.ts') })),
};

const PLUGINS: Plugin[] = [POSIX_PATH, firstExamples, namedImports];

const NODE: BuildOptions = { platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] };
const BROWSER: BuildOptions = {
  platform: 'browser',
  target: 'es2022',
  conditions: ['browser'],
  mainFields: ['browser', 'module', 'main'],
};
const WORKER: BuildOptions = { ...BROWSER, format: 'iife' };
const CLIENT: BuildOptions = { external: ['vscode'] };

const SERVER_WEB: Target = {
  file: 'server-web.js',
  entry: 'server/src/entry/browser.ts',
  options: { ...WORKER, inject: [join(ROOT, 'server/src/entry/buffer-shim.ts')] },
};

/** Which ShellCheck a build has. */
type Shellcheck = ShellcheckProgram['kind'] | 'none';

/** What the sources take from the build. */
const defines = (shellcheck: Shellcheck): Record<string, string> => ({
  DOCKWRIGHT_VERSION: JSON.stringify(version()),
  DOCKWRIGHT_SHELLCHECK: JSON.stringify(shellcheck),
});

/** The text of the server's web bundle, for the test that runs it without anything of Node around it. */
export async function serverWebBundle(): Promise<string> {
  const { outputFiles } = await build({
    ...SERVER_WEB.options,
    bundle: true,
    define: defines('none'),
    plugins: PLUGINS,
    write: false,
    entryPoints: [join(ROOT, SERVER_WEB.entry)],
  });
  return outputFiles[0]?.text ?? '';
}

/** For `runCached`: one function, in ASCII, which V8 takes as it is. */
const FOR_BOOT: BuildOptions = {
  ...NODE,
  banner: { js: '(function(exports,require,module,__filename,__dirname){' },
  footer: { js: '})' },
};

/** What `bin` names has to run far enough on an older Node.js to say that it is too old. */
const PROGRAM: BuildOptions = { ...NODE, target: 'node12', banner: { js: '#!/usr/bin/env node' } };

const CLI: readonly Target[] = [
  { file: 'cli.cjs', entry: 'server/src/entry/cli-boot.ts', options: PROGRAM },
  { file: 'hadolint.cjs', entry: 'server/src/entry/cli-hadolint.ts', options: PROGRAM },
  { file: 'cli-main.cjs', entry: 'server/src/entry/cli.ts', options: FOR_BOOT },
];

/** Also what `lsp` of the command line runs. */
const SERVER_MAIN: Target = { file: 'server-main.cjs', entry: 'server/src/entry/node.ts', options: FOR_BOOT };

const SERVER: readonly Target[] = [
  { file: 'server-node.cjs', entry: 'server/src/entry/node-boot.ts', options: NODE },
  SERVER_MAIN,
];

/** Puts VS Code's server, without ShellCheck, into a folder, for the tests of the whole process. Gives what to run. */
export async function bundleServer(folder: string): Promise<string> {
  await Promise.all(SERVER.map(target => buildTarget(target, 'none', folder)));
  return join(folder, 'server-node.cjs');
}

/** Puts the command line, without ShellCheck's files, into a folder, for the tests of the whole process. Gives what to run. */
export async function bundleCli(folder: string, shellcheck: Shellcheck = 'none'): Promise<string> {
  await Promise.all([...CLI, SERVER_MAIN].map(target => buildTarget(target, shellcheck, folder)));
  return join(folder, 'cli.cjs');
}

const LIBRARY = 'index.cjs';

const TARGETS: readonly Target[] = [
  { file: 'client-node.cjs', entry: 'client/src/node.ts', options: { ...NODE, ...CLIENT } },
  { file: 'client-web.cjs', entry: 'client/src/web.ts', options: { ...BROWSER, ...CLIENT, format: 'cjs' } },
  ...SERVER,
  SERVER_WEB,
  ...CLI,
  { file: LIBRARY, entry: 'server/src/entry/library.ts', options: NODE },
  { file: 'shellcheck-worker.cjs', entry: 'server/src/shellcheck/node/worker.ts', options: NODE, shellcheck: true },
  { file: 'shellcheck-worker-web.js', entry: 'server/src/shellcheck/web/worker.ts', options: WORKER, shellcheck: true },
];

/** Builds everything that is shipped into `dist/`. Throws with esbuild's message when a source does not compile. */
export async function bundle({ shellcheck, log }: BundleOptions): Promise<void> {
  const begin = Date.now();
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  const wanted = TARGETS.filter(target => shellcheck || !target.shellcheck);
  const program = shellcheck ? await shellcheckProgram(ROOT, log) : undefined;
  const plugins = program?.kind === 'haskell' ? [...PLUGINS, FOR_ORIGINAL] : PLUGINS;
  const metafiles = await Promise.all(
    wanted.map(target => buildTarget(target, program?.kind ?? 'none', DIST, plugins)),
  );
  const files = wanted.map(target => target.file);
  for (const program of ['cli.cjs', 'hadolint.cjs']) chmodSync(join(DIST, program), 0o755);
  copyFileSync(join(ROOT, 'server/src/library/dockwright.d.cts'), join(DIST, 'index.d.cts'));
  // Older VS Codes (1.91 is one) append .js to whatever name the manifest gives a web extension; newer ones would take a
  // .js of this package for an ES module, which a web extension cannot be.
  copyFileSync(join(DIST, 'client-web.cjs'), join(DIST, 'client-web.cjs.js'));
  if (program) {
    copyFileSync(program.wasm, join(DIST, 'shellcheck.wasm'));
    files.push('shellcheck.wasm');
  }
  writeFileSync(join(DIST, 'third-party-notices.txt'), notices(ROOT, metafiles, program ? [program] : []));
  report(files, log);
  log(`built in ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

async function buildTarget(
  { file, entry, options }: Target,
  shellcheck: Shellcheck,
  folder = DIST,
  plugins = PLUGINS,
): Promise<Metafile> {
  const result = await build({
    ...options,
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: join(folder, file),
    bundle: true,
    plugins,
    minify: true,
    legalComments: 'none',
    define: defines(shellcheck),
    metafile: true,
    logLevel: 'warning',
  });
  if (options === FOR_BOOT) escapeOthers(join(folder, file));
  return result.metafile;
}

/** esbuild escapes other characters in strings, but not in regular expressions. */
function escapeOthers(path: string): void {
  const text = readFileSync(path, 'utf8');
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(path, text.replace(/[^\0-\x7f]/g, escaped));
}

function version(): string {
  const found = /"version": "([^"]+)"/.exec(readFileSync(join(ROOT, 'package.json'), 'utf8'))?.[1];
  if (found === undefined) throw new Error('package.json has no version');
  return found;
}

function report(files: readonly string[], log: (line: string) => void): void {
  for (const file of files) {
    const path = join(DIST, file);
    const size = statSync(path).size;
    log(`${kilobytes(size)}  dist/${file}${size < 2_000_000 ? `  (gzip ${kilobytes(gzipped(path)).trim()})` : ''}`);
  }
}

const gzipped = (path: string): number => gzipSync(readFileSync(path)).length;
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`.padStart(9);

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await bundle({ shellcheck: !process.argv.includes('--no-shellcheck'), log: line => console.log(line) });
}
