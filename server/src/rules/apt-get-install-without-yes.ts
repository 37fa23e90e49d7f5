import { APT_ASSUMES_YES, mayBeConfigured } from '../facts/packages/configured.js';
import { answersItself, packageActions } from '../facts/packages/in-run.js';
import { runsOf } from '../facts/runs.js';
import { hadolintCommands, wordAt } from '../hadolint/commands.js';
import { aptGetSaysYes } from '../hadolint/packages.js';
import type { ShellCommand } from '../shell/index.js';
import { countFlag, hasFlag } from '../shell/options.js';
import { addYes } from './packages/assume-yes.js';
import { defineRule } from './rule.js';

// Quiet level 2 implies -y (apt-get(8)).
const assumesYes = (command: ShellCommand): boolean =>
  hasFlag(command, 'y', '--yes', '--assume-yes', '-q=2') || countFlag(command, 'q', '--quiet') >= 2;

/** `-y=true` and `--quiet=2`, as apt-get reads every option that is on or off. */
const assumesYesByValue = (command: ShellCommand): boolean =>
  command.args.some(({ value }) => /^(?:-y=(?:true|yes|1|on)|--quiet=[2-9])$/.test(value));

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
      { code: 'FROM debian:12\nRUN apt-get install --quiet=2 curl\n', why: 'That quiet means yes.' },
      {
        code: 'FROM debian:12\nRUN echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90yes\nRUN apt-get install curl\n',
        why: 'It is configured.',
      },
    ],
  },
  mentions: ['apt'],
  scope: 'stage',
  checkFile({ facts, reading, report }) {
    for (const run of runsOf(facts)) {
      if (reading === 'hadolint') {
        for (const command of hadolintCommands(run.facts, 'apt-get')) {
          const verb = wordAt(command, 'install');
          if (verb && !aptGetSaysYes(command)) report(run.placed, addYes(command, verb));
        }
        continue;
      }
      for (const action of packageActions(run.facts)) {
        const { command, verb, manager, kind, packages } = action;
        // apt is apt-instead-of-apt-get’s first, but a build that hangs on it is as broken.
        if (manager !== 'apt-get' && manager !== 'apt') continue;
        if (
          (kind !== 'install' && kind !== 'upgrade' && kind !== 'remove') ||
          assumesYes(command) ||
          answersItself(action) ||
          assumesYesByValue(command) ||
          hasFlag(command, 's', 'd') ||
          mayBeConfigured(facts, run, APT_ASSUMES_YES)
        )
          continue;
        const isKnown = manager === 'apt-get' && verb.value === 'install';
        // It asks before it removes something, or repairs something: in a build that works there is nothing.
        const minor = kind === 'remove' || (kind === 'install' && packages.length === 0 && command.via === undefined);
        report(run.placed, { ...addYes(command, verb), minor, ...(isKnown ? {} : { codes: [] }) });
      }
    }
  },
});
