import type { ShellCommand } from '../shell/index.js';
import type { FileCheck, InstructionCheck } from './rule.js';

/**
 * What may be in an instruction beside words:
 * - `AS`: the name of a stage in a FROM
 * - `flag`: a flag of the builder, such as `--from=build`
 * - `shell form`: of a CMD, ENTRYPOINT or HEALTHCHECK
 * - `other case`: a keyword that is not in capitals
 * - `blank line`: one in its middle
 * - `continuation`: it goes over several lines
 * - `[`: outside an exec form
 * - `#`, `$` and `|`: that character, anywhere
 */
export type Sign = 'AS' | 'flag' | 'shell form' | 'other case' | 'blank line' | 'continuation' | '[' | '#' | '$' | '|';

/**
 * Without what a rule has nothing to report, so that it need not be asked: most rules have nothing to say about most texts,
 * and this is how it is known of all of them in one go. Of each kind that is given, one has to be there.
 */
interface Selector {
  readonly keywords?: readonly string[];
  /**
   * Words of small letters, digits and `_`, mostly names of commands; a longer word that begins so counts, in either case.
   * One that quotes or escapes cut in two does not.
   */
  readonly words?: readonly string[];
  readonly signs?: readonly Sign[];
}

/** Where a rule is asked: exactly one of `command`, `instruction`, `stage` and `file`, with the `check` that goes with it. */
export type Asked = CommandRule | InstructionRule | StageRule | FileRule | EngineRule;

/** About each command of a RUN that has one of these names, triggers of ONBUILD included. */
export interface CommandRule extends Partial<Record<'instruction' | 'stage' | 'file' | 'engine', undefined>> {
  readonly command: readonly string[];
  /** Must depend on nothing but its arguments, as that of `instruction`. */
  readonly check: (command: ShellCommand, context: InstructionCheck) => void;
}

/** About each instruction with one of the keywords, and about triggers of ONBUILD unless `triggers` is false. */
export interface InstructionRule extends Partial<Record<'command' | 'stage' | 'file' | 'engine', undefined>> {
  readonly instruction: Selector & { readonly keywords: readonly string[]; readonly triggers?: false };
  /** Must depend on nothing but its argument: results are kept as long as the instruction and what it reads stay the same. */
  readonly check: (context: InstructionCheck) => void;
}

/**
 * About each stage for itself, with what it is FROM, what is FROM it, and what is before the first FROM. Its facts list
 * one stage at a time (`stages`, `instructions`, `all`), and it reports about nothing else.
 */
export interface StageRule extends Partial<Record<'command' | 'instruction' | 'file' | 'engine', undefined>> {
  readonly stage: Selector;
  readonly check: (context: FileCheck) => void;
}

/** About the file as a whole. */
export interface FileRule extends Partial<Record<'command' | 'instruction' | 'stage' | 'engine', undefined>> {
  readonly file: Selector;
  readonly check: (context: FileCheck) => void;
}

/** What the engine reports itself, such as ignore comments that silence nothing. */
interface EngineRule extends Partial<Record<'command' | 'instruction' | 'stage' | 'file', undefined>> {
  readonly engine: true;
  readonly check?: undefined;
}

/** The same as the engine reads it. */
export interface Behaviour {
  readonly on: readonly string[] | undefined;
  readonly mentions: readonly string[] | undefined;
  readonly signs: readonly Sign[] | undefined;
  readonly onbuild: boolean;
  readonly check: ((context: InstructionCheck) => void) | undefined;
  readonly checkFile: ((context: FileCheck) => void) | undefined;
  readonly scope: 'stage' | undefined;
}

const SILENT: Behaviour = {
  on: undefined,
  mentions: undefined,
  signs: undefined,
  onbuild: true,
  check: undefined,
  checkFile: undefined,
  scope: undefined,
};

/** All that the engine asks follows from the selector: there is nothing beside it that could say otherwise. */
export function behaviourOf(rule: Asked): Behaviour {
  if (rule.command) {
    const { command: names, check } = rule;
    return {
      ...SILENT,
      on: ['RUN'],
      mentions: names,
      check: context => {
        for (const command of context.facts.commands) if (names.includes(command.base)) check(command, context);
      },
    };
  }
  if (rule.instruction) {
    const { keywords, words, signs, triggers } = rule.instruction;
    return { ...SILENT, on: keywords, mentions: words, signs, onbuild: triggers !== false, check: rule.check };
  }
  const selector = rule.stage ?? rule.file;
  if (!selector) return SILENT;
  const { keywords, words, signs } = selector;
  const scope = rule.stage ? 'stage' : undefined;
  return { ...SILENT, on: keywords, mentions: words, signs, checkFile: rule.check, scope };
}
