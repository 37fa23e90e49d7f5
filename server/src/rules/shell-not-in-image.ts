import type { Placed } from '../dockerfile/index.js';
import { mayHaveBrought } from '../facts/programs/brought.js';
import { defineRule } from './rule.js';

const baseName = (path: string): string => path.replace(/\\/g, '/').replace(/^.*\//, '');

export default defineRule({
  id: 'shell-not-in-image',
  codes: [],
  summary: 'SHELL or a heredoc uses a shell that the base image does not have.',
  rationale:
    'Every RUN, CMD and ENTRYPOINT in shell form after `SHELL ["/bin/bash", …]` is started with that program. Alpine and BusyBox images have ash instead of bash, and distroless images have no shell at all, so each of them fails with “not found”.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nSHELL ["«/bin/bash»", "-o", "pipefail", "-c"]\nRUN echo a | cat\n',
        fixed: 'FROM alpine:3.22\nSHELL ["/bin/ash", "-o", "pipefail", "-c"]\nRUN echo a | cat\n',
      },
      { code: 'FROM alpine:3.22\nRUN «<<EOF»\n#!/bin/bash\necho a\nEOF\n' },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache bash\nSHELL ["/bin/bash", "-c"]\nRUN echo a\n',
        why: 'It is installed first.',
      },
      { code: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN echo a\n', why: 'Debian has bash.' },
    ],
  },
  stage: { keywords: ['RUN', 'SHELL'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      if (stage.from.instruction.from?.image.text.startsWith('$') || !stage.image.isKnown) continue;
      const isMissing = (name: string): boolean => stage.image.lacksCommand(name);
      for (const placed of stage.instructions) {
        const { instruction } = placed;
        if (instruction.keyword === 'SHELL') {
          const program = instruction.json?.[0];
          const name = program ? baseName(program.text) : '';
          if (
            !program ||
            !/^(?:bash|zsh|ksh|dash|ash|sh)$/.test(name) ||
            !isMissing(name) ||
            mayHaveBrought(facts, stage, placed, name)
          )
            continue;
          const start = instruction.text.indexOf(program.text, program.span.start);
          const span = start < 0 ? program.span : { start, end: start + program.text.length };
          const ash = name === 'bash' && stage.image.shell === 'ash' && start >= 0;
          report(placed, {
            span,
            message: `This image has no ${name}: ${advice(ash, stage.image.shell === 'none')}.`,
            ...(isUsed(stage.instructions, placed) ? {} : { severity: 'warning' as const }),
            fixes: ash
              ? [
                  {
                    title: 'Use /bin/ash',
                    safety: 'review',
                    effect: { arguments: true },
                    edits: [{ span, text: '/bin/ash' }],
                  },
                ]
              : [],
          });
        } else if (instruction.keyword === 'RUN' && instruction.heredocs.length === 1) {
          const [heredoc] = instruction.heredocs;
          const shebang = /^#!\s*(?:\S*\/env\s+)?(\S+)/.exec(heredoc?.content ?? '')?.[1];
          const name = shebang === undefined ? '' : baseName(shebang);
          const isScript = /^\d*<<-?\s*["']?[\w.-]+["']?$/.test(instruction.arguments.text);
          if (
            !isScript ||
            !/^(?:bash|zsh|ksh|python3?|perl)$/.test(name) ||
            !isMissing(name) ||
            mayHaveBrought(facts, stage, placed, name)
          )
            continue;
          report(placed, {
            span: instruction.argumentsSpan,
            message: `The script needs ${name}, which this image does not have. Install it first, or use sh.`,
          });
        }
      }
    }
  },
});

const STARTED_BY_SHELL = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** Whether something is started with the shell before another one is named. */
function isUsed(instructions: readonly Placed[], shell: Placed): boolean {
  const later = instructions.slice(instructions.indexOf(shell) + 1);
  const end = later.findIndex(({ instruction }) => instruction.keyword === 'SHELL');
  return later.slice(0, end < 0 ? later.length : end).some(({ instruction }) => {
    const run = instruction.trigger ?? instruction;
    return STARTED_BY_SHELL.has(run.keyword) && run.json === undefined;
  });
}

function advice(ash: boolean, bare: boolean): string {
  if (ash) return 'use /bin/ash, or install bash first';
  return bare ? 'do in an earlier stage what needs a shell' : 'install it first';
}
