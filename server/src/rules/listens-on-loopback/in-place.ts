import type { Placed } from '../../dockerfile/index.js';
import { insert, insertAfter, replace } from '../../edits/words.js';
import { baseName } from '../../facts/files/transfer.js';
import type { FileFacts } from '../../facts/index.js';
import type { ShellCommand } from '../../shell/index.js';
import type { Span } from '../../text/span.js';
import type { FixEdit, RuleFix } from '../rule.js';
import type { OnLoopback } from './servers.js';

/** Where an instruction names a server, or where it begins to name what starts it. */
export function placeOf(facts: FileFacts, placed: Placed, server: string | undefined): Span | undefined {
  const { json } = placed.instruction;
  if (server === undefined) return json ? json[0]?.span : facts.at(placed).commands[0]?.span;
  const [program = ''] = server.split(' ');
  const word = json?.find(({ text }) => baseName(text) === program);
  return word ? word.span : commandOf(facts, placed, program)?.span;
}

/** The last command that names the program or has it among its arguments. */
const commandOf = (facts: FileFacts, placed: Placed, program: string): ShellCommand | undefined =>
  facts
    .at(placed)
    .commands.findLast(({ base, args }) => base === program || args.some(({ value }) => value === program));

/** The same command, told to listen on all addresses. */
export function inPlace(facts: FileFacts, placed: Placed, server: OnLoopback): readonly RuleFix[] {
  const edits = placed.instruction.json ? inExecForm(placed, server) : inShellForm(facts, placed, server);
  if (edits.length === 0) return [];
  return [{ title: 'Listen on 0.0.0.0', safety: 'review', edits, effect: { arguments: true } }];
}

function inExecForm({ instruction: { json = [] } }: Placed, { name, add, change }: OnLoopback): readonly FixEdit[] {
  const last = json.at(-1);
  const [program = ''] = name.split(' ');
  // What is written inside `sh -c "…"` needs other quotes.
  if (!last || !json.some(({ text }) => baseName(text) === program)) return [];
  if (add) return [insert(last.span.end, add.map(word => `, ${JSON.stringify(word)}`).join(''))];
  const word = json.find(({ text }) => text === change?.from);
  return word && change ? [replace(word.span, JSON.stringify(change.to))] : [];
}

function inShellForm(facts: FileFacts, placed: Placed, { name, add, change }: OnLoopback): readonly FixEdit[] {
  const command = commandOf(facts, placed, name.split(' ')[0] ?? '');
  if (!command?.editable || facts.at(placed).script?.errors.length !== 0) return [];
  const last = command.args.at(-1);
  if (add) return last ? [insertAfter(last, add.join(' '))] : [];
  const word = command.args.find(({ value, quoted }) => value === change?.from && !quoted);
  return word && change ? [replace(word.span, change.to)] : [];
}
