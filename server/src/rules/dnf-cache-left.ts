import { runsOf } from '../facts/runs.js';
import { commandsSeenBy } from '../hadolint/commands.js';
import type { ShellCommand } from '../shell/index.js';
import { DNF_CACHE, reportLeftBehind } from './packages/caches.js';
import { defineRule } from './rule.js';

const FILLS = ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'];
const has = (command: ShellCommand, ...words: readonly string[]): boolean =>
  command.args.some(word => words.includes(word.value));
const isInstall = (command: ShellCommand, tool: string): boolean => command.base === tool && has(command, ...FILLS);
const isCleanUp = (command: ShellCommand, tool: string): boolean =>
  (command.base === tool && has(command, 'clean', 'all')) ||
  (command.base === 'rm' && has(command, '-rf', '/var/cache/libdnf5*'));

export default defineRule({
  id: 'dnf-cache-left',
  codes: ['DL3040', 'DS-0019'],
  summary: 'The cache of `dnf` or `microdnf` stays in the image.',
  rationale:
    'Downloaded packages and metadata are kept in the layer for good: a later RUN cannot shrink it. Clean up at the end of the same RUN, or keep them in a cache mount.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  minor: true,
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM fedora:42\nRUN «dnf install» -y httpd\n',
        fixed: 'FROM fedora:42\nRUN dnf install -y httpd \\\n    && dnf clean all\n',
      },
      {
        code: 'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN «microdnf install» -y \\\n    tar\n',
        fixed:
          'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN microdnf install -y \\\n    tar \\\n    && microdnf clean all\n',
      },
      {
        code: 'FROM fedora:42\nRUN «dnf install» -y httpd && rm -rf /tmp/x\n',
        fixed: 'FROM fedora:42\nRUN dnf install -y httpd && rm -rf /tmp/x && dnf clean all\n',
        why: 'Some other `rm -rf` cleans nothing.',
      },
    ],
    good: [
      {
        code: 'FROM fedora:42\nRUN dnf install -y httpd && rm -rf /var/cache/libdnf5\n',
        why: 'Removing the directory does as well.',
      },
      {
        code: 'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y httpd\n',
        why: 'A cache mount keeps it out of the layer.',
      },
    ],
  },
  mentions: ['dnf', 'microdnf', 'tdnf'],
  scope: 'layers',
  checkFile({ facts, reading, report }) {
    for (const run of runsOf(facts)) {
      const own = reportLeftBehind(facts, run, DNF_CACHE);
      if (reading !== 'hadolint') {
        if (own) report(run.placed, own);
        continue;
      }
      if (
        run.facts.mounts.some(
          mount =>
            (mount.type === 'cache' || mount.type === 'tmpfs') &&
            /(?:\/var\/cache|\.cache)\/libdnf5/.test(mount.target ?? ''),
        )
      )
        continue;
      const commands = commandsSeenBy('hadolint', run.facts);
      for (const tool of ['dnf', 'microdnf']) {
        const index = commands.findIndex(command => isInstall(command, tool));
        const install = commands[index];
        if (!install || commands.slice(index + 1).some(command => isCleanUp(command, tool))) continue;
        report(run.placed, {
          span: install.span,
          message: `Append “${tool} clean all” to this RUN: the package cache would stay in the image for good.`,
          fixes: own?.fixes ?? [],
        });
      }
    }
  },
});
