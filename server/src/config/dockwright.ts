import { PROFILES, RULE_LEVELS, type RuleSetting, type ShellcheckSettings } from '../../../shared/src/settings.js';
import { rulesNamed } from '../profiles/rule-names.js';
import { DEFAULT_OPTIONS } from '../profiles/types.js';
import type { OptionSpec } from '../rules/rule.js';
import { SEVERITIES } from '../standards/severity.js';
import type { Override } from './reading/config.js';
import { flagKey, type Keys, NOTHING_SAID, readKeys, type Said } from './reading/keys.js';
import type { Schema } from './reading/schema.js';
import { checkName, LABEL_TYPES, labelSchema, ruleNames } from './reading/values.js';
import type { ConfigProblem, Entry, Node, Reader } from './reading/yaml.js';

const LEVEL: Schema = { type: 'string', enum: RULE_LEVELS };
const texts = (description?: string): Schema => ({
  type: 'array',
  items: { type: 'string' },
  ...(description ? { description } : {}),
});

/** The keys of the file. From here come its reader, docs/dockwright.schema.json and the table in docs/configuration.md. */
export const OWN_KEYS: Keys = {
  // For editors’ completion in JSON.
  $schema: { schema: { type: 'string', description: 'Where this schema is, for editors.' }, read: () => NOTHING_SAID },
  extends: {
    schema: {
      description: 'Files, or npm packages with a `.dockwright.yaml`, that this one builds on.',
      anyOf: [{ type: 'string' }, texts()],
    },
    read: (value, name, read) => ({ extends: read.texts(value, name) }),
  },
  exclude: {
    schema: texts('Files that are not looked at: patterns as in a `.gitignore`, in the folder of this file.'),
    read: (value, name, read) => ({ exclude: read.texts(value, name).map(({ text }) => text) }),
  },
  overrides: {
    schema: {
      type: 'array',
      description: 'What counts for some files only: `files`, patterns as in a `.gitignore`, beside the other keys.',
      items: {
        type: 'object',
        properties: { files: { anyOf: [{ type: 'string' }, texts()] } },
        additionalProperties: true,
      },
    },
    read: (value, name, read) => ({ overrides: overrides(value, name, read) }),
  },
  profile: {
    schema: {
      type: 'string',
      enum: PROFILES,
      default: DEFAULT_OPTIONS.profile,
      description: 'Which rules run, and with what severity.',
    },
    read(value, name, read) {
      const profile = read.choice(value, name, PROFILES);
      return profile ? { options: { profile } } : {};
    },
  },
  rules: {
    schema: {
      type: 'object',
      description: 'Severity and options for each rule, by rule ID or by a code such as DL3008.',
      additionalProperties: {
        anyOf: [LEVEL, { type: 'object', properties: { severity: LEVEL }, additionalProperties: true }],
      },
    },
    read: (value, _, read) => ({ options: { rules: ruleSettings(value, read) } }),
  },
  select: {
    schema: texts('Rules to enable in addition to the profile, by ID or code.'),
    read: (value, name, read) => ({ options: { select: ruleNames(value, name, read, 'on') } }),
  },
  ignore: {
    schema: texts('Rules to disable, by ID or code.'),
    read: (value, name, read) => ({ options: { ignore: ruleNames(value, name, read, 'off') } }),
  },
  shellcheck: {
    schema: {
      description: 'The bundled ShellCheck, for shell commands in RUN, CMD, ENTRYPOINT and HEALTHCHECK.',
      anyOf: [
        { type: 'boolean' },
        { type: 'string', enum: ['on', 'off'] },
        {
          type: 'object',
          properties: {
            enable: { type: 'boolean', default: true, description: 'Run ShellCheck.' },
            severity: {
              type: 'string',
              enum: SEVERITIES,
              default: 'hint',
              description: 'The lowest severity to report.',
            },
            exclude: texts('Codes to leave out, such as SC2086.'),
          },
          additionalProperties: false,
        },
      ],
    },
    read: (value, _, read) => ({ shellcheck: shellcheckSettings(value, read) }),
  },
  'fail-on': {
    schema: {
      type: 'string',
      enum: [...SEVERITIES, 'never'],
      default: 'warning',
      description: 'The lowest severity that makes the command line exit with status 1; `info` in profile `hadolint`.',
    },
    read(value, name, read) {
      const failOn = read.choice(value, name, [...SEVERITIES, 'never']);
      return failOn ? { output: { failOn } } : {};
    },
  },
  'label-schema': {
    schema: {
      type: 'object',
      description: 'Labels that an image must have, and the type of their values.',
      additionalProperties: { type: 'string', enum: LABEL_TYPES },
    },
    read: (value, _, read) => ({ options: { labelSchema: labelSchema(value, read) } }),
  },
  'strict-labels': flagKey(
    {
      type: 'boolean',
      default: DEFAULT_OPTIONS.strictLabels,
      description: 'Labels that are not in the label schema are reported.',
    },
    strictLabels => ({ options: { strictLabels } }),
  ),
  // As in hadolint’s file, for those who rename theirs.
  'trusted-registries': {
    also: ['trustedRegistries'],
    schema: texts('Trusted registries; `*` is a wildcard. If empty, all registries are allowed.'),
    read: (value, name, read) => ({
      options: { trustedRegistries: read.texts(value, name).map(({ text }) => text) },
    }),
  },
  'disable-ignore-comments': flagKey(
    {
      type: 'boolean',
      default: DEFAULT_OPTIONS.disableIgnorePragma,
      description: 'Make ignore comments have no effect.',
    },
    disableIgnorePragma => ({ options: { disableIgnorePragma } }),
    ['disable-ignore-pragma'],
  ),
};

/** A `.dockwright.yaml`, `.yml` or `.json`. */
export const readDockwright = (root: Node, problems: ConfigProblem[]): Said =>
  readKeys(root, 'The configuration', OWN_KEYS, problems);

/** Keys that are about the file as a whole. */
const WHOLE_FILE = ['$schema', 'extends', 'exclude', 'overrides'];

function overrides(node: Node, name: string, read: Reader): Override[] {
  return read.items(node, name).flatMap(item => {
    const entries = read.entries(item, name);
    const files = entries.find(({ key }) => key === 'files');
    if (!files) {
      read.report(item.span, 'An override needs files: patterns of the files that it is about.');
      return [];
    }
    const keys = Object.fromEntries(Object.entries(OWN_KEYS).filter(([key]) => !WHOLE_FILE.includes(key)));
    const others: Node = { kind: 'map', span: item.span, entries: entries.filter(entry => entry !== files) };
    const { options, output, shellcheck } = readKeys(others, name, keys, read.problems);
    return [{ files: read.texts(files.value, 'files').map(({ text }) => text), options, output, shellcheck }];
  });
}

function ruleSettings(node: Node, read: Reader): Record<string, RuleSetting> {
  const rules: Record<string, RuleSetting> = {};
  for (const { key, keySpan, value } of read.entries(node, 'rules')) {
    const setting = ruleSetting(key, value, read);
    checkName(key, keySpan, read, setting?.severity === 'off' ? 'off' : 'on');
    if (setting) rules[key] = setting;
  }
  return rules;
}

function ruleSetting(name: string, node: Node, read: Reader): RuleSetting | undefined {
  if (node.kind === 'map') {
    const specs = rulesNamed(name).flatMap(rule => rule.options ?? []);
    const options: Record<string, unknown> = {};
    let setting: RuleSetting = {};
    for (const entry of node.entries) {
      if (entry.key === 'severity') {
        const severity = level(name, entry.value, read);
        if (severity) setting = { ...setting, severity };
        continue;
      }
      const spec = specs.find(one => one.name === entry.key);
      if (!spec) {
        if (rulesNamed(name).length > 0) read.unknownKey(entry, ['severity', ...specs.map(one => one.name)]);
        continue;
      }
      const value = optionValue(spec, entry, read);
      if (value !== undefined) options[entry.key] = value;
    }
    return { ...setting, options };
  }
  const severity = level(name, node, read);
  return severity ? { severity } : undefined;
}

function level(rule: string, node: Node, read: Reader): RuleSetting['severity'] {
  // YAML 1.1 readers, and editors that follow them, write `off` as false.
  if (node.kind === 'scalar' && node.value === false) return 'off';
  return read.choice(node, rule, RULE_LEVELS);
}

function optionValue(spec: OptionSpec, { key, value }: Entry, read: Reader): unknown {
  switch (spec.type) {
    case 'string[]':
      return read.texts(value, key).map(({ text }) => text);
    case 'string':
      return read.text(value, key);
    case 'boolean':
      return read.flag(value, key);
    case 'number':
      if (value.kind === 'scalar' && typeof value.value === 'number') return value.value;
      read.report(value.span, `${key} must be a number.`);
      return undefined;
    case 'map':
      return Object.fromEntries(
        read.entries(value, key).map(entry => [entry.key, read.text(entry.value, entry.key) ?? '']),
      );
  }
}

function shellcheckSettings(node: Node, read: Reader): Partial<ShellcheckSettings> {
  if (node.kind === 'scalar') {
    const enable = read.flag(node, 'shellcheck');
    return enable === undefined ? {} : { enable };
  }
  let settings: Partial<ShellcheckSettings> = {};
  for (const entry of read.entries(node, 'shellcheck')) {
    if (entry.key === 'enable') {
      const enable = read.flag(entry.value, entry.key);
      if (enable !== undefined) settings = { ...settings, enable };
    } else if (entry.key === 'severity') {
      const severity = read.choice(entry.value, entry.key, SEVERITIES);
      if (severity) settings = { ...settings, severity };
    } else if (entry.key === 'exclude')
      settings = { ...settings, exclude: read.texts(entry.value, entry.key).map(({ text }) => text) };
    else read.unknownKey(entry, ['enable', 'severity', 'exclude']);
  }
  return settings;
}
