import {
  type Dockerfile,
  type Instruction,
  nothingToBuild,
  type Placed,
  parseDockerfile,
  problemsIn,
} from '../dockerfile/index.js';
import { lineAt, lineIndex } from '../text/line-index.js';
import type { Arguments } from './args.js';
import { inputsOf, needPaths } from './inputs.js';
import { type ExitCode, type Io, UsageError } from './io.js';

/** `dockwright parse`: what the parser sees, and what BuildKit would refuse. */
export async function parseFilesCommand(args: Arguments, io: Io): Promise<ExitCode> {
  args.choice('format', ['json']);
  needPaths(args.positionals, 'parse');
  const inputs = inputsOf(args.positionals, io);
  if (inputs.length === 0) throw new UsageError(`no Dockerfile found in ${args.positionals.join(', ')}.`);
  let code: ExitCode = 0;
  const files: object[] = [];
  for (const input of inputs) {
    const read = await input.read(true);
    if ('error' in read) {
      code = 2;
      io.err(`dockwright: ${input.path}: ${read.error}\n`);
      files.push({ path: input.path, escape: '\\', errors: [{ message: read.error, line: 1 }], instructions: [] });
      continue;
    }
    files.push({ path: input.path, ...parsed(parseDockerfile(read.text)) });
  }
  io.out(`${JSON.stringify({ version: 1, files })}\n`);
  return code;
}

function parsed(dockerfile: Dockerfile): object {
  const index = lineIndex(dockerfile.text);
  const lineOf = (offset: number): number => lineAt(index, offset) + 1;
  const errors = problemsIn(dockerfile).map(({ message, span }) => ({ message, line: lineOf(span.start) }));
  const nothing = nothingToBuild(dockerfile);
  if (nothing) errors.push({ message: nothing.message, line: lineOf(nothing.span.start) });
  return {
    escape: dockerfile.escape,
    errors,
    instructions: dockerfile.instructions.map(placed => ({
      keyword: placed.instruction.keyword,
      lines: linesOf(placed, lineOf),
      ...partsOf(placed.instruction),
    })),
  };
}

function linesOf({ start, length, instruction }: Placed, lineOf: (offset: number) => number): [number, number] {
  const first = lineOf(start);
  // The last character, since a heredoc's terminator may have its line ending with it.
  const last = instruction.text.endsWith('\n') ? start + length - 1 : start + length;
  return [first, lineOf(Math.max(start, last))];
}

/** A key only where it applies. */
function partsOf(instruction: Instruction): object {
  const { keyword, flags, json, heredocs, from, trigger } = instruction;
  const hasPairs = (keyword === 'ENV' || keyword === 'LABEL') && instruction.pairs.length > 0;
  return {
    ...(flags.length > 0 ? { flags: flags.map(flag => flag.text) } : {}),
    ...(json
      ? { json: [...(keyword === 'HEALTHCHECK' ? instruction.words.slice(0, 1) : []), ...json].map(word => word.text) }
      : {}),
    ...(heredocs.length > 0
      ? { heredocs: heredocs.map(({ name, expand, content }) => ({ name, expand, content })) }
      : {}),
    ...(hasPairs ? { pairs: instruction.pairs.map(({ key, value }) => [key, value ?? '']) } : {}),
    ...(!json && SHELL_FORMS.has(keyword) ? { text: instruction.arguments.text } : {}),
    ...(from
      ? {
          from: {
            image: from.image.text,
            name: from.name?.text.toLowerCase() ?? '',
            platform: from.platform?.value ?? '',
          },
        }
      : {}),
    ...(trigger ? { onbuild: { keyword: trigger.keyword, ...partsOf(trigger) } } : {}),
  };
}

const SHELL_FORMS = new Set(['RUN', 'CMD', 'ENTRYPOINT']);
