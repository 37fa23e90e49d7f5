import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundle } from '../../server/src/tools/bundle.js';
import { pack } from '../../server/src/tools/package.js';
import { createProfile, installExtension, serveDesktop } from './lib/desktop-host.js';
import { installVscode, type Log } from './lib/install.js';
import { ROOT } from './lib/paths.js';

/** Tried first, so that the address is the same each time. */
const PORT = 8137;

const log: Log = line => console.log(line);

/** `npm start [-- FOLDER]`: builds the extension and opens VS Code with it. */
async function start(): Promise<void> {
  const [argument] = process.argv.slice(2);
  // npm changes to the project's folder; a relative path is meant from where the command was typed.
  const folder =
    argument === undefined ? join(ROOT, 'samples') : resolve(process.env.INIT_CWD ?? process.cwd(), argument);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`There is no folder ${folder}.`);
  log('Building …');
  await bundle({ shellcheck: true, log: () => {} });
  if (hasScreen() && hasVscode()) openInstalled(folder);
  else await serve(folder);
}

function hasScreen(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function hasVscode(): boolean {
  return spawnSync('code', ['--version'], { shell: process.platform === 'win32', stdio: 'ignore' }).status === 0;
}

/** The VS Code of this machine, in a window of its own; it stays open until it is closed or Ctrl+C ends it. */
function openInstalled(folder: string): void {
  log(`Opening VS Code on ${folder}`);
  const args = [`--extensionDevelopmentPath=${ROOT}`, '--new-window', '--wait', folder];
  let scratch: string | undefined;
  if (process.getuid?.() === 0) {
    // VS Code refuses to run as root without these two.
    scratch = mkdtempSync(join(tmpdir(), 'dockwright-vscode-'));
    args.push('--no-sandbox', `--user-data-dir=${scratch}`);
  }
  const child = spawn('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  child.once('exit', code => {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
    process.exitCode = code ?? 1;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGTERM'));
}

/** VS Code in the browser, served on this machine only. */
async function serve(folder: string): Promise<void> {
  const vscode = await installVscode(log);
  log('Packing and installing the extension …');
  const profile = createProfile();
  process.on('exit', profile.remove);
  // What is started from here on is ended, and what was made removed, by the `exit` handlers.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
  await installExtension(
    vscode,
    profile,
    pack(() => {}),
  );
  const server = await serveDesktop(vscode, profile, { port: PORT }).catch(() => serveDesktop(vscode, profile));
  const address = `${server.url}/?folder=${encodeURI(folder)}`;
  log(`\nVS Code is ready:  ${address}\n\nPress Ctrl+C to stop.`);
  openBrowser(address);
  await server.ended;
  throw new Error(`VS Code’s server has ended.\n${server.log()}`);
}

function openBrowser(address: string): void {
  if (!hasScreen()) return;
  const openers: Readonly<Record<string, string>> = { darwin: 'open', win32: 'explorer', linux: 'xdg-open' };
  const opener = openers[process.platform];
  if (opener === undefined) return;
  // Without one the address is on the screen.
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

await start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
