import { innermost, pipelines } from '../../facts/pipelines.js';
import type { ShellCommand, ShellScript } from '../../shell/index.js';

/** Programs that end with another status than 0 though nothing is wrong, where others read what they write. */
const MAY_FAIL = /^(?:yes|[ef]?grep|zgrep|diff|cmp|pgrep|which|type|expr|test|\[)$/;

/** Programs that do not read to the end, so that who writes to them may get SIGPIPE. */
function stopsEarly({ base, args }: ShellCommand): boolean {
  if (base === 'head' || base === 'less' || base === 'more' || base === 'read') return true;
  if (/^[ef]?grep$/.test(base))
    return args.some(({ value }) => /^-(?!-)[a-zA-Z]*[qm]|^--(?:quiet|silent|max-count)/.test(value));
  if (base === 'sed') return args.some(({ value }) => /(?:^|[\s;}\d/$])q\d*(?:$|[\s;}])/.test(value));
  return /^[gmn]?awk$/.test(base) && args.some(({ value }) => /\bexit\b/.test(value));
}

/** Whether a pipe of the script may fail with `pipefail` that does what it should without. */
export function hasPipeThatMayFail(script: ShellScript): boolean {
  for (const { nodes } of pipelines(script.list)) {
    if (nodes.length < 2) continue;
    const programs = nodes.map(node => (node.kind === 'command' ? innermost(node.command, script) : undefined));
    const isRisky = programs.some(
      (program, index) =>
        program !== undefined &&
        ((index < programs.length - 1 && MAY_FAIL.test(program.base)) || (index > 0 && stopsEarly(program))),
    );
    if (isRisky) return true;
  }
  return false;
}

/** Whether `echo` writes something else in Bash than in dash, which reads backslashes and knows no options but -n. */
export const echoesOtherwise = ({ commands }: ShellScript): boolean =>
  commands.some(
    ({ base, args }) =>
      base === 'echo' &&
      args.some(({ text }, index) => text.includes('\\') || (index === 0 && /^-[neE]*[eE]/.test(text))),
  );
