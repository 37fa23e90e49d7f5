import type { Instruction } from '../dockerfile/index.js';
import { defineRule, type Report, type RuleFix } from './rule.js';

/** Shells that read their script from the word after -c. */
const POSIX = /^(?:ba|da|a|k|z|mk)?sh$/;
/** One or more short options, with a value for -o taken from the next word: `-c`, `-euxo`. */
const OPTIONS = /^[-+][a-zA-Z]+$/;

const baseName = (path: string): string =>
  path
    .replace(/\\/g, '/')
    .replace(/^.*\//, '')
    .replace(/\.exe$/i, '')
    .toLowerCase();

/** What is wrong with the words of a SHELL, or undefined where RUN can work with it. */
function problemOf(instruction: Instruction): Report | undefined {
  const words = instruction.json ?? [];
  const [program, ...rest] = words;
  const last = words.at(-1);
  if (!program || !last || words.some(({ text }) => text.includes('$'))) return undefined;
  const rewrite = (texts: readonly string[]): RuleFix[] => [
    {
      title: `Change to [${texts.map(text => JSON.stringify(text)).join(', ')}]`,
      safety: 'review',
      edits: [
        {
          span: { start: program.span.start, end: last.span.end },
          text: texts.map(text => JSON.stringify(text)).join(', '),
        },
      ],
      effect: { arguments: true },
    },
  ];
  const split = words.flatMap(({ text }) => text.split(/\s+/));
  // `/bin/bash -c` in one word is the name of a program with a space in it.
  if (words.some(({ text }) => /\s/.test(text)) && POSIX.test(baseName(split[0] ?? '')) && split.every(plain)) {
    return {
      span: instruction.argumentsSpan,
      message: `Each word of SHELL needs quotes of its own: “${words.find(({ text }) => /\s/.test(text))?.text}” is taken for one word, so no RUN works.`,
      fixes: split.includes('-c') ? rewrite(split) : [],
    };
  }
  const name = baseName(program.text);
  if (POSIX.test(name)) {
    if (rest.some(({ text }, index) => takesCommand(text, rest[index - 1]?.text))) return undefined;
    return {
      span: instruction.argumentsSpan,
      message: `Without -c, ${name} treats each RUN as the name of a script. Add "-c" as the last word.`,
      fixes: rewrite([...words.map(({ text }) => text), '-c']),
    };
  }
  if (name !== 'cmd' || rest.some(({ text }) => /^\/[ckCK]/.test(text))) return undefined;
  return {
    span: instruction.argumentsSpan,
    message: 'cmd needs /C to run a command. Add "/C" as the last word.',
    fixes: rewrite([...words.map(({ text }) => text), '/C']),
  };
}

const plain = (word: string): boolean => /^[\w./+-]+$/.test(word);

/** Whether a word tells the shell to run a command. What is not an option is a script that may do anything. */
const takesCommand = (text: string, before: string | undefined): boolean =>
  (OPTIONS.test(text) && text.startsWith('-') && text.includes('c')) ||
  (!/^[-+]/.test(text) && !/^[-+][a-zA-Z]*[oO]$/.test(before ?? ''));

export default defineRule({
  id: 'shell-without-command-option',
  codes: [],
  summary: 'SHELL names a shell in a way that no RUN can work with.',
  rationale:
    'Docker appends the text of each RUN as one more word to those of `SHELL`. A shell takes that word for a command only after `-c` (`/C` for cmd); otherwise it looks for a script of that name and ends with “No such file or directory” (status 127). Words are not split at spaces either: `["/bin/bash -c"]` is one program name.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nSHELL «["/bin/bash", "-o", "pipefail"]»\nRUN echo hi | cat\n',
        fixed: 'FROM debian:13\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN echo hi | cat\n',
      },
      {
        code: 'FROM debian:13\nSHELL «["/bin/bash -c"]»\nRUN id\n',
        fixed: 'FROM debian:13\nSHELL ["/bin/bash", "-c"]\nRUN id\n',
        why: 'One word with a space in it.',
      },
      {
        code: 'FROM debian:13\nSHELL «["/bin/bash", "-o pipefail", "-c"]»\nRUN id\n',
        fixed: 'FROM debian:13\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN id\n',
      },
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL «["cmd", "/S"]»\nRUN dir\n',
        fixed: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL ["cmd", "/S", "/C"]\nRUN dir\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nSHELL ["/bin/bash", "-euxo", "pipefail", "-c"]\nRUN id\n', why: 'The usual form.' },
      { code: 'FROM debian:13\nSHELL ["/bin/bash", "-lc"]\nRUN id\n', why: 'Options may share a dash.' },
      {
        code: 'FROM debian:13\nSHELL ["/bin/bash", "/usr/local/bin/run-with-env.sh"]\nRUN id\n',
        why: 'A script may run its arguments.',
      },
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL ["powershell"]\nRUN Get-Date\n',
        why: 'PowerShell takes a command without an option.',
      },
      { code: 'FROM debian:13\nSHELL ["/usr/bin/env", "bash", "-c"]\nRUN id\n', why: 'env starts bash.' },
    ],
  },
  instruction: { keywords: ['SHELL'] },
  check({ instruction, reading, report }) {
    const problem = reading === 'own' ? problemOf(instruction) : undefined;
    if (problem) report(problem);
  },
});
