import { baseName } from '../facts/files/transfer.js';
import { find } from '../facts/index.js';
import { flagValue } from '../shell/options.js';
import { contextTexts } from './context.js';
import { linuxRuntime, STATIC_RUNTIME } from './linux.js';
import { isBelow, movesIn, pathIn, startedFile } from './paths.js';
import type { BuildCommand, Result, Toolchain, Work } from './types.js';

export const GO: Toolchain = {
  isFor: ({ image }) => image.runtime === 'go',
  commands: new Set(['go', 'gofmt', 'strip', 'upx']),
  isSource: path =>
    /\.(?:go|s|S|c|h|proto|templ)$|(?:^|\/)go\.(?:mod|sum|work|work\.sum)$|(?:^|\/)(?:vendor|testdata)(?:\/|$)/.test(
      path,
    ),
  manifest: /\.go$|(?:^|\/)go\.mod$/,
  variables: /^(?:GO[A-Z0-9_]*|CGO_\w+)$/,
  startsOthers: { file: /(?<!_test)\.go$/, call: /^\s*(?:import\s+)?(?:\w+\s+)?"(?:os\/exec|plugin)"/m },
  result: resultOf,
};

function resultOf(work: Work): Result | string {
  const { started, commands, stage } = work;
  const outputs = commands.map(build => outputOf(work, build)).filter(output => output !== undefined);
  if (outputs.length === 0) return 'no “go build” or “go install” says where it puts the program';
  const moves = movesIn(commands);
  const isMade = (path: string): boolean =>
    outputs.some(({ holds }) => holds(path)) ||
    moves.some(({ from, to }) => to === path && outputs.some(({ holds }) => holds(from)));
  const file = startedFile(started, isMade);
  if (!file) return `the build is not seen to make “${started.words[0]}”, which the container starts`;
  const plain = outputs.every(({ isStatic }) => isStatic);
  const linked = linkedWith(work);
  if (!plain && linked !== undefined) return `the program may be linked with ${linked}`;
  return {
    needed: [file],
    runtime: ({ kept, isBare }) => {
      if (plain && isBare && seenWhole(work)) return STATIC_RUNTIME;
      // Types of files that a web server answers with: the image to build with has them by way of its other programs.
      const types = kept.length > 0 && stage.image.family === 'debian' ? ['media-types'] : [];
      return linuxRuntime(stage, ['ca-certificates', ...types, 'tzdata']);
    },
  };
}

interface Output {
  readonly holds: (path: string) => boolean;
  /** It needs no library of the system. */
  readonly isStatic: boolean;
}

function outputOf(work: Work, build: BuildCommand): Output | undefined {
  const { command, workdir } = build;
  const verb = command.args[0]?.value;
  if (command.base !== 'go' || (verb !== 'build' && verb !== 'install')) return undefined;
  if (command.args.some(({ value }) => /^-buildmode/.test(value))) return undefined;
  const isStatic = valueOf(work, build, 'CGO_ENABLED') === '0';
  const exactly = (path: string | undefined): Output | undefined =>
    path === undefined ? undefined : { holds: one => one === path, isStatic };
  const anyIn = (folder: string | undefined): Output | undefined =>
    folder === undefined
      ? undefined
      : { holds: one => isBelow(one, folder) && !one.slice(folder.length + 1).includes('/'), isStatic };
  const target = command.args.at(-1)?.value ?? '';
  const isAll = target.endsWith('/...');
  if (verb === 'install') {
    const folder = valueOf(work, build, 'GOBIN') ?? `${valueOf(work, build, 'GOPATH') ?? '/go'}/bin`;
    const name = programName(work, build);
    return isAll ? anyIn(folder) : name === undefined ? undefined : exactly(`${folder}/${name}`);
  }
  const output = flagValue(command, '-o');
  const name = programName(work, build);
  if (output === undefined) return isAll || name === undefined ? undefined : exactly(pathIn(name, workdir));
  if (/[$`*]/.test(output)) return undefined;
  if (!output.endsWith('/') && output !== '.') return exactly(pathIn(output, workdir));
  return isAll
    ? anyIn(pathIn(output, workdir))
    : name === undefined
      ? undefined
      : exactly(pathIn(`${output}/${name}`, workdir));
}

/** What `go build` calls the program: the last part of the package, or of the module for the package at its root. */
function programName(work: Work, { command }: BuildCommand): string | undefined {
  const operands = command.args.slice(1).filter(({ value }, index, all) => {
    const before = all[index - 1]?.value;
    return !value.startsWith('-') && !(before !== undefined && WITH_VALUE.test(before));
  });
  const [target = '.', ...others] = operands.map(({ value }) => value);
  if (/[$`]/.test(target) || others.some(other => !other.endsWith('.go'))) return undefined;
  if (target.endsWith('.go')) return baseName(target).slice(0, -'.go'.length);
  if (target !== '.' && target !== './') return baseName(target.replace(/@.*$/, '').replace(/\/v\d+$/, ''));
  const [manifest, another] = contextTexts(work.facts, /(?:^|\/)go\.mod$/).texts;
  const module = another ? undefined : /^module\s+"?([^\s"]+)/m.exec(manifest?.text ?? '')?.[1];
  return module === undefined ? undefined : baseName(module.replace(/\/v\d+$/, ''));
}

/** Options of `go build` whose value is a word of its own. */
const WITH_VALUE =
  /^--?(?:o|C|p|asmflags|buildvcs|compiler|gccgoflags|gcflags|installsuffix|ldflags|mod|modfile|overlay|pgo|pkgdir|tags|toolexec)$/;

/** A variable of a build command: set before it, or by ENV or ARG. */
function valueOf({ stage }: Work, { command }: BuildCommand, name: string): string | undefined {
  const own = command.assignments.find(assignment => assignment.name === name)?.value;
  if (own) return own.literal ? own.value : undefined;
  const variable = find(stage.exit.scope, name);
  return variable?.kind === 'env' ? variable.value : undefined;
}

/** A library that the RUNs install for cgo. */
function linkedWith({ commands }: Work): string | undefined {
  const words = commands.flatMap(({ command }) => command.args.map(({ value }) => value));
  const flags = commands.flatMap(({ command }) => command.assignments.map(({ text }) => text));
  return (
    words.find(word => /^(?!linux-libc|libc6|musl|linux-headers)[\w.+-]+-(?:dev|devel|static)$/.test(word)) ??
    flags.find(text => /^CGO_LDFLAGS=/.test(text))
  );
}

/** All sources were read: none of them is seen to start other programs. */
function seenWhole({ facts }: Work): boolean {
  const { context } = facts;
  return (
    context?.complete === true &&
    context.isUnsure !== true &&
    context.entries.every(({ path, text }) => !path.endsWith('.go') || text !== undefined)
  );
}
