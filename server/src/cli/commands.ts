import { PROFILES } from '../../../shared/src/settings.js';
import { HADOLINT_FORMATS } from '../hadolint/config/file.js';
import { SEVERITIES } from '../standards/severity.js';
import type { Command } from './args.js';
import { FORMATS } from './reporters/formats.js';

/** `text (default), json or sarif.` */
const choice = (names: readonly string[], usual?: string): string => {
  const shown = names.map(name => (name === usual ? `${name} (default)` : name));
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}.`;
};

const CONFIG = {
  name: 'config',
  short: 'c',
  value: 'FILE',
  help: 'Read this configuration file instead of looking for one.',
};
const NO_CONFIG = { name: 'no-config', help: 'Read no configuration file.' };
const PROFILE = { name: 'profile', value: 'NAME', choices: PROFILES, help: choice(PROFILES, 'recommended') };

const CONTEXT = {
  name: 'context',
  value: 'DIR',
  help: 'The build context of all files (default: found by Compose files and by what COPY names).',
};

const ALLOW_NO_FILES = { name: 'allow-no-files', help: 'It is not an error when no Dockerfile is found.' };

const SELECT = { name: 'select', value: 'RULE,…', help: 'Turn rules on beside those of the profile.' };
const IGNORE = { name: 'ignore', value: 'RULE,…', help: 'Turn rules off.' };

const RULES_NOTE =
  'RULE is an id, a code, a group (all, security, hadolint, …) or a beginning with * (DL3*); dockwright rules lists them.';

const PATHS = [
  'PATH is a file, a folder (searched for Dockerfile, Dockerfile.*, Dockerfile-*, *.Dockerfile, Containerfile and the',
  'like; .gitignore is respected), a glob, or - for standard input. !PATTERN takes files away from what the others find.',
];

export const LINT: Command = {
  name: 'lint',
  usage: 'dockwright lint [OPTIONS] [PATH… | -]',
  summary: 'Checks Dockerfiles, and fixes them with --fix.',
  options: [
    {
      name: 'format',
      short: 'f',
      value: 'NAME',
      choices: FORMATS,
      help: choice(FORMATS),
    },
    {
      name: 'output',
      short: 'o',
      value: '[FORMAT=]FILE',
      help: 'Write the report to FILE; with FORMAT= one more report, as often as you like.',
    },
    CONFIG,
    NO_CONFIG,
    PROFILE,
    SELECT,
    IGNORE,
    { name: 'only', value: 'RULE,…', help: 'Report nothing but these rules, and syntax errors.' },
    { name: 'error', value: 'RULE,…', help: 'Report these rules as errors; --warning, --info and --hint likewise.' },
    { name: 'warning', value: 'RULE,…', help: 'Report these rules as warnings.' },
    { name: 'info', value: 'RULE,…', help: 'Report these rules as infos.' },
    { name: 'hint', value: 'RULE,…', help: 'Report these rules as hints.' },
    { name: 'baseline', value: 'FILE', help: 'Leave out the findings that this file knows.' },
    { name: 'update-baseline', help: 'Write all findings to the file that --baseline names.' },
    { name: 'since', value: 'REV', help: 'Only what was changed since this revision of git, such as origin/main.' },
    {
      name: 'fail-on',
      value: 'LEVEL',
      choices: [...SEVERITIES, 'never'],
      help: 'error, warning (default), info (default in profile hadolint), hint or never: what makes the exit status 1.',
    },
    { name: 'max-warnings', value: 'N', help: 'Exit with status 1 for errors, and for more than N warnings.' },
    { name: 'quiet', short: 'q', help: 'No summary; only findings and errors.' },
    { name: 'watch', help: 'Check again whenever a file changes, until it is ended.' },
    { name: 'statistics', help: 'Count findings by rule instead of showing them.' },
    { name: 'list-files', help: 'Show which files would be checked.' },
    { name: 'print-config', help: 'Show what counts for each file, as JSON.' },
    { name: 'no-shellcheck', help: 'Do not run ShellCheck on the scripts of RUN.' },
    { name: 'no-cache', help: 'Neither read nor keep what ShellCheck says of scripts.' },
    { name: 'stdin-filename', value: 'NAME', help: 'What to call standard input in the report.' },
    CONTEXT,
    ALLOW_NO_FILES,
    {
      name: 'fix',
      value: 'LEVEL',
      bare: 'safe',
      choices: ['safe', 'review'],
      help: 'Fix what can be fixed: safe (default) or review.',
    },
    {
      name: 'add-ignores',
      value: 'REASON',
      help: 'Write a comment with this reason above all that is found, so that it is ignored.',
    },
    { name: 'diff', help: 'Show what --fix would change, and write nothing.' },
    {
      name: 'jobs',
      short: 'j',
      value: 'N',
      help: 'How many threads to use, for files and for ShellCheck (default: one a processor).',
    },
    { name: 'no-color', help: 'No colours; NO_COLOR does the same.' },
  ],
  notes: [
    ...PATHS,
    'Without a PATH the current folder is searched.',
    RULES_NOTE,
    '',
    'Exit status: 0 nothing at or above --fail-on, 1 findings, 2 usage, configuration or input/output error.',
  ],
};

export const HARDEN: Command = {
  name: 'harden',
  usage: 'dockwright harden [--diff | --write] [OPTIONS] PATH… | -',
  summary: 'Applies every safe and review fix, and says what is left for a person.',
  options: [
    { name: 'diff', help: 'Show the changes as a unified diff (default).' },
    { name: 'write', short: 'w', help: 'Write the changes.' },
    {
      name: 'multi-stage',
      help: 'Also build in a stage of its own, where all that the program needs is known.',
    },
    { name: 'format', short: 'f', value: 'NAME', help: 'text or json.' },
    CONFIG,
    NO_CONFIG,
    PROFILE,
    SELECT,
    IGNORE,
    { name: 'output', short: 'o', value: 'FILE', help: 'Write the diff, or the report in JSON, to FILE.' },
    { name: 'stdin-filename', value: 'NAME', help: 'What to call standard input.' },
    CONTEXT,
    ALLOW_NO_FILES,
    { name: 'no-color', help: 'No colours; NO_COLOR does the same.' },
  ],
  notes: PATHS,
};

export const BENCH: Command = {
  name: 'bench',
  usage: 'dockwright bench [OPTIONS] [PATH…]',
  summary: 'Holds Dockerfiles and Compose files against the CIS Docker Benchmark, before anything runs.',
  options: [
    { name: 'format', short: 'f', value: 'NAME', help: 'text (default), json, markdown or sarif.' },
    CONFIG,
    NO_CONFIG,
    SELECT,
    IGNORE,
    CONTEXT,
    ALLOW_NO_FILES,
  ],
  notes: [
    ...PATHS,
    'Without a PATH the current folder is searched. All rules of profile strict count.',
    '',
    'Exit status: 0 all is followed, 1 findings, 2 usage, configuration or input/output error.',
  ],
};

export const RULES_COMMAND: Command = {
  name: 'rules',
  usage: 'dockwright rules [--format text|json]',
  summary: 'Lists all rules with the codes that other tools give them.',
  options: [{ name: 'format', short: 'f', value: 'NAME', help: 'text or json.' }],
};

export const EXPLAIN: Command = {
  name: 'explain',
  usage: 'dockwright explain RULE-OR-CODE…',
  summary: 'Says what a rule means, why it matters and what to write instead.',
  options: [],
};

export const PARSE: Command = {
  name: 'parse',
  usage: 'dockwright parse [--format json] PATH… | -',
  summary: 'Prints what the parser sees; for bug reports, and for checking it against BuildKit.',
  options: [{ name: 'format', short: 'f', value: 'NAME', help: 'json.' }],
};

/** Its options are hadolint's own, by their names and their order. */
export const HADOLINT: Command = {
  name: 'hadolint',
  usage: 'dockwright hadolint [OPTIONS] DOCKERFILE…',
  summary: 'Takes the options of hadolint, and answers as hadolint does.',
  options: [
    { name: 'version', short: 'v', help: 'Show the version of hadolint that this is instead of.' },
    { name: 'config', short: 'c', value: 'FILE', help: 'Read this .hadolint.yaml instead of looking for one.' },
    { name: 'file-path-in-report', value: 'PATH', help: 'The path to write in a report in place of the file’s own.' },
    { name: 'output', short: 'o', value: 'FILE', help: 'Write the report to FILE.' },
    { name: 'no-fail', help: 'Exit with status 0 whatever is found.' },
    { name: 'no-color', help: 'No colours; NO_COLOR does the same.' },
    { name: 'verbose', short: 'V', help: 'Say which configuration is used.' },
    {
      name: 'format',
      short: 'f',
      value: 'NAME',
      choices: HADOLINT_FORMATS,
      help: choice(HADOLINT_FORMATS, 'tty'),
    },
    { name: 'error', value: 'CODE', help: 'Report this rule as an error.' },
    { name: 'warning', value: 'CODE', help: 'Report this rule as a warning.' },
    { name: 'info', value: 'CODE', help: 'Report this rule as info.' },
    { name: 'style', value: 'CODE', help: 'Report this rule as style.' },
    { name: 'ignore', value: 'CODE', help: 'Do not report this rule.' },
    { name: 'trusted-registry', value: 'HOST', help: 'A registry that FROM may name.' },
    { name: 'require-label', value: 'NAME:TYPE', help: 'A label that each image must have, and its type.' },
    { name: 'strict-labels', help: 'Report labels that are not required.' },
    { name: 'disable-ignore-pragma', help: 'Do not obey “# hadolint ignore=”.' },
    {
      name: 'failure-threshold',
      short: 't',
      value: 'LEVEL',
      help: 'error, warning, info (default), style, ignore or none: what makes the exit status 1.',
    },
  ],
  notes: [
    'Exit status: 1 for findings at or above --failure-threshold and for everything that goes wrong, else 0.',
    'docs/hadolint.md says what differs.',
  ],
};

export const LSP: Command = {
  name: 'lsp',
  usage: 'dockwright lsp --stdio',
  summary: 'Runs the language server.',
  // As the protocol names them.
  options: [
    { name: 'stdio', help: 'Speak over standard input and output.' },
    { name: 'socket', value: 'PORT', help: 'Connect to a port of this machine.' },
    { name: 'pipe', value: 'NAME', help: 'Connect to a pipe or a socket file.' },
    { name: 'node-ipc', help: 'Speak over the channel of Node.js to the process that starts this one.' },
    { name: 'clientProcessId', value: 'ID', help: 'The editor’s process; the server ends with it.' },
  ],
};

export const INIT: Command = {
  name: 'init',
  usage: 'dockwright init [--force]',
  summary: 'Writes a configuration, with what the settings of other linters say.',
  options: [{ name: 'force', help: 'Write over a configuration that is there.' }],
  notes: [
    'Read are .hadolint.yaml, .trivyignore(.yaml), .checkov.yaml, the configuration of KICS, .dockleignore and .tally.toml',
    'of the current folder. Ignore comments of these tools need no change: they are understood as they are.',
  ],
};

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const COMPLETION: Command = {
  name: 'completion',
  usage: `dockwright completion ${SHELLS.join('|')}`,
  summary: 'Prints what a shell needs to complete the command line.',
  options: [],
  notes: [
    'bash: put eval "$(dockwright completion bash)" into ~/.bashrc; zsh likewise, after compinit.',
    'fish: dockwright completion fish > ~/.config/fish/completions/dockwright.fish',
    'PowerShell: dockwright completion powershell | Out-String | Invoke-Expression',
  ],
};

export const COMMANDS: readonly Command[] = [
  LINT,
  HARDEN,
  BENCH,
  RULES_COMMAND,
  EXPLAIN,
  PARSE,
  HADOLINT,
  INIT,
  COMPLETION,
  LSP,
];

export function generalHelp(version: string): string {
  return [
    `dockwright ${version}: checks, fixes and hardens Dockerfiles.`,
    '',
    'Usage: dockwright COMMAND [OPTIONS]',
    '',
    ...COMMANDS.map(command => `  ${command.name.padEnd(10)} ${command.summary}`),
    '',
    '“dockwright COMMAND --help” shows the options of a command, --version the version.',
    '',
  ].join('\n');
}
