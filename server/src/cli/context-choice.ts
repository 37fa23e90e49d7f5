import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Arguments } from './args.js';
import type { ContextChoice } from './context.js';
import { type Io, UsageError } from './io.js';

/** What `--context` says. */
export function contextChoice(args: Arguments, { cwd }: Pick<Io, 'cwd'>): ContextChoice {
  const given = args.value('context');
  if (given === undefined) return { cwd, context: undefined };
  const context = resolve(cwd, given);
  if (!statSync(context, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--context takes the folder that is the build context, and “${given}” is not a folder.`);
  return { cwd, context };
}
