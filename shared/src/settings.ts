import { isRecord } from './record.js';

/** The settings of the extension, `dockwright.*`, as the client sends and the server reads them. */
export type ProfileName = 'recommended' | 'strict' | 'hadolint' | 'buildkit' | 'all';
export const PROFILES: readonly ProfileName[] = ['recommended', 'strict', 'hadolint', 'buildkit', 'all'];

export type RuleLevel = 'off' | 'error' | 'warning' | 'info' | 'hint';
export const RULE_LEVELS: readonly RuleLevel[] = ['off', 'error', 'warning', 'info', 'hint'];

/** A rule's level and its options, as configuration files and settings give them. */
export interface RuleSetting {
  readonly severity?: RuleLevel;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface ShellcheckSettings {
  readonly enable: boolean;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly exclude: readonly string[];
}

/** `auto`: where no other extension that is installed has them. */
export type LanguageFeatures = 'auto' | 'on' | 'off';

export interface Settings {
  readonly enable: boolean;
  readonly profile: ProfileName;
  /** Keyed by rule id or code. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly run: 'onType' | 'onSave';
  readonly shellcheck: ShellcheckSettings;
  readonly yieldToOtherExtensions: boolean;
  readonly languageFeatures: LanguageFeatures;
}

export const DEFAULT_SETTINGS: Settings = {
  enable: true,
  profile: 'recommended',
  rules: {},
  run: 'onType',
  shellcheck: { enable: true, severity: 'hint', exclude: [] },
  yieldToOtherExtensions: true,
  languageFeatures: 'auto',
};

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find(item => item === value);
}

/** Reads `level` or `{ severity: level, …options }`; anything else is undefined. */
export function parseRuleSetting(value: unknown): RuleSetting | undefined {
  // YAML 1.1 habits: `off` may arrive as false.
  if (value === false) return { severity: 'off' };
  const level = oneOf(value, RULE_LEVELS);
  if (level) return { severity: level };
  if (!isRecord(value)) return undefined;
  const { severity, ...options } = value;
  const parsed = severity === false ? 'off' : oneOf(severity, RULE_LEVELS);
  return { ...(parsed ? { severity: parsed } : {}), options };
}

/** Reads what `workspace/configuration` returns for section `dockwright`. Unknown or broken values fall back to their defaults. */
export function parseSettings(value: unknown): Settings {
  if (!isRecord(value)) return DEFAULT_SETTINGS;
  const rules: Record<string, RuleSetting> = {};
  if (isRecord(value['rules'])) {
    for (const [id, setting] of Object.entries(value['rules'])) {
      const parsed = parseRuleSetting(setting);
      if (parsed) rules[id] = parsed;
    }
  }
  return {
    enable: value['enable'] !== false,
    profile: oneOf(value['profile'], PROFILES) ?? DEFAULT_SETTINGS.profile,
    rules,
    run: oneOf(value['run'], ['onType', 'onSave'] as const) ?? DEFAULT_SETTINGS.run,
    shellcheck: parseShellcheck(value['shellcheck']),
    yieldToOtherExtensions: value['yieldToOtherExtensions'] !== false,
    languageFeatures: readLanguageFeatures(value['languageFeatures']),
  };
}

/** YAML 1.1 habits here too: `on` and `off` may arrive as booleans. */
function readLanguageFeatures(value: unknown): LanguageFeatures {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return oneOf(value, ['auto', 'on', 'off'] as const) ?? DEFAULT_SETTINGS.languageFeatures;
}

/** Reads `on`, `off`, or an object that may say more. */
function parseShellcheck(value: unknown): ShellcheckSettings {
  if (value === 'off' || value === false) return { ...DEFAULT_SETTINGS.shellcheck, enable: false };
  if (!isRecord(value)) return DEFAULT_SETTINGS.shellcheck;
  const exclude = Array.isArray(value['exclude']) ? value['exclude'].filter(item => typeof item === 'string') : [];
  return {
    enable: value['enable'] !== false && value['enable'] !== 'off',
    severity:
      oneOf(value['severity'], ['error', 'warning', 'info', 'hint'] as const) ?? DEFAULT_SETTINGS.shellcheck.severity,
    exclude,
  };
}
