import { packageActionsOf } from '../../facts/index.js';
import type { ShellCommand } from '../../shell/index.js';

/** The files that list dependencies, by the command that installs them. */
export interface Manifest {
  readonly manager: string;
  /** As COPY takes them, separated by blanks. */
  readonly files: string;
}

const FILES: Readonly<Record<string, readonly [verbs: RegExp, files: string]>> = {
  npm: [/^(?:ci|i|install)$/, 'package*.json'],
  yarn: [/^install$/, 'package.json yarn.lock'],
  pnpm: [/^(?:i|install)$/, 'package.json pnpm-lock.yaml'],
  bundle: [/^install$/, 'Gemfile Gemfile.lock'],
  composer: [/^install$/, 'composer.json composer.lock'],
  poetry: [/^install$/, 'pyproject.toml poetry.lock'],
};

/** What an installing command reads its list from; undefined when packages are named or the command does something else. */
export function manifestOf(command: ShellCommand): Manifest | undefined {
  const words = command.args.filter(word => !word.value.startsWith('-')).map(word => word.value);
  if (command.base === 'go')
    return words[0] === 'mod' && words[1] === 'download' ? { manager: 'go', files: 'go.mod go.sum' } : undefined;
  if (command.base === 'yarn' && words.length === 0) return { manager: 'yarn', files: FILES['yarn']?.[1] ?? '' };
  const action = packageActionsOf(command);
  if (!action || action.uncertain) return undefined;
  if (action.manager === 'pip') return pipManifest(action.verb.value, command, action.packages.length);
  if (needsProject(action.manager, command)) return undefined;
  const known = FILES[action.manager];
  if (!known || action.packages.length > 0 || !known[0].test(action.verb.value)) return undefined;
  return { manager: action.manager, files: known[1] };
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

function pipManifest(verb: string, command: ShellCommand, packages: number): Manifest | undefined {
  if (verb !== 'install' || packages > 0) return undefined;
  const at = command.args.findIndex(word => word.value === '-r' || word.value === '--requirement');
  const file = command.args[at + 1];
  if (at < 0 || !file?.literal || !/^[\w.-]+$/.test(file.value)) return undefined;
  return { manager: 'pip', files: file.value };
}
