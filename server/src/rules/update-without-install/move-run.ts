import { attachedComments, isPragma } from '../../edits/placing.js';
import { insert, listStyle } from '../../edits/words.js';
import type { FileFacts } from '../../facts/index.js';
import { packageActions } from '../../facts/packages/in-run.js';
import { laterRuns, type RunPlace } from '../../facts/runs.js';
import type { RuleFix } from '../rule.js';

/** Takes the whole RUN to the beginning of the one that installs, when something else is in between. */
export function moveDown(file: FileFacts, run: RunPlace, managers: readonly string[]): RuleFix | undefined {
  const { placed, instruction, facts } = run;
  const [command] = facts.commands;
  const target = laterRuns(file, run).find(later =>
    packageActions(later.facts).some(action => managers.includes(action.manager)),
  );
  const install = target && packageActions(target.facts)[0];
  if (!command || facts.commands.length !== 1 || !target || !install || target.stage !== run.stage) return undefined;
  if (instruction.flags.length > 0 || instruction.text.includes('\n') || placed.leading.some(isPragma))
    return undefined;
  // Nothing may run before it, and it must be no update itself.
  const { script } = target.facts;
  const isFirst = target.facts.commands[0] === install.command && script?.form === 'shell';
  // In front of `a; b` a failure would go unnoticed.
  if (!script?.list.items.every(({ operator }) => operator === '' || operator === '&&')) return undefined;
  if (
    !isFirst ||
    !install.command.top ||
    !install.command.editable ||
    (install.kind !== 'install' && install.kind !== 'upgrade')
  )
    return undefined;
  const { text } = file.dockerfile;
  const lineStart = text.lastIndexOf('\n', placed.start - 1) + 1;
  const newline = text.indexOf('\n', placed.start + instruction.text.length);
  const update = instruction.text.slice(command.span.start, command.span.end);
  return {
    title: 'Move to the RUN that installs',
    // A comment about it would stay and speak about the next instruction.
    safety: attachedComments(text, placed).length > 0 ? 'manual' : 'review',
    edits: [
      {
        span: { start: lineStart - placed.start, end: (newline < 0 ? text.length : newline + 1) - placed.start },
        text: '',
      },
      { at: target.placed, ...insert(install.command.span.start, update + listStyle(target.instruction).joiner) },
    ],
    effect: { removes: ['RUN'], commands: true },
  };
}
