import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CACHE, E2E } from './paths.js';
import { runNpm } from './processes.js';
import { makeWebBuild } from './web-build.js';

export type Log = (line: string) => void;

/** A real VS Code (as code-server ships it) and what runs it. */
export interface Vscode {
  /** The Node.js that runs the server. */
  readonly node: string;
  readonly entry: string;
  /** Folder with the serverless web build, laid out as @vscode/test-web expects its downloads. */
  readonly webData: string;
  readonly commit: string;
}

/** Installs VS Code from npm, once per version. Throws with npm's output when that fails. */
export async function installVscode(log: Log): Promise<Vscode> {
  const folder = await installed('vscode', log, async target => {
    // Both have their own pinned lists; their install scripts only build optional native modules.
    const inner = join(target, 'node_modules/code-server/lib/vscode');
    await runNpm(['install', '--omit=dev'], inner);
    await runNpm(['install', '--omit=dev'], join(inner, 'extensions'));
  });
  const codeServer = join(folder, 'node_modules/code-server');
  const webData = join(folder, 'web');
  // Its links hold absolute paths, so it is made where it stays.
  if (!existsSync(join(webData, 'ok'))) {
    makeWebBuild(join(codeServer, 'lib/vscode'), webData);
    writeFileSync(join(webData, 'ok'), '');
  }
  return { node: nodeFor(folder), entry: join(codeServer, 'out/node/entry.js'), webData, commit: commitOf(codeServer) };
}

/** Installs what serves VS Code for the Web; returns the folder to resolve it from. */
export function installWebTools(log: Log): Promise<string> {
  return installed('tools', log, async () => {});
}

async function installed(
  name: 'vscode' | 'tools',
  log: Log,
  finish: (folder: string) => Promise<void>,
): Promise<string> {
  const source = join(E2E, name);
  const version = createHash('sha256')
    .update(readFileSync(join(source, 'package-lock.json')))
    .digest('hex')
    .slice(0, 12);
  const folder = join(CACHE, `${name}-${version}`);
  if (existsSync(join(folder, 'ok'))) return folder;
  log(
    name === 'vscode'
      ? 'Installing VS Code from npm (about half a minute, once) …'
      : 'Installing the web test server (once) …',
  );
  mkdirSync(CACHE, { recursive: true });
  const fresh = mkdtempSync(join(CACHE, '.new-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(source, file), join(fresh, file));
    await runNpm(['ci'], fresh);
    await finish(fresh);
    writeFileSync(join(fresh, 'ok'), '');
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** The packed Node.js where there is one for this platform, else the one that runs this, if it is new enough. */
function nodeFor(folder: string): string {
  const packed = join(folder, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(packed)) return packed;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return process.execPath;
  throw new Error(
    `VS Code in the browser needs Node.js 22.15 or newer on ${process.platform}-${process.arch}; this is ${process.version}.`,
  );
}

function commitOf(codeServer: string): string {
  const product: unknown = JSON.parse(readFileSync(join(codeServer, 'lib/vscode/product.json'), 'utf8'));
  const commit = typeof product === 'object' && product !== null && 'commit' in product ? product.commit : undefined;
  if (typeof commit !== 'string') throw new Error('code-server’s product.json names no commit');
  return commit;
}
