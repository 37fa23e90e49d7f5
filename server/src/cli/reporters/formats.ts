/** The formats of reports. One more is a name here and a reporter in index.ts; the help and its test follow. */
export const FORMATS = [
  'text',
  'json',
  'sarif',
  'github',
  'checkstyle',
  'codeclimate',
  'junit',
  'markdown',
  'rdjson',
  'sonarqube',
] as const;
export type FormatName = (typeof FORMATS)[number];

// hadolint's names for what we have too, for its configuration files.
const ALIASES: Readonly<Record<string, FormatName>> = { tty: 'text', gnu: 'text', gitlab_codeclimate: 'codeclimate' };

export const formatFor = (name: string): FormatName | undefined =>
  ALIASES[name] ?? FORMATS.find(format => format === name);
