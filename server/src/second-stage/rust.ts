import { contextTexts } from './context.js';
import { linuxRuntime } from './linux.js';
import { isBelow, movesIn, pathIn, startedFile } from './paths.js';
import type { BuildCommand, Result, Toolchain, Work } from './types.js';

export const RUST: Toolchain = {
  isFor: ({ image }) => image.runtime === 'rust',
  commands: new Set(['cargo', 'rustc', 'rustup', 'strip']),
  isSource: path =>
    /\.(?:rs|proto|c|h)$|(?:^|\/)(?:Cargo\.(?:toml|lock)|rust-toolchain(?:\.toml)?|rustfmt\.toml|\.?clippy\.toml|deny\.toml)$|(?:^|\/)(?:target|\.cargo|benches|tests|examples)(?:\/|$)/.test(
      path,
    ),
  manifest: /(?:^|\/)Cargo\.toml$/,
  variables: /^(?:CARGO_\w+|RUSTFLAGS|RUSTUP_\w+|RUSTC\w*)$/,
  startsOthers: { file: /\.rs$/, call: /\bprocess::(?:Command\b|\{[^}]*\bCommand\b)/ },
  result: resultOf,
};

function resultOf(work: Work): Result | string {
  const { started, commands, stage } = work;
  const folders = commands.map(build => outputFolder(work, build)).filter(folder => folder !== undefined);
  if (folders.length === 0) return 'no “cargo build --release” or “cargo install” says where it puts the program';
  const moves = movesIn(commands);
  const isBuilt = (path: string): boolean =>
    folders.some(folder => isBelow(path, folder) && /^\/[\w-]+$/.test(path.slice(folder.length)));
  const isMade = (path: string): boolean => isBuilt(path) || moves.some(({ from, to }) => to === path && isBuilt(from));
  const file = startedFile(started, isMade);
  if (!file) return `the build is not seen to make “${started.words[0]}”, which the container starts`;
  return { needed: [file], runtime: () => runtimeOf(work) };

  function runtimeOf({ facts }: Work): ReturnType<Result['runtime']> {
    // Which of several is built does not matter: what any of them links is looked at.
    const locks = contextTexts(facts, /(?:^|\/)Cargo\.lock$/);
    const manifests = contextTexts(facts, /(?:^|\/)Cargo\.toml$/);
    if (!locks.isWhole || locks.texts.length === 0) {
      const hasNone =
        manifests.isWhole && manifests.texts.length > 0 && !manifests.texts.some(({ text }) => DEPENDENCIES.test(text));
      return hasNone
        ? linuxRuntime(stage, [])
        : 'without a Cargo.lock it is not known which libraries the program is linked with';
    }
    const crates = new Set(
      locks.texts.flatMap(({ text }) => [...text.matchAll(/^name = "([^"]+)"/gm)].map(([, name = '']) => name)),
    );
    const libraries: string[] = [];
    for (const crate of crates) {
      if (!/-sys$/.test(crate) || OF_ITS_OWN.test(crate)) continue;
      if (crate === 'openssl-sys' && crates.has('openssl-src')) continue;
      const library = LIBRARIES[crate]?.[stage.image.release?.version ?? 0];
      if (stage.image.family !== 'debian' || library === undefined)
        return `the program is linked with the library of the crate ${crate}`;
      libraries.push(library);
    }
    const packages = crates.size > 1 ? ['ca-certificates', 'tzdata', ...libraries] : [];
    return linuxRuntime(stage, packages, libraries.length > 0);
  }
}

const DEPENDENCIES = /^\[(?:workspace\.|target\..*\.)?dependencies[.\]]/m;

/** Crates that are called so and link no library of the system: they bring their own, or call the kernel. */
const OF_ITS_OWN =
  /^(?:linux-raw|windows|windows-\w+|js|web|core-foundation|security-framework|inotify|fsevent|kqueue|objc|objc2?|io-kit|system-configuration|zstd|lz4|libmimalloc|(?:tikv-)?jemalloc|aws-lc|aws-lc-fips|ittapi|dirs|secp256k1|ndk|wasi|hermit|renderdoc|errno|psm|blst|brotli|snappy|libfuzzer|tree-sitter|onig|lzma-rust|bzip2-rs|utf8parse)-sys$/;

/** The packages of libraries by release of Debian. */
const LIBRARIES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'openssl-sys': { 11: 'libssl1.1', 12: 'libssl3', 13: 'libssl3t64' },
  'libz-sys': { 11: 'zlib1g', 12: 'zlib1g', 13: 'zlib1g' },
};

/** The folder that a command of cargo puts programs into. */
function outputFolder({ stage }: Work, { command, workdir }: BuildCommand): string | undefined {
  if (command.base !== 'cargo') return undefined;
  const words = command.args.map(({ value }) => value);
  const verb = words.find(word => !/^[-+]/.test(word));
  const valueOf = (name: string): string | undefined => {
    const joined = words.find(word => word.startsWith(`${name}=`));
    return joined?.slice(name.length + 1) ?? words[words.indexOf(name) + 1 || words.length];
  };
  if (verb === 'install') {
    const root = valueOf('--root');
    return root === undefined ? '/usr/local/cargo/bin' : pathIn(`${root}/bin`, workdir);
  }
  if (verb !== 'build' && verb !== 'b') return undefined;
  const isRelease = words.includes('--release') || words.includes('-r');
  const profile = valueOf('--profile') ?? (isRelease ? 'release' : 'debug');
  const target = valueOf('--target');
  const folder = valueOf('--target-dir') ?? 'target';
  const path = [folder, ...(target === undefined ? [] : [target]), profile].join('/');
  const isPlain =
    !/[$`*]/.test(path) &&
    !stage.instructions.some(({ instruction }) => /CARGO_(?:TARGET_DIR|BUILD_TARGET)/.test(instruction.text));
  return isPlain ? pathIn(path, workdir) : undefined;
}
