import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { DEFAULT_SETTINGS, type RuleSetting } from '../../../../shared/src/settings.js';
import { readConfig, withConfig } from '../../config/config.js';
import type { Config } from '../../config/reading/config.js';
import { labelRequirement } from '../../config/reading/values.js';
import { hadolintEnvironment } from '../../hadolint/config/environment.js';
import { failOnOf, type HadolintFormat, hadolintFormat, THRESHOLDS } from '../../hadolint/config/file.js';
import { SYNTAX_ERROR } from '../../profiles/rule-names.js';
import { DEFAULT_OPTIONS, type LabelType } from '../../profiles/types.js';
import { SEVERITIES, type Severity } from '../../standards/severity.js';
import type { Arguments } from '../args.js';
import { readReasonOf } from '../file-errors.js';
import { type Io, UsageError } from '../io.js';
import type { Settled } from '../load-config.js';

export interface HadolintSettings {
  readonly settled: Settled;
  /** The report is written once in each. */
  readonly formats: readonly HadolintFormat[];
  readonly failOn: Severity | 'never';
  readonly color: boolean;
}

const NOTHING: Omit<Config, 'problems'> = { options: {}, output: {}, shellcheck: {} };

/**
 * What counts for a run in hadolint's place: its environment variables, one configuration file, and its flags. Lists add
 * up; of single values those of the command line win, then the file's; of severities for one rule the most severe.
 */
export function hadolintSettings(args: Arguments, io: Io): HadolintSettings {
  const sources = [hadolintEnvironment(io.env), fileSettings(args, io), flagSettings(args)];
  const merged = sources.reduce((base, { options }) => withConfig(base, options), DEFAULT_OPTIONS);
  const output: Config['output'] = Object.assign({}, ...sources.map(source => source.output));
  // Of labels the first source that names one counts.
  const labelSchema: Record<string, LabelType> = Object.assign(
    {},
    ...sources.map(source => source.options.labelSchema).reverse(),
  );
  const options = {
    ...merged,
    profile: 'hadolint' as const,
    // hadolint does not take what cannot be parsed for a rule.
    ignore: merged.ignore.filter(name => !SYNTAX_ERROR.codes.some(code => code === name)),
    rules: mostSevere(sources.map(({ options: { rules } }) => rules ?? {})),
    labelSchema,
  };
  const formats = sources.flatMap(source => (source.output.formats ?? []).flatMap(name => hadolintFormat(name) ?? []));
  return {
    settled: { options, output, shellcheck: DEFAULT_SETTINGS.shellcheck },
    formats: formats.length > 0 ? formats : ['tty'],
    failOn: output.noFail ? 'never' : (output.failOn ?? 'info'),
    // Also into a pipe, as hadolint does.
    color: !args.has('no-color') && !output.noColor && io.env['NO_COLOR'] === undefined,
  };
}

function mostSevere(sources: readonly Readonly<Record<string, RuleSetting>>[]): Record<string, RuleSetting> {
  const rules: Record<string, RuleSetting> = {};
  for (const severity of SEVERITIES.toReversed())
    for (const source of sources)
      for (const [name, setting] of Object.entries(source)) if (setting.severity === severity) rules[name] = setting;
  return rules;
}

function flagSettings(args: Arguments): Omit<Config, 'problems'> {
  const threshold = args.choice('failure-threshold', THRESHOLDS);
  const formats = args.all('format').map(name => {
    const format = hadolintFormat(name);
    if (!format) throw new UsageError(`there is no format “${name}”. See dockwright hadolint --help.`);
    return format;
  });
  const labelSchema: Record<string, LabelType> = {};
  for (const text of args.all('require-label')) {
    const { name, type } = labelRequirement(text);
    if (!type) throw new UsageError(`--require-label: “${text}” names a type that does not exist.`);
    labelSchema[name] = type;
  }
  const named = (flag: string, severity: Severity): Record<string, RuleSetting> =>
    Object.fromEntries(args.all(flag).map(code => [code, { severity }]));
  return {
    options: {
      ignore: args.all('ignore'),
      trustedRegistries: args.all('trusted-registry'),
      labelSchema,
      rules: mostSevere([
        named('style', 'hint'),
        named('info', 'info'),
        named('warning', 'warning'),
        named('error', 'error'),
      ]),
      ...(args.has('strict-labels') ? { strictLabels: true } : {}),
      ...(args.has('disable-ignore-pragma') ? { disableIgnorePragma: true } : {}),
    },
    output: {
      formats,
      ...(threshold ? { failOn: failOnOf(threshold) } : {}),
      ...(args.has('no-fail') ? { noFail: true } : {}),
      ...(args.has('verbose') ? { verbose: true } : {}),
    },
    shellcheck: {},
  };
}

/** Where hadolint looks for its file, the first that is there. Not beside the Dockerfile, and not in folders above. */
function* placesOfConfig({ cwd, env }: Io): Generator<string> {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  const shared = process.platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CONFIG_HOME'];
  const stems = [
    join(cwd, '.hadolint'),
    join(shared || join(home, '.config'), 'hadolint'),
    join(home, '.hadolint', 'hadolint'),
    join(home, '.hadolint', 'config'),
    join(home, '.hadolint'),
  ];
  for (const stem of stems) for (const end of ['yaml', 'yml']) yield `${stem}.${end}`;
}

function fileSettings(args: Arguments, io: Io): Omit<Config, 'problems'> {
  const given = args.value('config');
  const path = given === undefined ? [...placesOfConfig(io)].find(place => existsSync(place)) : resolve(io.cwd, given);
  if (path === undefined) return NOTHING;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`the configuration ${given ?? path} cannot be read: ${readReasonOf(error)}`);
  }
  const { problems, ...config } = readConfig(text, join(path, '.hadolint.yaml'));
  const wrong = problems.find(({ severity, isUnknownName }) => severity === 'error' && !isUnknownName);
  if (!wrong) return config;
  io.err(
    `dockwright: ${relative(io.cwd, path)} was left out, as hadolint does with what it cannot read: ${wrong.message}\n`,
  );
  return NOTHING;
}
