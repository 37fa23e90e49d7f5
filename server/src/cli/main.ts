import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isDockerfileName } from '../../../shared/src/dockerfile-names.js';
import { closest } from '../text/closest.js';
import { helpOf, parseCommand } from './args.js';
import { benchCommand } from './bench-command.js';
import {
  BENCH,
  COMMANDS,
  COMPLETION,
  EXPLAIN,
  generalHelp,
  HADOLINT,
  HARDEN,
  INIT,
  LINT,
  LSP,
  PARSE,
  RULES_COMMAND,
} from './commands.js';
import { completionCommand } from './completion.js';
import { explainCommand } from './explain-command.js';
import { hadolintCommand } from './hadolint/command.js';
import { hardenCommand } from './harden-command.js';
import { initCommand } from './init-command.js';
import { type ExitCode, type Io, messageOf, UsageError } from './io.js';
import { lintCommand } from './lint-command.js';
import { parseFilesCommand } from './parse-command.js';
import { rulesCommand } from './rules-command.js';

/** Runs the command line. Never throws: what goes wrong is told on standard error, with exit code 2. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await run(argv, io);
  } catch (error) {
    if (error instanceof UsageError) io.err(`dockwright: ${error.message}\n`);
    else
      io.err(
        `dockwright: something went wrong that should not have: ${messageOf(error)}\nPlease report it, with the file if you can.\n`,
      );
    // hadolint knows one status for all that is not as it should be.
    return argv[0] === HADOLINT.name ? 1 : 2;
  }
}

/** What was probably meant: a command with a slip in it, or `lint`, which others do without being told. */
function guess(argv: readonly string[], name: string, io: Io): string {
  const meant = closest(
    name,
    COMMANDS.map(one => one.name),
  );
  if (meant) return `; did you mean ${meant}?`;
  const isPath = name.startsWith('-') || isDockerfileName(basename(name)) || existsSync(resolve(io.cwd, name));
  return isPath ? `; did you mean dockwright lint ${argv.join(' ')}?` : '.';
}

/** What Docker asks of a program that is named `docker-lint`; then `docker lint` calls it with `lint` and the rest. */
const dockerPlugin = (version: string): string =>
  `${JSON.stringify({ SchemaVersion: '0.1.0', Vendor: 'Dockwright', Version: version, ShortDescription: LINT.summary })}\n`;

async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined) {
    io.err(generalHelp(io.version));
    return 2;
  }
  if (name === '--version' || name === '-v' || name === '-V' || name === 'version') {
    io.out(`${io.version}\n`);
    return 0;
  }
  if (name === 'docker-cli-plugin-metadata') {
    io.out(dockerPlugin(io.version));
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const about = COMMANDS.find(one => one.name === rest[0]);
    io.out(about ? helpOf(about) : generalHelp(io.version));
    return 0;
  }
  const command = COMMANDS.find(one => one.name === name);
  if (!command) {
    throw new UsageError(`there is no command “${name}”${guess(argv, name, io)} See dockwright --help.`);
  }
  const args = parseCommand(command, rest);
  if (args.has('help')) {
    io.out(helpOf(command));
    return 0;
  }
  switch (command) {
    case LINT:
      return lintCommand(args, io);
    case HARDEN:
      return hardenCommand(args, io);
    case BENCH:
      return benchCommand(args, io);
    case RULES_COMMAND:
      return rulesCommand(args, io);
    case EXPLAIN:
      return explainCommand(args, io);
    case PARSE:
      return parseFilesCommand(args, io);
    case HADOLINT:
      return hadolintCommand(args, io);
    case INIT:
      return initCommand(args, io);
    case COMPLETION:
      return completionCommand(args, io);
    case LSP:
      if (!args.has('stdio') && !args.has('node-ipc') && !args.value('socket') && !args.value('pipe'))
        throw new UsageError('say how the language server is to speak: add --stdio.');
      if (!io.lsp) throw new UsageError('the language server was left out of this build.');
      await io.lsp();
      return 0;
    default:
      return 2;
  }
}
