import type { Instruction } from '../dockerfile/index.js';
import type { InstructionFacts } from '../facts/index.js';
import type { ShellWord } from '../shell/index.js';
import { defineRule, type RuleFix } from './rule.js';
import { replace } from './support/edits.js';

/** A mode that lets everyone write: octal without the sticky bit, or symbolic. */
function letsEveryoneWrite(mode: string): boolean {
  if (/^[0-7]{3,4}$/.test(mode)) {
    const sticky = mode.length === 4 && (Number(mode[0]) & 1) === 1;
    return !sticky && (Number(mode.at(-1)) & 2) === 2;
  }
  return mode.split(',').some(part => /^[ug]*[oa][ugoa]*[+=][rxXst]*w/.test(part)) && !/t/.test(mode);
}

const narrower = (mode: string): string | undefined =>
  /^[0-7]{3,4}$/.test(mode) ? mode.slice(0, -1) + (Number(mode.at(-1)) & 5) : undefined;

/** The modes in an instruction that files of the image get. */
function modes(
  instruction: Instruction,
  facts: InstructionFacts,
): { text: string; span: ShellWord['span']; editable: boolean }[] {
  if (instruction.keyword !== 'RUN') {
    const flag = instruction.flag('chmod');
    return flag?.value === undefined ? [] : [{ text: flag.value, span: flag.valueSpan, editable: true }];
  }
  return facts.commands.flatMap(command => {
    if (command.base === 'chmod') {
      const word = command.args.find(({ value }) => !/^-(?:[a-zA-Z]*[fvcRhHLP]|-.*)$/.test(value));
      // A reference file, or a mode that takes rights away.
      return word?.literal && !command.args.some(({ value }) => value.startsWith('--reference'))
        ? [{ text: word.value, span: word.span, editable: command.editable && !word.quoted }]
        : [];
    }
    if (command.base !== 'mkdir' && command.base !== 'install') return [];
    return command.args.flatMap((word, index) => {
      const previous = command.args[index - 1]?.value;
      return (previous === '-m' || previous === '--mode' || /^-[a-zA-Z]*m$/.test(previous ?? '')) && word.literal
        ? [{ text: word.value, span: word.span, editable: command.editable && !word.quoted }]
        : [];
    });
  });
}

export default defineRule({
  id: 'world-writable',
  codes: [],
  summary: 'Files get permissions that let every user change them.',
  rationale:
    'With `chmod 777` any process in the container, under whatever user, can replace programs and configuration. Give the files to the user that has to write them (`COPY --chown`, `chown`), or to a group, and keep others out; a shared folder such as /tmp needs the sticky bit (1777).',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN mkdir /data && chmod -R «777» /data\n',
        fixed: 'FROM debian:12\nRUN mkdir /data && chmod -R 775 /data\n',
      },
      { code: 'FROM debian:12\nRUN chmod «a+rwx» /data\n' },
      { code: 'FROM debian:12\nCOPY --chmod=«0777» run.sh /\n', fixed: 'FROM debian:12\nCOPY --chmod=0775 run.sh /\n' },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN chmod 755 /run.sh && chmod 1777 /tmp\n',
        why: 'Others may not write, or the sticky bit is set.',
      },
      {
        code: 'FROM debian:12\nRUN chmod -R o-w,g+w /data && chmod +x /run.sh\n',
        why: 'Others get no right to write.',
      },
    ],
  },
  on: ['RUN', 'COPY', 'ADD'],
  check({ instruction, facts, onbuild, report }) {
    if (!onbuild && !facts.stage.inFinalImage) return;
    for (const mode of modes(instruction, facts)) {
      if (!letsEveryoneWrite(mode.text)) continue;
      const to = narrower(mode.text);
      const fixes: RuleFix[] =
        to !== undefined && mode.editable
          ? [
              {
                title: `Use ${to}`,
                safety: 'manual',
                effect: { commands: true, flags: true },
                edits: [replace(mode.span, to)],
              },
            ]
          : [];
      report({
        span: mode.span,
        message: `Mode ${mode.text} lets every user change these files: give them to the user that needs them instead.`,
        fixes,
      });
    }
  },
});
