import type { Placed } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import { packageActions, packageName } from '../facts/packages/in-run.js';
import type { ShellCommand } from '../shell/index.js';
import { pathIn } from './paths.js';
import type { BuildCommand, Toolchain } from './types.js';

/** `build`: it makes the program, or helps to; `prepare`: it makes users and gives them folders, as the container needs it. */
export type RunKind = 'build' | 'prepare';

export interface ReadRun {
  readonly kind: RunKind;
  readonly commands: readonly BuildCommand[];
  /** Folders that it makes. */
  readonly folders: readonly string[];
}

/** Commands that leave nothing which a container could need. */
const WITHOUT_TRACE = new Set(
  'set echo printf ls pwd true : test [ cd export date uname env which command sleep file du dos2unix cat head tail grep wc sort find id whoami chmod cp mv mkdir'.split(
    ' ',
  ),
);
const PREPARES = new Set(['useradd', 'groupadd', 'adduser', 'addgroup', 'usermod', 'chown', 'chgrp']);

/** Packages that build, fetch sources, or that the second stage gets itself. */
const BUILD_PACKAGES = new Set(
  'git make gcc g++ build-essential build-base musl-dev libc-dev libc6-dev linux-headers pkg-config pkgconf pkgconfig cmake ca-certificates tzdata curl wget unzip tar gzip bash upx upx-ucl openssh-client openssh binutils mercurial dos2unix maven gradle libssl-dev openssl-dev zlib1g-dev zlib-dev clang gnupg file xz-utils'.split(
    ' ',
  ),
);

/** Caches of package managers and builds. */
const CACHE = /^\/(?:var\/(?:lib\/apt\/lists|cache)|root\/\.(?:cache|m2|gradle|npm|nuget|cargo)|go\/pkg|tmp)(?:\/|$)/;

/** What a RUN is there for; a text says what of it may be needed by the container. */
export function readRun(facts: FileFacts, run: Placed, toolchain: Toolchain): ReadRun | string {
  const at = facts.at(run);
  const { script } = at;
  if (!script || script.errors.length > 0) return 'it is not a shell script that can be read';
  let { workdir } = at;
  const commands: BuildCommand[] = [];
  const folders: string[] = [];
  let prepares = false;
  let builds = false;
  for (const command of script.commands) {
    const refusal = refusalOf(command, toolchain);
    if (refusal !== undefined) return refusal;
    if (command.base === 'cd') {
      const [target] = command.args;
      workdir = target?.literal && command.top ? pathIn(target.value, workdir) : undefined;
    } else if (command.base === 'mkdir') {
      for (const { value, literal } of command.args) {
        const path = value.startsWith('-') || !literal ? undefined : pathIn(value, workdir);
        if (path !== undefined) folders.push(path);
        else if (!value.startsWith('-')) return `it makes the folder ${value}, wherever that is`;
      }
    } else if (PREPARES.has(command.base) || toolchain.prepares?.(command.args.map(({ value }) => value)))
      prepares = true;
    else if (!WITHOUT_TRACE.has(command.base) || command.base === 'cp' || command.base === 'mv') builds = true;
    commands.push({ command, workdir });
  }
  const installed = packageActions(at, 'install').find(({ packages, info, uncertain }) =>
    info.isSystem ? uncertain || packages.some(word => !BUILD_PACKAGES.has(packageName(word.value))) : false,
  );
  if (installed) {
    const needed = installed.packages.find(word => !BUILD_PACKAGES.has(packageName(word.value)));
    return `it installs ${needed?.value ?? 'packages'}, which the program may need when it runs`;
  }
  if (prepares && builds) return 'it both builds and prepares the container';
  return { kind: prepares ? 'prepare' : 'build', commands, folders };
}

function refusalOf(command: ShellCommand, toolchain: Toolchain): string | undefined {
  const { base, args, redirects, name } = command;
  const file = redirects.find(
    ({ operator, target }) => /^[&\d]*>/.test(operator) && target && !/^(?:&?\d|\/dev\/\w+)$/.test(target.value),
  );
  const written = file?.target?.value;
  // A program that stands in for the real one, so that its libraries are built first.
  if (file && !(written !== undefined && toolchain.isSource(written))) return `it writes to ${written ?? 'a file'}`;
  if (!name) return undefined;
  if (base === 'touch') {
    const other = args.find(({ value }) => !value.startsWith('-') && !isSource(toolchain, value));
    return other && `it makes ${other.value}`;
  }
  if (base === 'rm') {
    const other = args.find(({ value }) => !value.startsWith('-') && !CACHE.test(value) && !isSource(toolchain, value));
    return other && `it removes ${other.value}`;
  }
  if (base === 'sed')
    return /(?:^|\/)(?:mvnw|gradlew)$/.test(args.at(-1)?.value ?? '') ? undefined : 'it changes files with sed';
  if (base === 'git') return args[0]?.value === 'config' ? undefined : `it runs git ${args[0]?.value ?? ''}`;
  if (base === 'cat' || base === 'find')
    return args.some(({ value }) => /^-(?:exec|delete)/.test(value)) ? `it runs ${base}` : undefined;
  const isKnown = WITHOUT_TRACE.has(base) || PREPARES.has(base) || toolchain.commands.has(base) || MANAGERS.has(base);
  return isKnown ? undefined : `it runs ${name.text}`;
}

/** Also the folder that most have for sources. */
const isSource = (toolchain: Toolchain, path: string): boolean =>
  toolchain.isSource(path) || /^(?:\.\/)?src(?:\/\*)?\/?$/.test(path);

const MANAGERS = new Set(['apt-get', 'apt', 'apk', 'update-ca-certificates']);
