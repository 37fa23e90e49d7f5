import type { ShellWord } from '../shell/index.js';
import { defineRule } from './rule.js';
import { isSh, linkTarget, replacesSh } from './sh-replaced/complaint.js';

const COPIES = new Set(['cp', 'mv', 'update-alternatives']);

/** `cp /bin/bash /bin/sh`, `update-alternatives --install /bin/sh sh /bin/bash 1`. */
function isOverwritten(base: string, operands: readonly ShellWord[]): boolean {
  const word = base === 'update-alternatives' ? operands[0] : operands.length === 2 ? operands[1] : undefined;
  return word !== undefined && isSh(word);
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
    // Where there is no shell yet, this is how it gets one.
    if (facts.image.lacksCommand('sh')) return;
    for (const command of facts.commands) {
      const operands = command.args.filter(({ value }) => !value.startsWith('-'));
      if (command.base === 'ln') {
        if (linkTarget(command) !== undefined) report(replacesSh(command, instruction, facts));
      } else if (COPIES.has(command.base) && isOverwritten(command.base, operands))
        report({ ...replacesSh(command, instruction, facts), codes: [] });
    }
  },
});
