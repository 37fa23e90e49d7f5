import { flagValue } from '../shell/options.js';
import { linuxRuntime, STATIC_RUNTIME } from './linux.js';
import { movesIn, pathIn, startedFile } from './paths.js';
import type { BuildCommand, Result, Toolchain, Work } from './types.js';

const COMPILERS = /^(?:[\w-]+-)?(?:gcc|cc|clang|g\+\+|c\+\+|clang\+\+)(?:-[\d.]+)?$/;

export const C: Toolchain = {
  isFor: ({ image }) => image.runtime === 'c',
  commands: new Set(['gcc', 'cc', 'clang', 'g++', 'c++', 'clang++', 'strip', 'ar']),
  isSource: path => /\.(?:c|h|cc|cpp|cxx|hh|hpp|o|a|s|S)$/.test(path),
  manifest: /\.(?:c|cc|cpp|cxx)$/,
  variables: /^(?:CC|CXX|CFLAGS|CXXFLAGS|LDFLAGS)$/,
  startsOthers: {
    file: /\.(?:c|h|cc|cpp|cxx|hh|hpp)$/,
    call: /\b(?:system|popen|exec[lv]p?e?|posix_spawnp?|dlopen)\s*\(/,
  },
  result: resultOf,
};

function resultOf({ started, commands, stage, facts }: Work): Result | string {
  const builds = commands.filter(({ command }) => COMPILERS.test(command.base));
  const moves = movesIn(commands);
  const outputOf = ({ command, workdir }: BuildCommand): string | undefined => {
    const output = flagValue(command, '-o') ?? 'a.out';
    return /[$`]/.test(output) || command.args.some(({ value }) => value === '-c')
      ? undefined
      : pathIn(output, workdir);
  };
  const making = (path: string): BuildCommand | undefined =>
    builds.findLast(build => {
      const output = outputOf(build);
      return output === path || moves.some(({ from, to }) => to === path && from === output);
    });
  const file = startedFile(started, path => making(path) !== undefined);
  const build = file && making(file.from);
  if (!file || !build) return `the build is not seen to make “${started.words[0]}”, which the container starts`;
  const isStatic = build.command.args.some(({ value }) => value === '-static');
  const library = builds.map(libraryOf).find(found => found !== undefined);
  if (!isStatic && library !== undefined) return `the program is linked with ${library}`;
  return {
    needed: [file],
    runtime: ({ isBare }) => {
      const { context } = facts;
      const isWhole = context?.complete === true && context.isUnsure !== true;
      if (isStatic && isBare && isWhole) return STATIC_RUNTIME;
      return linuxRuntime(stage, ['tzdata']);
    },
  };
}

/** Parts of the C library, which every Debian has. */
const OF_LIBC = /^-l(?:c|m|pthread|dl|rt|util|resolv|anl)$/;

/** A library that a program is linked with beyond that of C. */
function libraryOf({ command }: BuildCommand): string | undefined {
  if (/\+\+/.test(command.base)) return 'the C++ library of the compiler’s own version';
  for (const { value, literal } of command.args) {
    if (!literal) return `what ${value} says`;
    if (/^-l/.test(value) && !OF_LIBC.test(value)) return value;
    if (/^-f(?:openmp|sanitize)|^-(?:Wl,|L)|\.so(?:\.\d+)*$|\.(?:cc|cpp|cxx|f90)$/.test(value)) return value;
  }
  return undefined;
}
