import { type Instruction, type Joined, perInstruction, slice } from '../dockerfile/index.js';
import type { InstructionFacts } from '../facts/index.js';
import {
  concat,
  heredocBody,
  readScript,
  SHEBANG,
  type ShellCommand,
  type ShellScript,
  scriptOf,
} from '../shell/index.js';

/**
 * The commands of a RUN as hadolint 2.15 finds them, found out by running it: a script that a shell would refuse has none,
 * the exec form is read as if its words were typed, a name is compared with its path, and nothing is known of sudo, env or
 * `sh -c`. Here `base` is the whole name.
 */
export interface HadolintScript {
  readonly commands: readonly ShellCommand[];
  readonly hasPipe: boolean;
}

const NONE: HadolintScript = { commands: [], hasPipe: false };

/** What hadolint looks through, once: `command apt-get install`. */
const PREFIXES = new Set(['exec', 'command', 'builtin', 'busybox', 'run']);

/** The name is that of the inner command, but the arguments stay those of the outer one: the inner name is among them. */
function throughPrefix(command: ShellCommand): ShellCommand {
  const name = command.name?.value ?? '';
  // `a | ! b` and `a | time b`
  if ((name === '!' || name === 'time') && command.args[0])
    return throughPrefix({ ...command, name: command.args[0], args: command.args.slice(1), kept: [] });
  // The same object where nothing differs: what is found out about it is kept by it.
  if (!PREFIXES.has(name)) return command.base === name ? command : { ...command, base: name, kept: [] };
  // `exec -a zero program`
  const inner = command.args[name === 'exec' && command.args[0]?.value === '-a' ? 2 : 0];
  return inner ? { ...command, name: inner, base: inner.value, kept: [] } : { ...command, base: name, kept: [] };
}

/** `[ -f x` ends in a syntax error there. */
const isCut = ({ base, args }: ShellCommand): boolean => base === '[' && !args.some(({ value }) => value === ']');

/** A brace that is glued to a word opens no group, and so nothing is left over at its end: `{ls;}`. */
const GLUED = /\{[^\s{}][^{}]*$/;

/**
 * A word that cannot be where it does ends the script, and what comes before it counts; any other mistake makes the
 * whole text unreadable.
 */
function readable(script: ShellScript): ShellScript | undefined {
  const [first] = script.errors.length > 1 ? script.errors.toSorted((a, b) => a.at - b.at) : script.errors;
  // A lone `!` is a mistake there.
  if (!first) return script.list.items.every(item => item.nodes.length > 0) ? script : undefined;
  const token = /^unexpected token '(.+)'$/.exec(first.message)?.[1];
  const before = script.source.text.slice(0, first.at);
  const rest = script.source.text.slice(first.at);
  // `a | ! b`
  const negation = /^expected command after '\|&?'$/.test(first.message) ? /^\s*\|?&?\s*!/.exec(rest) : null;
  if (negation) return readable(blanked(script, first.at + negation[0].length - 1));
  if (token === undefined) return undefined;
  if (token === '}' && GLUED.test(before)) return script;
  // `a & ; b`
  if (token === ';' && /[^&]&\s*$/.test(before)) return readable(blanked(script, first.at));
  if (token === ')' && before.lastIndexOf('(') > before.lastIndexOf(')')) return undefined;
  const cut = readScript(slice(script.source, 0, first.at), script.form, undefined);
  return cut.errors.length > 0 ? undefined : cut;
}

/** The same script with a space instead of one character. */
function blanked({ source, form }: ShellScript, at: number): ShellScript {
  return readScript({ ...source, text: `${source.text.slice(0, at)} ${source.text.slice(at + 1)}` }, form, undefined);
}

/** The words of an exec form with spaces between them. */
function joinedWords(instruction: Instruction): Joined {
  const parts = (instruction.json ?? []).map(
    (word, index): Joined => ({
      text: `${index > 0 ? ' ' : ''}${word.text}`,
      at: [0],
      source: [word.span.start + (index > 0 ? 0 : 1)],
    }),
  );
  return concat(parts);
}

/** What hadolint drops after the marker, or at the start of the body: a line that begins so. */
const DROPPED = /^\s*(?:>|\||&&).*/;
const MARKER = /^<<-?\s*(?:"[^"]*"|'[^']*'|[^\s;|&<>]+)/;

function textOf(instruction: Instruction): Joined {
  const line = instruction.arguments;
  const [first] = instruction.heredocs;
  if (!first) return line;
  const marker = MARKER.exec(line.text);
  if (!marker) {
    const at = line.text.search(/\d*<</);
    return at < 0 ? line : slice(line, 0, at);
  }
  const rest = slice(line, marker[0].length, line.text.length);
  const text = concat([rest, { text: '\n', at: [0], source: [first.span.start - 1] }, heredocBody(first)]);
  const dropped = DROPPED.exec(text.text);
  return dropped ? slice(text, dropped[0].length, text.text.length) : text;
}

/** Nearly every RUN is one line of shell, which has been read already. */
function scriptAsTyped(instruction: Instruction): ShellScript | undefined {
  const source = instruction.json ? joinedWords(instruction) : textOf(instruction);
  if (source.text.trim() === '') return undefined;
  if (!instruction.json && instruction.heredocs.length === 0) return scriptOf(instruction);
  return readScript(source, instruction.json ? 'exec' : 'shell', undefined);
}

function compute(instruction: Instruction): HadolintScript {
  const typed = scriptAsTyped(instruction);
  const script = typed && readable(typed);
  if (!script) return NONE;
  const commands: ShellCommand[] = [];
  for (const one of script.commands) {
    if (one.via !== undefined || one.name?.literal !== true) continue;
    const command = throughPrefix(one);
    if (isCut(command)) return NONE;
    commands.push(instruction.json ? { ...command, editable: false, kept: [] } : command);
  }
  return { commands, hasPipe: script.hasPipe };
}

/** For RUN; `instruction` may be the trigger of an ONBUILD. */
export const hadolintScriptOf = perInstruction(instruction =>
  instruction.keyword === 'RUN' ? compute(instruction) : NONE,
);

/** A heredoc for another program: its `#!` line, or what reads it, says so. */
const OTHER_LANGUAGE = /^(?:python|pypy|perl|ruby|node|deno|bun|php|lua|pwsh|powershell|R|Rscript|awk|sed|jq)[\d.]*$/;

function isForAnotherProgram(instruction: Instruction): boolean {
  const [first] = instruction.heredocs;
  if (!first || instruction.json) return false;
  const shebang = SHEBANG.exec(heredocBody(first).text)?.[1];
  const reader = /^<<\S+\s+(\S+)/.exec(instruction.arguments.text)?.[1];
  return [shebang, reader].some(
    path => path !== undefined && OTHER_LANGUAGE.test(path.slice(path.lastIndexOf('/') + 1)),
  );
}

/** The commands of a RUN as hadolint finds them; none where no POSIX shell is in force. */
export function hadolintScript({ instruction, shell: { kind } }: InstructionFacts): HadolintScript {
  const isShell = instruction.json !== undefined || kind === 'posix' || kind === 'none';
  return isShell && !isForAnotherProgram(instruction) ? hadolintScriptOf(instruction) : NONE;
}
