import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Builds and packs the extension; returns the path of the .vsix. */
export async function packageExtension(log: (line: string) => void, shellcheck = true): Promise<string> {
  await bundle({ shellcheck, log });
  return pack(log);
}

/** Packs what is in `dist/`. */
export function pack(log: (line: string) => void): string {
  const version = /"version": "([^"]+)"/.exec(readFileSync(join(ROOT, 'package.json'), 'utf8'))?.[1];
  const vsix = join(ROOT, `dockwright-${version}.vsix`);
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  // Everything is bundled, so there are no dependencies to pack.
  const args = [
    vsce,
    'package',
    '--no-dependencies',
    '--no-rewrite-relative-links',
    // The example of the rule secret-in-text looks like a token, as it must.
    '--allow-package-secrets',
    'github',
    '--out',
    vsix,
  ];
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  log(`${(statSync(vsix).size / 1024).toFixed(0)} KB  ${vsix}`);
  return vsix;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await packageExtension(line => console.log(line), !process.argv.includes('--no-shellcheck'));
}
