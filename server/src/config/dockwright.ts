import { PROFILES, RULE_LEVELS, type RuleSetting, type ShellcheckSettings } from '../../../shared/src/settings.js';
import { rulesNamed } from '../profiles/rule-names.js';
import type { OptionSpec } from '../rules/rule.js';
import { SEVERITIES } from '../standards/severity.js';
import type { Config } from './reading/config.js';
import { checkName, labelSchema, ruleNames } from './reading/values.js';
import { type ConfigProblem, type Entry, type Node, type Reader, reader } from './reading/yaml.js';

/** The keys of the file; docs/dockwright.schema.json describes each. */
export const KEYS = [
  'profile',
  'rules',
  'ignore',
  'select',
  'shellcheck',
  'fail-on',
  'label-schema',
  'strict-labels',
  'trusted-registries',
  'disable-ignore-comments',
];

/** A `.dockwright.yaml`, `.yml` or `.json`. */
export function readDockwright(root: Node, problems: ConfigProblem[]): Omit<Config, 'problems'> {
  const read = reader(problems);
  let options: Config['options'] = {};
  let output: Config['output'] = {};
  let shellcheck: Config['shellcheck'] = {};
  for (const entry of read.entries(root, 'The configuration')) {
    const { key, value } = entry;
    switch (key) {
      case 'profile': {
        const profile = read.choice(value, key, PROFILES);
        if (profile) options = { ...options, profile };
        break;
      }
      case 'rules':
        options = { ...options, rules: ruleSettings(value, read) };
        break;
      case 'ignore':
        options = { ...options, ignore: ruleNames(value, key, read, 'off') };
        break;
      case 'select':
        options = { ...options, select: ruleNames(value, key, read, 'on') };
        break;
      case 'shellcheck':
        shellcheck = shellcheckSettings(value, read);
        break;
      case 'fail-on': {
        const failOn = read.choice(value, key, [...SEVERITIES, 'never']);
        if (failOn) output = { ...output, failOn };
        break;
      }
      case 'label-schema':
        options = { ...options, labelSchema: labelSchema(value, read) };
        break;
      case 'strict-labels':
        options = { ...options, strictLabels: read.flag(value, key) ?? false };
        break;
      // As in hadolint's file, for those who rename theirs.
      case 'trustedRegistries':
      case 'trusted-registries':
        options = { ...options, trustedRegistries: read.texts(value, key).map(({ text }) => text) };
        break;
      case 'disable-ignore-pragma':
      case 'disable-ignore-comments':
        options = { ...options, disableIgnorePragma: read.flag(value, key) ?? false };
        break;
      // For editors' completion in JSON.
      case '$schema':
        break;
      default:
        read.unknownKey(entry, KEYS);
    }
  }
  return { options, output, shellcheck };
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
      read.report(value.span, `${key} takes a number.`);
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
