import { type ParseArgsConfig, parseArgs } from 'node:util';
import { closest } from '../text/closest.js';
import { UsageError } from './io.js';

type OptionConfig = NonNullable<ParseArgsConfig['options']>[string];

/** One option of a command, for parsing and for its help. */
export interface Option {
  readonly name: string;
  readonly short?: string;
  /** What its value is called in the help; a switch has none. */
  readonly value?: string;
  readonly repeat?: boolean;
  /** The values that it takes, where they can be counted. */
  readonly choices?: readonly string[];
  readonly help: string;
  /** Used when the option is given without `=value`, as in `--fix`. */
  readonly bare?: string;
}

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly Option[];
  readonly notes?: readonly string[];
}

export interface Arguments {
  /** Whether a switch is on. */
  has(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
  /** All values, as they were given. */
  all(name: string): readonly string[];
  /** All values, and lists with commas taken apart. */
  list(name: string): string[];
  /** The value, which must be one of those allowed. */
  choice<T extends string>(name: string, allowed: readonly T[]): T | undefined;
  readonly positionals: readonly string[];
}

const HELP: Option = { name: 'help', short: 'h', help: 'Show this help.' };

/** Parses the arguments of a command. Throws a UsageError that says what to do. */
export function parseCommand(command: Command, argv: readonly string[]): Arguments {
  const known = [...command.options, HELP];
  const options: Record<string, OptionConfig> = {};
  for (const option of known) {
    options[option.name] = {
      type: option.value === undefined ? 'boolean' : 'string',
      multiple: option.value !== undefined,
      ...(option.short === undefined ? {} : { short: option.short }),
    };
  }
  const { values, positionals } = parse(command, withBareValues(known, argv), options, known);
  const texts = (name: string): string[] => {
    const value = values[name];
    return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
  };
  return {
    has: name => values[name] === true,
    value: name => texts(name).at(-1),
    all: texts,
    list: name =>
      texts(name)
        .flatMap(value => value.split(','))
        .map(item => item.trim())
        .filter(item => item !== ''),
    choice: (name, allowed) => {
      const value = texts(name).at(-1);
      if (value === undefined) return undefined;
      const found = allowed.find(item => item === value);
      if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, not “${value}”.`);
      return found;
    },
    positionals,
  };
}

function parse(command: Command, args: string[], options: Record<string, OptionConfig>, known: readonly Option[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    if (
      !(error instanceof Error) ||
      !('code' in error) ||
      typeof error.code !== 'string' ||
      !error.code.startsWith('ERR_PARSE_ARGS')
    )
      throw error;
    throw new UsageError(explain(command, args, error.message, known));
  }
}

function explain(command: Command, args: readonly string[], message: string, known: readonly Option[]): string {
  const unknown = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
  if (unknown === undefined) return `${message.split('. ')[0] ?? message}.`;
  const meant = closest(
    unknown.replace(/^--?/, ''),
    known.map(option => option.name),
  );
  const typed = args.find(arg => arg.startsWith(unknown)) ?? unknown;
  return `${command.name} has no option ${typed.split('=')[0] ?? typed}${meant ? `; did you mean --${meant}?` : `. See dockwright ${command.name} --help.`}`;
}

// parseArgs knows no options whose value may be left out.
function withBareValues(options: readonly Option[], argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  return argv.map((arg, index) => {
    if (end >= 0 && index >= end) return arg;
    const option = options.find(one => one.bare !== undefined && arg === `--${one.name}`);
    return option ? `${arg}=${option.bare}` : arg;
  });
}

/** The help of a command, for a terminal of 80 columns or more. */
export function helpOf(command: Command): string {
  const rows = [...command.options, HELP].map(option => {
    const name =
      option.bare === undefined
        ? `--${option.name}${option.value ? ` ${option.value}` : ''}`
        : `--${option.name}[=${option.value ?? ''}]`;
    return [`${option.short ? `-${option.short}, ` : '    '}${name}`, option.help] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    command.summary,
    '',
    `Usage: ${command.usage}`,
    '',
    'Options:',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    ...(command.notes ? ['', ...command.notes] : []),
    '',
  ].join('\n');
}
