import type { RunPlace } from '../../facts/runs.js';
import type { ShellCommand } from '../../shell/index.js';
import { hasFlag } from '../../shell/options.js';
import { clearCache } from '../packages/clear-cache.js';
import type { Report } from '../rule.js';

export function cleanYarnCache({ instruction, facts }: RunPlace, install: ShellCommand): Report {
  const edit = clearCache(instruction, facts, install, 'yarn cache clean');
  // These options are Yarn 1's; without one the file does not tell which Yarn it is.
  const isClassic = hasFlag(
    install,
    '--frozen-lockfile',
    '--pure-lockfile',
    '--production',
    '--prod',
    '--non-interactive',
    '--ignore-engines',
    '--no-lockfile',
  );
  const word = install.args.find(({ value }) => value === 'install' || value === 'add');
  return {
    span: { start: install.span.start, end: word ? word.span.end : (install.name?.span.end ?? install.span.end) },
    message: 'The Yarn cache stays in the image unused. Run `yarn cache clean` in the same RUN.',
    fixes: edit ? [{ title: 'Add yarn cache clean', safety: isClassic ? 'safe' : 'review', edits: [edit] }] : [],
  };
}
