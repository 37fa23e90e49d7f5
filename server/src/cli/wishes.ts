import type { RuleSetting } from '../../../shared/src/settings.js';
import { canonicalName, isForeignCode, rulesNamed, unknownName } from '../profiles/rule-names.js';
import { isSelector, namesSelected } from '../profiles/selectors.js';
import type { LintOptions } from '../profiles/types.js';
import { SEVERITIES } from '../standards/severity.js';
import type { Arguments } from './args.js';
import { type Io, UsageError } from './io.js';

/** What the command line says of rules: each an id, a code or a group. */
export interface Wishes {
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly only: readonly string[];
  readonly severities: Readonly<Record<string, RuleSetting>>;
}

/** Reads `--select`, `--ignore`, `--only`, and a flag for each severity. */
export function rulesWished(args: Arguments, io: Io): Wishes {
  for (const option of ['select', 'ignore', 'only', ...SEVERITIES])
    for (const name of args.list(option)) checkName(option, name, io);
  return {
    select: args.list('select'),
    ignore: args.list('ignore'),
    only: args.list('only'),
    // The most severe of several has the last word.
    severities: Object.fromEntries(
      SEVERITIES.toReversed().flatMap(severity => args.list(severity).map(name => [name, { severity }])),
    ),
  };
}

/** As in a configuration file: to turn off what only another program checks is odd, and harmless. */
function checkName(option: string, name: string, io: Io): void {
  const message = unknownName(name, isSelector);
  if (message === undefined) return;
  if (option !== 'ignore' || !isForeignCode(name)) throw new UsageError(`--${option}: ${message}`);
  io.err(`dockwright: --${option}: ${message}\n`);
}

/** The command line has the last word: what is selected there is on, and severities are those given there. */
export function withWishes(options: LintOptions, { select, ignore, only, severities }: Wishes): LintOptions {
  const isWanted = among([...select, ...only]);
  const isGraded = among(Object.keys(severities));
  const kept = Object.entries(options.rules).flatMap(([name, setting]): [string, RuleSetting][] => {
    if (setting.severity === 'off' && isWanted(name)) return [];
    if (!isGraded(name)) return [[name, setting]];
    const { severity, ...rest } = setting;
    return [[name, rest]];
  });
  return {
    ...options,
    rules: { ...Object.fromEntries(kept), ...severities },
    select: [...options.select, ...select],
    ignore: [...options.ignore.filter(name => !isWanted(name)), ...ignore],
    ...(only.length > 0 ? { only } : {}),
  };
}

/** Whether a name means the same as one of others: an id or a code of it, or one of its group. */
function among(selectors: readonly string[]): (name: string) => boolean {
  const others = selectors.flatMap(namesSelected);
  return name => others.some(other => sameRule(name, other));
}

/** Whether two names mean the same: equal, or the id of a rule and one of its codes. Two codes may be two halves of a rule. */
function sameRule(a: string, b: string): boolean {
  const [x, y] = [canonicalName(a), canonicalName(b)];
  return x === y || rulesNamed(a).some(rule => (rule.id === x || rule.id === y) && rulesNamed(b).includes(rule));
}
