import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package that is shipped as a file; `licence` is the path of the licence's text. */
interface Shipped {
  readonly name: string;
  readonly licence: string;
}

/** The licences of the packages that ended up in the bundles, as their authors ask. */
export function notices(root: string, metafiles: readonly Metafile[], shipped: readonly Shipped[]): string {
  const folders = new Set<string>();
  for (const metafile of metafiles) {
    for (const input of Object.keys(metafile.inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder) folders.add(folder);
    }
  }
  const parts = [
    ...[...folders].sort().map(folder => ofPackage(root, folder)),
    ...shipped.map(({ name, licence }) => notice(name, readFileSync(licence, 'utf8').trim())),
  ];
  return `Dockwright contains parts of these packages.\n\n${parts.join('\n')}`;
}

function ofPackage(root: string, folder: string): string {
  const path = join(root, folder);
  const manifest: unknown = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const licence = readdirSync(path).find(name => /^(licen[cs]e|copying)/i.test(name));
  const text = licence ? readFileSync(join(path, licence), 'utf8').trim() : `Licence: ${field(manifest, 'license')}`;
  return notice(`${field(manifest, 'name')} ${field(manifest, 'version')}`, text);
}

const notice = (title: string, text: string): string => `${'-'.repeat(80)}\n${title}\n\n${text}\n`;

function field(manifest: unknown, name: string): string {
  if (typeof manifest !== 'object' || manifest === null) return '';
  const value: unknown = Reflect.get(manifest, name);
  return typeof value === 'string' ? value : '';
}
