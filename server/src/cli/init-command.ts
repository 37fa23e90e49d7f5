import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { OWN_CONFIG_NAMES, readConfig } from '../config/config.js';
import type { Arguments } from './args.js';
import { writeReasonOf } from './file-errors.js';
import { collectSettings } from './init-imports.js';

import { type ExitCode, type Io, UsageError } from './io.js';

/** `dockwright init`: writes a configuration, with what the settings of other linters say. */
export function initCommand(args: Arguments, io: Io): ExitCode {
  if (args.positionals.length > 0) throw new UsageError('init takes no PATH: it writes into the current folder.');
  const old = OWN_CONFIG_NAMES.find(name => existsSync(join(io.cwd, name)));
  if (old !== undefined && !args.has('force'))
    throw new UsageError(`there is a ${old} already: change that, or add --force to write over it.`);
  const { text, notes } = configurationFor(io.cwd);
  // What is written has to be understood by whoever reads it.
  const wrong = readConfig(text, OWN_CONFIG_NAMES[0]).problems.find(({ severity }) => severity === 'error');
  if (wrong) throw new Error(wrong.message);
  const name = old ?? OWN_CONFIG_NAMES[0];
  try {
    writeFileSync(join(io.cwd, name), text);
  } catch (error) {
    throw new UsageError(`${name} cannot be written: ${writeReasonOf(error)}`);
  }
  for (const note of notes) io.err(`dockwright: ${note}\n`);
  io.out(`Wrote ${name}. dockwright lint --print-config shows what comes of it.\n`);
  return 0;
}

function configurationFor(folder: string): { readonly text: string; readonly notes: readonly string[] } {
  const { settings, notes } = collectSettings(folder);
  const body = stringify({ profile: 'recommended', ...settings });
  return { text: `${HEAD}\n${body}`, notes };
}

const HEAD = `# What dockwright lint and the editor go by: https://github.com/dockwright/dockwright/blob/main/docs/configuration.md
# Profiles: recommended, strict, hadolint (exactly its rules), buildkit (exactly docker build --check), all.`;
