// Plain JavaScript without a dependency, since it runs before anything is installed:
//   node bootstrap.mjs FILE.ts [ARGUMENT…]
// brings node_modules in line with package-lock.json, then runs FILE.ts.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const [file, ...rest] = process.argv.slice(2);
const [major] = process.versions.node.split('.').map(Number);

if (!file) fail('usage: node bootstrap.mjs FILE.ts [ARGUMENT…]');
if (major < 20) fail(`Node.js 20 or newer is needed; this is ${process.version}.`);
install();
run(file, rest);

function install() {
  const missing = firstMissing();
  if (missing === undefined) return;
  console.log(`Installing the packages of package-lock.json (${missing} is not there yet) …`);
  const begin = Date.now();
  // Nothing that is needed here builds or downloads anything in an install script.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = npmCommand();
  const { status, error } = spawnSync(npm.command, [...npm.args, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`npm ci failed${error ? `: ${error.message}` : ''}.`);
  console.log(`Installed in ${((Date.now() - begin) / 1000).toFixed(0)} s.`);
}

/** The first package of package-lock.json that is not installed in that very version, by npm's own record of what is. */
function firstMissing() {
  const wanted = packages('package-lock.json');
  const installed = packages('node_modules/.package-lock.json');
  // Of the optional packages only those made for this platform have to be there.
  const here = ({ os, cpu, libc }) => !libc && os?.includes(process.platform) && cpu?.includes(process.arch);
  const missing = Object.entries(wanted).find(
    ([path, entry]) =>
      path !== '' &&
      (!entry.optional || here(entry)) &&
      (installed[path]?.version !== entry.version || !existsSync(join(root, path))),
  );
  return missing?.[0].replace(/^.*node_modules\//, '');
}

function packages(lockfile) {
  try {
    return JSON.parse(readFileSync(join(root, lockfile), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** npm without a shell; under `npm start` its own path is known, which Windows needs. */
function npmCommand() {
  const cli = process.env.npm_execpath;
  if (cli && /\.[cm]?js$/.test(cli)) return { command: process.execPath, args: [cli] };
  return { command: 'npm', args: [] };
}

function run(script, args) {
  const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;
  const child = spawn(process.execPath, ['--import', tsx, join(root, script), ...args], { stdio: 'inherit' });
  // Ctrl+C reaches the whole foreground group by itself: here it only must not end this process before the child has cleaned up.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', error => fail(error.message));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
