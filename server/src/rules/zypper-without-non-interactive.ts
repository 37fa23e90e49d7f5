import { insertAfter } from '../edits/words.js';
import { answersItself, packageActions } from '../facts/packages/in-run.js';
import { hadolintCommands, hadolintHasFlag, wordAt } from '../hadolint/commands.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { defineRule, type Report } from './rule.js';

/** hadolint's reading covers these; others ask just the same. */
const KNOWN = ['install', 'in', 'remove', 'rm', 'source-install', 'si', 'patch'];
const MANAGERS = ['zypper'];

const assumesYes = (command: ShellCommand): boolean => hasFlag(command, 'n', 'y', '--non-interactive', '--no-confirm');

const complaint = (command: ShellCommand, verb: ShellWord): Report => ({
  span: { start: command.span.start, end: verb.span.end },
  message: `Add --non-interactive: ${command.base} cannot ask for confirmation during a build.`,
  fixes: command.editable
    ? [
        {
          title: 'Add --non-interactive',
          safety: 'safe',
          edits: [insertAfter(command.name ?? verb, '--non-interactive')],
        },
      ]
    : [],
});

export default defineRule({
  id: 'zypper-without-non-interactive',
  codes: ['DL3034'],
  summary: '`zypper` without `--non-interactive` stops to ask a question nobody can answer.',
  rationale:
    'A build has no terminal, so the question is read from an empty input and the command gives up. Whether it asks depends on what else it has to install, so the build may work today and fail tomorrow.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper install» httpd && zypper clean\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper --non-interactive install httpd && zypper clean\n',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper up» && zypper clean\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper --non-interactive up && zypper clean\n',
      },
    ],
    good: [
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n install httpd && zypper clean\n', why: 'The short flag.' },
      {
        code: 'FROM opensuse/leap:15.6\nRUN zypper install -y httpd && zypper clean\n',
        why: 'The flag of the verb does as well.',
      },
    ],
  },
  on: ['RUN'],
  mentions: ['zypper'],
  check({ facts, reading, report }) {
    if (reading === 'hadolint') {
      for (const command of hadolintCommands(facts, 'zypper')) {
        const verb = wordAt(command, ...KNOWN);
        if (verb && !hadolintHasFlag(command, 'n', 'non-interactive', 'no-confirm', 'y'))
          report({ ...complaint(command, verb), codes: ['DL3034'] });
      }
      return;
    }
    for (const action of packageActions(facts, 'install', 'upgrade', 'remove')) {
      const { command, verb, manager } = action;
      if (!MANAGERS.includes(manager) || assumesYes(command)) continue;
      const known = KNOWN.includes(verb.value);
      if (answersItself(action)) continue;
      report({ ...complaint(command, verb), codes: known ? ['DL3034'] : [] });
    }
  },
});
