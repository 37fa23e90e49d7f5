import { runsOf } from '../facts/runs.js';
import { commandsSeenBy } from '../hadolint/commands.js';
import type { ShellCommand } from '../shell/index.js';
import { reportLeftBehind, ZYPPER_CACHE } from './packages/caches.js';
import { defineRule } from './rule.js';

const isZypper = (command: ShellCommand, ...words: readonly string[]): boolean =>
  command.base === 'zypper' && command.args.some(word => words.includes(word.value));
const isInstall = (command: ShellCommand): boolean => isZypper(command, 'install', 'in');
const isCleanUp = (command: ShellCommand): boolean => isZypper(command, 'clean', 'cc');

export default defineRule({
  id: 'zypper-cache-left',
  codes: ['DL3036', 'DS-0020'],
  summary: 'The cache of `zypper` stays in the image.',
  rationale:
    'Downloaded packages and metadata are kept in the layer for good: a later RUN cannot shrink it. Clean up at the end of the same RUN, or keep them in a cache mount.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper install» -y httpd\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper install -y httpd \\\n    && zypper clean --all\n',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper -n in» httpd \\\n && make\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper -n in httpd \\\n && make \\\n && zypper clean --all\n',
      },
    ],
    good: [
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n in httpd && zypper cc -a\n', why: 'Short names count.' },
      {
        code: 'FROM opensuse/leap:15.6\nRUN --mount=type=cache,target=/var/cache/zypp zypper -n in httpd\n',
        why: 'A cache mount keeps it out of the layer.',
      },
    ],
  },
  mentions: ['zypper'],
  scope: 'layers',
  checkFile({ facts, reading, report }) {
    for (const run of runsOf(facts)) {
      const own = reportLeftBehind(facts, run, ZYPPER_CACHE);
      if (reading !== 'hadolint') {
        if (own) report(run.placed, own);
        continue;
      }
      const commands = commandsSeenBy('hadolint', run.facts);
      const index = commands.findIndex(isInstall);
      const install = commands[index];
      if (!install || commands.slice(index + 1).some(isCleanUp)) continue;
      if (
        run.facts.mounts.some(
          mount => (mount.type === 'cache' || mount.type === 'tmpfs') && mount.target?.includes('/var/cache/zypp'),
        )
      )
        continue;
      report(run.placed, {
        span: install.span,
        message: 'Append “zypper clean --all” to this RUN: the package cache would stay in the image for good.',
        fixes: own?.fixes ?? [],
      });
    }
  },
});
