import { isKeyword, type Placed } from '../../dockerfile/index.js';
import { scriptOf } from '../../shell/index.js';

/** They read nothing of their environment that an ARG could be meant for. */
const ACCOUNT_COMMANDS = new Set(['groupadd', 'useradd', 'addgroup', 'adduser', 'mkdir', 'chown']);

/** Whether the environment of an instruction, which holds all arguments, may be read by what it runs. */
export function mayReadArguments({ instruction }: Placed): boolean {
  const { keyword } = instruction;
  // A keyword that nobody knows may be a RUN with a slip of the pen.
  if (keyword === 'ONBUILD' || !isKeyword(keyword)) return true;
  if (keyword !== 'RUN') return false;
  const commands = instruction.heredocs.length > 0 ? [] : (scriptOf(instruction)?.commands ?? []);
  return commands.length === 0 || !commands.every(({ base }) => ACCOUNT_COMMANDS.has(base));
}
