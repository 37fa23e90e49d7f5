import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { disagreement, scriptsOf } from './lib/agreement.js';
import { shipped, startHaskell, startShipped } from './lib/programs.js';

/**
 * `npm run test:shellcheck-port [-- FOLDER…]`: holds ShellCheck's port and the original against each other on every
 * script of the Dockerfiles in these folders.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DEFAULT = ['../shared/corpus', '../shared/corpus-apps'].map(folder => join(ROOT, folder));

const asked = process.argv.slice(2).map(folder => resolve(folder));
for (const folder of asked.length > 0 ? asked : DEFAULT) await compare(folder);

async function compare(folder: string): Promise<void> {
  if (shipped.kind !== 'port' || !existsSync(folder)) {
    console.log(`${folder}: skipped, ${shipped.kind === 'port' ? 'there is no such folder' : 'there is no port here'}`);
    return;
  }
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(folder, entry.name), 'utf8'));
  const [original, port] = [await startHaskell(), await startShipped()];
  const jobs = scriptsOf(texts);
  let different = 0;
  for (const job of jobs) {
    const found = await disagreement(job, original, port);
    if (found === undefined) continue;
    different++;
    console.log(found);
  }
  console.log(`${folder}: ${jobs.length} scripts, ${different} of them with a difference`);
  if (different > 0) process.exitCode = 1;
}
