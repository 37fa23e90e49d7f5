import type { ShellCommand } from '../../shell/index.js';
import type { Report } from '../rule.js';

/** The report at the RUN with which a stage has used both tools, of which the second is the one to do without. */
export function usesBoth(commands: readonly ShellCommand[], used: ReadonlySet<string>): Report | undefined {
  const second = [...used][1];
  const span = (commands.find(command => command.base === second) ?? commands[0])?.name?.span;
  return span && { span, message: 'The stage uses both wget and curl. Use only one of them.' };
}
