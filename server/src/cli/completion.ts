import type { Arguments, Command, Option } from './args.js';
import { COMMANDS, SHELLS } from './commands.js';
import { type ExitCode, type Io, UsageError } from './io.js';

/** `dockwright completion`: a script for a shell, made of the table of commands. */
export function completionCommand({ positionals }: Arguments, io: Io): ExitCode {
  const [name, ...rest] = positionals;
  const shell = SHELLS.find(one => one === name);
  if (!shell || rest.length > 0) throw new UsageError(`completion takes the name of a shell: ${SHELLS.join(', ')}.`);
  io.out(SCRIPTS[shell]());
  return 0;
}

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], () => string>> = {
  bash,
  // zsh understands bash's own way, of which one script is enough.
  zsh: () => `autoload -U +X bashcompinit && bashcompinit\n${bash()}`,
  fish,
  powershell,
};

const names = (command: Command): string[] => command.options.map(({ name }) => `--${name}`);
const spellings = ({ name, short }: Option): string => (short === undefined ? `--${name}` : `--${name}|-${short}`);
const withChoices = (command: Command): readonly Option[] => command.options.filter(({ choices }) => choices);

function bash(): string {
  const commands = COMMANDS.map(command => {
    const values = withChoices(command).map(
      option => `        ${spellings(option)}) words="${option.choices?.join(' ')}" ;;`,
    );
    return [
      `    ${command.name})`,
      `      words="${names(command).join(' ')} --help"`,
      ...(values.length > 0 ? ['      case "$before" in', ...values, '      esac'] : []),
      '      ;;',
    ].join('\n');
  });
  return `_dockwright() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words
  case "\${COMP_WORDS[1]}" in
${commands.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${COMMANDS.map(({ name }) => name).join(' ')} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _dockwright dockwright
`;
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function fish(): string {
  const lines = COMMANDS.flatMap(command => [
    `complete -c dockwright -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.summary)}`,
    ...command.options.map(({ name, short, value, choices, help }) => {
      const isOf = `-n '__fish_seen_subcommand_from ${command.name}'`;
      const takes = choices ? ` -x -a ${quoted(choices.join(' '))}` : value === undefined ? '' : ' -r';
      return `complete -c dockwright ${isOf} -l ${name}${short ? ` -s ${short}` : ''}${takes} -d ${quoted(help)}`;
    }),
  ]);
  return `${lines.join('\n')}\n`;
}

function powershell(): string {
  const list = (words: readonly string[]): string => words.map(word => `'${word}'`).join(', ');
  const options = COMMANDS.map(command => `    '${command.name}' = @(${list(names(command))})`);
  return `Register-ArgumentCompleter -Native -CommandName dockwright -ScriptBlock {
  param($word, $ast)
  $options = @{
${options.join('\n')}
  }
  $command = if ($ast.CommandElements.Count -gt 1) { "$($ast.CommandElements[1])" }
  $words = if ($options.ContainsKey("$command")) { $options[$command] } else { @(${list(COMMANDS.map(({ name }) => name))}) }
  $words | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`;
}
