import { APT_ASSUMES_YES } from '../facts/packages/configured.js';
import type { ShellCommand } from '../shell/index.js';
import { countFlag } from '../shell/options.js';
import { reportsQuestions } from './packages/without-yes.js';
import { defineRule } from './rule.js';

// Quiet level 2 implies -y (apt-get(8)); `-y=true` and `--quiet=2` as apt-get reads every option that is on or off.
const saysYes = (command: ShellCommand): boolean =>
  countFlag(command, 'q', '--quiet') >= 2 ||
  command.args.some(({ value }) => /^(?:-y=(?:true|yes|1|on)|--quiet=[2-9])$/.test(value));

export default defineRule({
  id: 'apt-get-install-without-yes',
  codes: ['DL3014', 'DS-0021'],
  summary: '`apt-get install` without `-y` waits for a confirmation that a build cannot give.',
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
  ...reportsQuestions({
    // apt is apt-instead-of-apt-get’s first, but a build that hangs on it is as broken.
    managers: ['apt-get', 'apt'],
    known: ({ manager, verb }) => manager === 'apt-get' && verb.value === 'install',
    setting: APT_ASSUMES_YES,
    saysYes,
    // It asks before it removes something, or repairs something: in a build that works there is nothing.
    isMinor: ({ kind, packages, command }) =>
      kind === 'remove' || (kind === 'install' && packages.length === 0 && command.via === undefined),
  }),
});
