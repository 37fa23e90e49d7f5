import { likeCased } from '../facts/files/transfer.js';
import { commandsSeenBy, hasWord } from '../hadolint/commands.js';
import type { ShellWord } from '../shell/index.js';
import { defineRule, type RuleFix } from './rule.js';

const COPIES = new Set(['cp', 'mv', 'update-alternatives']);
const SH = /^(?:\/usr)?\/bin\/sh$/;

/** `cp /bin/bash /bin/sh`, `update-alternatives --install /bin/sh sh /bin/bash 1`. */
function isOverwritten(base: string, operands: readonly ShellWord[]): boolean {
  const word = base === 'update-alternatives' ? operands[0] : operands.length === 2 ? operands[1] : undefined;
  return word !== undefined && SH.test(word.value);
}

export default defineRule({
  id: 'sh-replaced',
  codes: ['DL4005'],
  summary: '/bin/sh is replaced by a different shell.',
  rationale:
    'Scripts of the distribution expect the /bin/sh that it ships, and a later upgrade of its package may put the old one back. The SHELL instruction changes the shell of RUN, CMD and ENTRYPOINT without touching the system.',
  category: 'maintainability',
  practice: 'clarity',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM ubuntu:24.04\nRUN «ln -sf /bin/bash /bin/sh»\nONBUILD RUN «ln -sf /bin/bash /bin/sh»\n',
        fixed: 'FROM ubuntu:24.04\nSHELL ["/bin/bash", "-c"]\nONBUILD SHELL ["/bin/bash", "-c"]\n',
      },
      {
        code: 'from ubuntu:24.04\nrun «ln -sf /bin/bash /bin/sh»\n',
        fixed: 'from ubuntu:24.04\nshell ["/bin/bash", "-c"]\n',
      },
      {
        code: 'FROM ubuntu:24.04\nRUN «ln -sf /bin/bash /bin/sh» # for the scripts\n',
        why: 'The comment would be lost.',
      },
      { code: 'FROM ubuntu:24.04\nRUN rm /bin/sh && «ln -s /bin/bash /bin/sh»\n' },
      { code: 'FROM ubuntu:24.04\nRUN «cp /bin/bash /usr/bin/sh»\n' },
    ],
    good: [
      {
        code: 'FROM debian:13 AS build\nRUN ln -sf /usr/bin/bash /usr/bin/sh\nFROM scratch\nCOPY --from=build /usr/bin/sh /bin/sh\n',
        why: 'The link itself is what another stage copies.',
      },
      { code: 'FROM ubuntu:24.04\nRUN ln -sf /bin/true /sbin/initctl\n', why: 'Other links are no shell.' },
      {
        code: 'FROM scratch\nCOPY busybox /bin/\nRUN ["/bin/busybox", "ln", "-s", "/bin/busybox", "/bin/sh"]\n',
        why: 'There is no shell yet.',
      },
      { code: 'FROM ubuntu:24.04\nSHELL ["/bin/bash", "-c"]\n', why: 'This is how to choose a shell.' },
    ],
  },
  instruction: { keywords: ['RUN'], words: ['ln', 'cp', 'mv', 'update'] },
  check({ instruction, facts, onbuild, reading, report }) {
    if (!instruction.text.includes('/bin/sh')) return;
    // Of a stage that is not shipped, the file itself may be what another one copies.
    if (reading === 'own' && !onbuild && !facts.stage.inFinalImage) return;
    const { script } = facts;
    for (const command of commandsSeenBy(reading, facts)) {
      const isCopy = COPIES.has(command.base) && reading !== 'hadolint';
      if (!isCopy && command.base !== 'ln') continue;
      // Where there is no shell yet, this is how it gets one.
      if (reading !== 'hadolint' && facts.image.lacksCommand('sh')) return;
      const operands = command.args.filter(({ value }) => !value.startsWith('-'));
      if (isCopy) {
        if (isOverwritten(command.base, operands))
          report({
            span: command.span,
            message:
              'Programs that rely on /bin/sh may break. Choose the shell with the SHELL instruction instead of replacing it.',
            codes: [],
          });
        continue;
      }
      const isLink = SH.test(operands.at(-1)?.value ?? '') && operands.length === 2;
      if (reading === 'hadolint' ? !hasWord(command, '/bin/sh') : !isLink) continue;
      const target = operands[0]?.value ?? '';
      const alone =
        script?.form === 'shell' &&
        script.commands.length === 1 &&
        instruction.flags.length === 0 &&
        instruction.comments.length === 0 &&
        // A comment of the shell behind it would go with it.
        command.span.end === instruction.argumentsSpan.end;
      const fixes: RuleFix[] =
        alone &&
        isLink &&
        !facts.image.lacksCommand(target.slice(target.lastIndexOf('/') + 1)) &&
        /^(?:\/usr)?\/bin\/(?:bash|zsh|ksh)$/.test(target)
          ? [
              {
                title: `Use SHELL ["${target}", "-c"]`,
                safety: 'review',
                effect: { renames: { RUN: 'SHELL' }, commands: true, arguments: true },
                edits: [
                  {
                    span: { start: instruction.keywordSpan.start, end: instruction.argumentsSpan.end },
                    text: `${likeCased(instruction.rawKeyword, 'SHELL')} ["${target}", "-c"]`,
                  },
                ],
              },
            ]
          : [];
      report({
        span: command.span,
        message:
          'Programs that rely on /bin/sh may break. Choose the shell with the SHELL instruction instead of replacing it.',
        fixes,
      });
    }
  },
});
