import { packageActionsOf } from '../../facts/index.js';
import type { ShellCommand } from '../../shell/index.js';

/** The files that list dependencies, by the command that installs them. */
export interface Manifest {
  readonly manager: string;
  /** As COPY takes them, separated by spaces. */
  readonly files: string;
  /** It stops without a lock file. */
  readonly needsLock?: true;
}

const FILES: Readonly<Record<string, readonly [verbs: RegExp, files: string]>> = {
  npm: [/^(?:ci|i|install)$/, 'package*.json'],
  yarn: [/^install$/, 'package.json yarn.lock'],
  pnpm: [/^(?:i|install)$/, 'package.json pnpm-lock.yaml'],
  bundle: [/^install$/, 'Gemfile Gemfile.lock'],
  composer: [/^install$/, 'composer.json composer.lock'],
  poetry: [/^install$/, 'pyproject.toml poetry.lock'],
};

/** Commands that are no package manager's, or that only with these options leave the project itself alone. */
function special({ base, args }: ShellCommand): Manifest | undefined {
  const words = args.map(({ value }) => value);
  const operands = words.filter(word => !word.startsWith('-'));
  const has = (...options: readonly string[]): boolean => options.some(option => words.includes(option));
  switch (base) {
    case 'go':
      return operands[0] === 'mod' && operands[1] === 'download' && operands.length === 2
        ? { manager: 'go', files: 'go.mod go.sum' }
        : undefined;
    case 'yarn':
      return operands.length === 0 && !words.some(word => /^-(?:-version|v|-help|h)$/.test(word))
        ? { manager: 'yarn', files: FILES['yarn']?.[1] ?? '' }
        : undefined;
    case 'uv':
      return operands[0] === 'sync' &&
        has('--no-install-project', '--no-install-workspace') &&
        has('--frozen', '--locked')
        ? { manager: 'uv', files: 'pyproject.toml uv.lock', needsLock: true }
        : undefined;
    case 'pipenv':
      return /^(?:install|sync)$/.test(operands[0] ?? '') && operands.length === 1 && !has('-e', '--editable', '-r')
        ? { manager: 'pipenv', files: 'Pipfile Pipfile.lock' }
        : undefined;
    case 'mvn':
      return /^dependency:(?:go-offline|resolve)$/.test(operands.join(' ')) &&
        words.every(word => /^(?:dependency:\S+|-B|-q|-ntp|--batch-mode|--quiet|--no-transfer-progress)$/.test(word))
        ? { manager: 'maven', files: 'pom.xml' }
        : undefined;
    case 'dotnet':
      return words[0] === 'restore' &&
        (words.length === 1 || (words.length === 2 && /^[\w.-]+proj$/.test(words[1] ?? '')))
        ? { manager: 'dotnet', files: words[1] ?? '*.csproj' }
        : undefined;
    default:
      return undefined;
  }
}

/** Options that name another folder, or a part of the project. */
const ELSEWHERE =
  /^(?:--(?:prefix|cwd|dir|directory|working-dir|workspaces?|filter|project|gemfile|path|package)(?:=|$)|-[CwF]$)/;

/** What an installing command reads its list from; undefined when packages are named or the command does something else. */
export function manifestOf(command: ShellCommand): Manifest | undefined {
  if (command.args.some(({ value }) => ELSEWHERE.test(value))) return undefined;
  const known = special(command);
  if (known) return known;
  const action = packageActionsOf(command);
  if (!action || action.uncertain) return undefined;
  if (action.manager === 'pip') return pipManifest(action.verb.value, command, action.packages.length);
  if (needsProject(action.manager, command)) return undefined;
  const row = FILES[action.manager];
  if (!row || action.packages.length > 0 || !row[0].test(action.verb.value)) return undefined;
  const isLocked =
    action.verb.value === 'ci' || command.args.some(({ value }) => /^--(?:frozen|immutable)/.test(value));
  return { manager: action.manager, files: row[1], ...(isLocked ? { needsLock: true as const } : {}) };
}

/** Whether the command also installs or runs the project itself, which then has to be there. */
function needsProject(manager: string, { args }: ShellCommand): boolean {
  const has = (option: string): boolean => args.some(({ value }) => value === option);
  switch (manager) {
    case 'composer':
      return !has('--no-scripts') || !has('--no-autoloader');
    case 'poetry':
      return !has('--no-root') && !has('--only-root') && !has('--no-directory');
    default:
      return false;
  }
}

function pipManifest(verb: string, { args }: ShellCommand, packages: number): Manifest | undefined {
  if (verb !== 'install' || packages > 0) return undefined;
  // Constraints and the project itself would have to be copied, too.
  if (args.some(({ value }) => /^(?:-[cef]|--(?:constraint|editable|find-links))(?:=|$)/.test(value))) return undefined;
  const files = args.filter((_, at) => /^(?:-r|--requirement)$/.test(args[at - 1]?.value ?? ''));
  if (files.length === 0 || !files.every(({ literal, value }) => literal && /^[\w.-]+$/.test(value))) return undefined;
  return { manager: 'pip', files: files.map(({ value }) => value).join(' ') };
}

/** Emptying a cache, and installing by name: what needs nothing of the project. */
export function needsNoProject(command: ShellCommand): boolean {
  const { base, args } = command;
  if (command.redirects.length > 0 || command.assignments.length > 0) return false;
  if (base === 'set' || base === 'true' || base === 'echo') return true;
  const action = packageActionsOf(command);
  if (action?.kind === 'clean' || action?.kind === 'update') return true;
  if (base === 'rm') return args.every(({ value }) => /^-|^\/(?:root|var|tmp)\//.test(value));
  return (
    action?.kind === 'install' &&
    action.packages.length > 0 &&
    args.every(
      ({ value }) =>
        !/^(?:\.|\/|file:|git)|^-[ercf]$|^--(?:editable|requirement|constraint)|\.(?:whl|tgz|gz|zip|deb|rpm)$/.test(
          value,
        ),
    )
  );
}
