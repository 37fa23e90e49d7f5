import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The licences of the packages that ended up in the bundles, as their authors ask. `more` are packages shipped as files. */
export function notices(root: string, metafiles: readonly Metafile[], more: readonly string[]): string {
  const folders = new Set(more);
  for (const metafile of metafiles) {
    for (const input of Object.keys(metafile.inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder) folders.add(folder);
    }
  }
  const parts = [...folders].sort().map(folder => notice(root, folder));
  return `Dockwright contains parts of these packages.\n\n${parts.join('\n')}`;
}

function notice(root: string, folder: string): string {
  const path = join(root, folder);
  const manifest: unknown = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const licence = readdirSync(path).find(name => /^(licen[cs]e|copying)/i.test(name));
  const text = licence ? readFileSync(join(path, licence), 'utf8').trim() : `Licence: ${field(manifest, 'license')}`;
  const title = `${field(manifest, 'name')} ${field(manifest, 'version')}`;
  return `${'-'.repeat(80)}\n${title}\n\n${text}\n`;
}

function field(manifest: unknown, name: string): string {
  if (typeof manifest !== 'object' || manifest === null) return '';
  const value: unknown = Reflect.get(manifest, name);
  return typeof value === 'string' ? value : '';
}
