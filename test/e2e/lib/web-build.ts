import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Makes a VS Code for the Web without a server out of the VS Code that code-server ships, in the layout in which
 * @vscode/test-web keeps its downloads. It is VS Code's own web code; two places that code-server ties to its server
 * are turned back. It is not the web build that Microsoft publishes.
 */
export function makeWebBuild(vscode: string, data: string): void {
  const commit = commitIn(vscode);
  const build = join(data, `vscode-web-stable-${commit}`);
  rmSync(build, { recursive: true, force: true });

  const link = (folder: string, except: readonly string[]): void => {
    mkdirSync(join(build, folder), { recursive: true });
    for (const name of readdirSync(join(vscode, folder))) {
      if (!except.includes(name)) symlinkSync(join(vscode, folder, name), join(build, folder, name));
    }
  };
  link('', ['out', 'extensions']);
  linkExtensions(join(vscode, 'extensions'), join(build, 'extensions'));
  link('out', ['vs']);
  link('out/vs', ['code', 'workbench']);
  link('out/vs/workbench', []);
  link('out/vs/code', ['browser']);
  link('out/vs/code/browser', ['workbench']);
  link('out/vs/code/browser/workbench', ['workbench.js']);

  const workbench = 'out/vs/code/browser/workbench/workbench.js';
  writeFileSync(join(build, workbench), withoutServer(readFileSync(join(vscode, workbench), 'utf8')));
  writeFileSync(join(build, 'out/vs/workbench/workbench.web.main.internal.js'), MAIN);
  writeFileSync(
    join(build, 'out/vs/workbench/workbench.web.main.internal.css'),
    "@import url('../code/browser/workbench/workbench.css');\n",
  );
  writeFileSync(join(build, 'version'), `vscode-web-stable-${commit}`);
}

// test-web imports these three; the app bundle beside it starts by itself from the same <meta> configuration.
const MAIN = `import '../code/browser/workbench/workbench.js';
export const create = () => ({ dispose() {} });
export class URI { static parse(s) { return s; } static revive(u) { return u; } static from(u) { return u; } }
export class Emitter { event = () => ({ dispose() {} }); fire() {} dispose() {} }
`;

function withoutServer(workbench: string): string {
  const options = [
    'remoteAuthority:void 0',
    'userDataPath:"/"',
    'isEnabledFileDownloads:!0',
    'isEnabledFileUploads:!0',
    'isEnabledCoderGettingStarted:!1',
    'enableWorkspaceTrust:!1',
  ];
  const local = replaceOnce(workbench, /remoteAuthority:location\.host/g, options.join(','));
  const userData = /\.file\(this\.userDataPath\)\.with\(\{scheme:(\w+)\.vscodeRemote\}\),"User"/g;
  return replaceOnce(local, userData, '.file("/").with({scheme:$1.vscodeUserData}),"User"');
}

function replaceOnce(text: string, pattern: RegExp, by: string): string {
  const found = text.match(pattern)?.length ?? 0;
  if (found !== 1)
    throw new Error(`${pattern} occurs ${found} times in VS Code’s workbench; this version needs another patch`);
  return text.replace(pattern, by);
}

/** The server build leaves out the browser bundles of some built-in extensions that its list still names: they get an empty one. */
function linkExtensions(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const main = browserMain(join(from, name));
    if (main === undefined || existsSync(join(from, name, main))) {
      symlinkSync(join(from, name), join(to, name));
      continue;
    }
    const below = join(from, name).length;
    cpSync(join(from, name), join(to, name), {
      recursive: true,
      filter: path => !/node_modules|\/dist(\/|$)/.test(path.slice(below)),
    });
    mkdirSync(dirname(join(to, name, main)), { recursive: true });
    writeFileSync(join(to, name, main), 'exports.activate = () => ({});\n');
  }
}

function browserMain(extension: string): string | undefined {
  const path = join(extension, 'package.json');
  if (!existsSync(path)) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const main =
    typeof manifest === 'object' && manifest !== null && 'browser' in manifest ? manifest.browser : undefined;
  if (typeof main !== 'string') return undefined;
  return main.endsWith('.js') ? main : `${main}.js`;
}

function commitIn(vscode: string): string {
  const product: unknown = JSON.parse(readFileSync(join(vscode, 'product.json'), 'utf8'));
  if (typeof product === 'object' && product !== null && 'commit' in product) return String(product.commit);
  throw new Error('VS Code’s product.json names no commit');
}
