import type { Placed } from '../dockerfile/index.js';
import { insertAbove } from '../edits/placing.js';
import type { InstructionFacts } from '../facts/index.js';
import type { ImageInfo } from '../images/index.js';
import type { ShellCommand, ShellScript, ShellWord } from '../shell/index.js';
import { defineRule, type RuleFix } from './rule.js';

/** dash has the option since 0.5.12-7: in Debian 13 and after Ubuntu 24.04 (its Debian changelog; run in Debian 12 and 13). */
function hasNone({ release, shell }: ImageInfo): boolean {
  if (shell !== 'dash' || release === undefined) return false;
  return release.system === 'debian' ? release.version <= 12 : release.system === 'ubuntu' && release.version <= 24.04;
}

/** The word of a `set -o pipefail` that the image's dash reads. */
function pipefailIn(own: InstructionFacts): { readonly word: ShellWord; readonly command: ShellCommand } | undefined {
  const { script, shell } = own;
  if (!script || script.form === 'exec' || script.errors.length > 0) return undefined;
  const isDash = shell.name === 'dash' || shell.name === 'sh';
  for (const command of script.commands) {
    const reads = command.via === undefined ? isDash : command.via === 'sh -c' && startsDash(script, command);
    if (!reads || command.base !== 'set' || (command.via === undefined && !isReached(script, command))) continue;
    const { args } = command;
    const word = args.find(
      ({ value, literal }, index) =>
        literal && value === 'pipefail' && /^-[a-zA-Z]*o$/.test(args[index - 1]?.value ?? ''),
    );
    if (word) return { word, command };
  }
  return undefined;
}

/** Not in a subshell or a condition, where the script may only ask whether the option is there. */
const isReached = (script: ShellScript, { top, item }: ShellCommand): boolean =>
  top &&
  item !== undefined &&
  !item.negated &&
  script.list.items.slice(0, script.list.items.indexOf(item)).every(isPlain);

const isPlain = ({ nodes, operator }: ShellScript['list']['items'][number]): boolean =>
  operator !== '||' && nodes.every(({ kind }) => kind === 'command');

/** `sh -c '…'`, and not `bash -c '…'`. */
const startsDash = (script: ShellScript, inner: ShellCommand): boolean =>
  script.commands.some(
    ({ base, span }) =>
      (base === 'sh' || base === 'dash') && span.start <= inner.span.start && inner.span.end <= span.end,
  ) &&
  !script.commands.some(
    ({ base, span }) => base === 'bash' && span.start <= inner.span.start && inner.span.end <= span.end,
  );

const BASH = 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]';

export default defineRule({
  id: 'pipefail-not-supported',
  codes: ['SC3040'],
  summary: '`set -o pipefail` is used in a dash that does not support it.',
  rationale:
    '/bin/sh of Debian and Ubuntu is dash. Up to Debian 12 and Ubuntu 24.04 it has no `pipefail`, and a shell that meets an unknown option ends at once: “set: Illegal option -o pipefail” (status 2). `|| true` does not help.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12-slim\nRUN set -o «pipefail»; cat /etc/passwd | wc -l\n',
        fixed:
          'FROM debian:12-slim\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN set -o pipefail; cat /etc/passwd | wc -l\n',
      },
      { code: 'FROM ubuntu:24.04\nRUN sh -c "set -o «pipefail»; cat /etc/passwd | wc -l"\n' },
      {
        code: 'FROM node:24-bookworm-slim\nSHELL ["«/bin/sh»", "-o", "pipefail", "-c"]\nRUN node -v | tee /v\n',
        fixed: 'FROM node:24-bookworm-slim\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN node -v | tee /v\n',
      },
      {
        code: 'FROM python:3.13-slim-bookworm\nRUN <<EOF\nset -euo «pipefail»\ncat /etc/passwd | wc -l\nEOF\n',
        fixed:
          'FROM python:3.13-slim-bookworm\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN <<EOF\nset -euo pipefail\ncat /etc/passwd | wc -l\nEOF\n',
      },
    ],
    good: [
      { code: 'FROM debian:13-slim\nRUN set -o pipefail; cat /etc/passwd | wc -l\n', why: 'Its dash has the option.' },
      { code: 'FROM alpine:3.22\nRUN set -o pipefail; cat /etc/passwd | wc -l\n', why: 'So has BusyBox.' },
      {
        code: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN set -o pipefail; cat /etc/passwd | wc -l\n',
        why: 'Bash has it.',
      },
      { code: 'FROM debian:12\nRUN bash -c "set -o pipefail; cat /etc/passwd | wc -l"\n', why: 'Bash again.' },
      {
        code: 'FROM debian:12\nRUN <<EOF\n#!/bin/bash\nset -o pipefail\ncat /etc/passwd | wc -l\nEOF\n',
        why: 'The script says which shell it wants.',
      },
      {
        code: 'FROM debian:12\nRUN (set -o pipefail) 2>/dev/null && set -o pipefail; cat /etc/passwd | wc -l\n',
        why: 'The RUN asks first, in a shell of its own.',
      },
      {
        code: 'FROM debian\nRUN set -o pipefail; cat /etc/passwd | wc -l\n',
        why: 'Which release this is, nobody knows.',
      },
    ],
  },
  reading: 'own',
  stage: { keywords: ['RUN', 'SHELL'], words: ['pipefail'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      if (!hasNone(stage.image)) continue;
      for (const placed of stage.instructions) {
        const { instruction } = placed;
        if (instruction.keyword === 'SHELL') {
          const [program, ...options] = instruction.json ?? [];
          if (!program || !/^(?:\/bin\/)?(?:da)?sh$/.test(program.text)) continue;
          if (!options.some(({ text }) => text === 'pipefail')) continue;
          const span = { start: program.span.start + 1, end: program.span.end - 1 };
          report(placed, {
            span,
            message: `${program.text} in this image does not support \`pipefail\`, so every RUN fails with “Illegal option”. Use /bin/bash.`,
            fixes: [
              {
                title: 'Use /bin/bash',
                safety: 'review',
                edits: [{ span, text: '/bin/bash' }],
                effect: { arguments: true },
              },
            ],
          });
          continue;
        }
        const own = instruction.keyword === 'RUN' ? facts.at(placed) : undefined;
        const found = own && !own.shell.pipefail ? pipefailIn(own) : undefined;
        if (!own || !found || asksForBash(placed)) continue;
        report(placed, {
          span: found.word.span,
          message:
            'sh in this image (dash) does not support `pipefail`, so this RUN fails with “Illegal option”. Use bash.',
          fixes: found.command.via === undefined && !own.shell.explicit ? switchTo(facts, placed) : [],
        });
      }
    }
  },
});

/** A heredoc with a `#!` line of its own. */
const asksForBash = ({ instruction }: Placed): boolean => /^#!/.test(instruction.heredocs[0]?.content ?? '');

const switchTo = (facts: Parameters<typeof insertAbove>[0], placed: Placed): RuleFix[] => [
  {
    title: `Insert ${BASH}`,
    safety: 'review',
    edits: [insertAbove(facts, placed, BASH)],
    effect: { inserts: ['SHELL'] },
  },
];
