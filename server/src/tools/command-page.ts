import { helpOf } from '../cli/args.js';
import { COMMANDS } from '../cli/commands.js';

/** docs/command-line.md: the help of every command. */
export function commandPage(): string {
  const parts = COMMANDS.map(
    command => `## dockwright ${command.name}\n\n\`\`\`text\n${helpOf(command).trimEnd()}\n\`\`\`\n`,
  );
  return `# The command line\n\nGenerated from the table that the command line reads its arguments by.\n\n${parts.join('\n')}`;
}
