import { perCommand, type ShellCommand, type ShellWord } from '../../shell/index.js';
import { isManagerName, type ManagerInfo, packageManager, type SubcommandKind, subcommandInfo } from './managers.js';

export type PackageKind = SubcommandKind;

/** What one command does with packages. */
export interface PackageAction {
  readonly command: ShellCommand;
  /** The canonical name: `pip` for pip3.12 and for `python -m pip`. */
  readonly manager: string;
  readonly info: ManagerInfo;
  /** The word that says what to do: `install`. */
  readonly verb: ShellWord;
  readonly kind: PackageKind;
  /** Operands after the verb, without options and their values. */
  readonly packages: readonly ShellWord[];
  /** Options, before and after the verb. */
  readonly flags: readonly ShellWord[];
  /** An operand or option is only known at build time, so what is missing cannot be told for certain. */
  readonly uncertain: boolean;
}

/** Reads a command of a package manager; undefined for any other command, or when its verb is not literal. */
export function packageActionsOf(command: ShellCommand): PackageAction | undefined {
  return mayManagePackages(command.base) ? actionOf(command) : undefined;
}

const actionOf = perCommand(read);

/** Nearly all commands are refused here, so it is one look into a table, and a second at what begins with `p`. */
const mayManagePackages = (base: string): boolean =>
  isManagerName(base) || (base.startsWith('p') && (packageManager(base) !== undefined || runsModules(base)));

const runsModules = (name: string): boolean => name.startsWith('py') && /^(?:python|pypy)[\d.]*$/.test(name);

/** `python3 -m pip install x` is `pip install x`. */
function words(command: ShellCommand): { readonly name: string; readonly args: readonly ShellWord[] } {
  if (!runsModules(command.base)) return { name: command.base, args: command.args };
  const module = command.args.findIndex(word => word.value === '-m');
  const name = command.args[module + 1];
  if (module < 0 || !name?.literal) return { name: command.base, args: command.args };
  return { name: name.value, args: command.args.slice(module + 2) };
}

function read(command: ShellCommand): PackageAction | undefined {
  const { name, args } = words(command);
  const info = packageManager(name);
  if (!info) return undefined;
  const flags: ShellWord[] = [];
  let index = 0;
  for (; index < args.length; index++) {
    const word = args[index];
    if (!word) break;
    if (!word.value.startsWith('-') || word.value === '-') break;
    flags.push(word);
    if (info.flagsWithValue.has(word.value)) index++;
  }
  const verb = args[index];
  if (!verb?.literal) return undefined;
  const subcommand = subcommandInfo(info, verb.value);
  const packages: ShellWord[] = [];
  const takesValue = (flag: string): boolean =>
    subcommand?.flagsWithValue.has(flag) === true || info.flagsWithValue.has(flag);
  let options = true;
  let uncertain = false;
  for (index++; index < args.length; index++) {
    const word = args[index];
    if (!word) break;
    if (word.value === '--') {
      options = false;
      continue;
    }
    // An unquoted variable may hold options as well as packages.
    if (!word.literal && word.variables.length > 0) uncertain = true;
    if (options && word.value.startsWith('-') && word.value !== '-') {
      flags.push(word);
      if (takesValue(word.value)) index++;
      continue;
    }
    packages.push(word);
  }
  return { command, manager: info.name, info, verb, kind: subcommand?.kind ?? 'other', packages, flags, uncertain };
}
