import type { ShellCommand } from '../shell/index.js';
import { defineRule } from './rule.js';
import { countFlag, hasFlag } from './support/commands.js';
import { insertAfter } from './support/edits.js';
import { answersItself, packageActions } from './support/packages.js';
import { isSeenBy } from './support/runs.js';

// Quiet level 2 implies -y (apt-get(8)).
const assumesYes = (command: ShellCommand): boolean =>
  hasFlag(command, 'y', '--yes', '--assume-yes', '-q=2') || countFlag(command, 'q', '--quiet') >= 2;

export default defineRule({
  id: 'apt-get-install-without-yes',
  codes: ['DL3014', 'DS-0021'],
  summary: '`apt-get install` without `-y` stops to ask a question nobody can answer.',
  rationale:
    'A build has no terminal, so apt-get reads end-of-file at its prompt and aborts. Whether it asks depends on what else it has to install, so the build may work today and fail tomorrow.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get update && «apt-get install» curl\n',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get --no-install-recommends install» \\\n    curl\n',
        fixed: 'FROM debian:12\nRUN apt-get --no-install-recommends install -y \\\n    curl\n',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get purge» curl && «apt-get autoremove»\n',
        fixed: 'FROM debian:12\nRUN apt-get purge -y curl && apt-get autoremove -y\n',
        why: 'Removing and upgrading asks too.',
      },
    ],
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -qy curl\n', why: 'Short flags may be bundled.' },
      { code: 'FROM debian:12\nRUN echo "apt-get install curl"\n', why: 'A string is not a command.' },
      { code: 'FROM debian:12\nRUN yes | apt-get install curl\n', why: 'Something else answers.' },
      { code: 'FROM debian:12\nRUN apt-get -o APT::Get::Assume-Yes=true install curl\n', why: 'An option by name.' },
    ],
  },
  on: ['RUN'],
  check({ facts, reading, report }) {
    for (const action of packageActions(facts, 'install', 'upgrade', 'remove')) {
      const { command, verb, manager } = action;
      // apt is apt-instead-of-apt-get’s first, but a build that hangs on it is as broken.
      if (manager !== 'apt-get' && !(manager === 'apt' && reading !== 'hadolint')) continue;
      if (assumesYes(command)) continue;
      const isKnown = manager === 'apt-get' && verb.value === 'install';
      if (
        reading === 'hadolint'
          ? !isKnown || !isSeenBy(reading, command)
          : answersItself(action) || hasFlag(command, 's', 'd')
      )
        continue;
      report({
        span: { start: command.span.start, end: verb.span.end },
        message: `Add -y: ${manager} cannot ask for confirmation during a build.`,
        fixes: command.editable ? [{ title: 'Add -y', safety: 'safe', edits: [insertAfter(verb, '-y')] }] : [],
        codes: isKnown ? ['DL3014', 'DS-0021'] : [],
      });
    }
  },
});
