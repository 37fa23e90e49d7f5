import type { Instruction } from '../dockerfile/index.js';
import type { ShellCommand, ShellScript } from '../shell/index.js';
import { defineRule, type RuleFix } from './rule.js';

/** What a command changes only for the shell that it runs in, and what to use instead; undefined for any other command. */
function lostEffect({ base, args }: ShellCommand): string | undefined {
  const [first] = args;
  switch (base) {
    case 'export':
      return first ? 'Variables that are exported in a RUN end with it. Use ENV.' : undefined;
    case '.':
    case 'source':
      if (/\/activate$/.test(first?.value ?? ''))
        return 'A virtual environment that is activated in a RUN ends with it. Put its bin directory on the PATH with ENV.';
      return /(?:^|\/)(?:\.\w*rc|\.\w*profile|profile|env|\.env|environment)$/.test(first?.value ?? '')
        ? 'What a file that is sourced in a RUN sets ends with it. Use ENV, or source the file in the RUN that needs it.'
        : undefined;
    case 'conda':
    case 'mamba':
      return first?.value === 'activate'
        ? `${base} activate ends with this RUN. Put the bin directory of the environment on the PATH with ENV.`
        : undefined;
    case 'set':
      return first && /^[-+]/.test(first.value)
        ? 'Options that are set in a RUN end with it. Set them with SHELL, or in the RUN that needs them.'
        : undefined;
    case 'alias':
    case 'ulimit':
    case 'umask':
      return first ? `${base} ends with this RUN. Use it in the RUN that needs it.` : undefined;
    default:
      return undefined;
  }
}

/** `export A=1` as an ENV, when its values are plain text. */
function asEnv(instruction: Instruction, { commands }: ShellScript): RuleFix[] {
  const [command] = commands;
  if (commands.length !== 1 || command?.base !== 'export' || instruction.flags.length > 0) return [];
  const isPlain = command.args.every(({ text, literal }) => literal && /^[A-Za-z_]\w*=[^\\`]+$/.test(text));
  if (!isPlain || instruction.comments.length > 0 || command.redirects.length > 0) return [];
  return [
    {
      title: 'Change to ENV',
      safety: 'review',
      edits: [
        {
          span: { start: instruction.keywordSpan.start, end: instruction.argumentsSpan.end },
          text: `ENV ${command.args.map(({ text }) => text).join(' ')}`,
        },
      ],
      effect: { renames: { RUN: 'ENV' }, arguments: true, values: true, commands: true },
    },
  ];
}

export default defineRule({
  id: 'effect-ends-with-run',
  codes: [],
  summary: 'A RUN only changes its own shell, which ends with it.',
  rationale:
    'Each RUN starts a new shell. Variables that it exports, files that it sources, an environment that it activates and options that it sets are gone in the next instruction and in the container; only files stay.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN «export APP_HOME=/srv/app»\n',
        fixed: 'FROM debian:13\nENV APP_HOME=/srv/app\n',
      },
      {
        code: 'FROM python:3.13\nRUN python -m venv /venv\nRUN «. /venv/bin/activate»\nRUN pip install flask==3.1.0\n',
      },
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN «conda activate base»\n' },
      { code: 'FROM debian:13\nRUN «set -o pipefail»\nRUN cat /etc/passwd | wc -l\n' },
    ],
    good: [
      { code: 'FROM debian:13\nRUN export A=1 && make\n', why: 'make sees the variable.' },
      { code: 'FROM python:3.13\nRUN . /venv/bin/activate && pip install flask==3.1.0\n', why: 'pip runs in it.' },
      { code: 'FROM debian:13\nRUN . /setup.sh\n', why: 'The script may do more than set variables.' },
      { code: 'FROM debian:13\nRUN conda init bash\n', why: 'This changes a file.' },
      { code: 'FROM debian:13\nRUN export -p > /env\n', why: 'The output is kept.' },
    ],
  },
  reading: 'own',
  instruction: {
    keywords: ['RUN'],
    words: [
      'export',
      'activate',
      'source',
      'set',
      'alias',
      'ulimit',
      'umask',
      'bashrc',
      'profile',
      'env',
      'environment',
    ],
    triggers: false,
  },
  check({ instruction, facts, report }) {
    const { script } = facts;
    if (!script || script.form === 'exec' || script.errors.length > 0) return;
    const { commands } = script;
    if (commands.some(({ top, redirects }) => !top || redirects.length > 0)) return;
    const effects = commands.map(lostEffect);
    const message = effects.find(effect => effect !== undefined);
    // `set -e; export A=1` as well, but not where another command uses what is set.
    if (message === undefined || !effects.every((effect, index) => effect ?? commands[index]?.base === 'true')) return;
    const [first] = commands;
    const last = commands.at(-1);
    if (!first || !last) return;
    report({ span: { start: first.span.start, end: last.span.end }, message, fixes: asEnv(instruction, script) });
  },
});
