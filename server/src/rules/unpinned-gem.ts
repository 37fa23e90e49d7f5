import { packageActions } from '../facts/packages/in-run.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { sayVersion } from './packages/unpinned.js';
import { defineRule } from './rule.js';

const isFixed = (word: ShellWord): boolean =>
  word.value.includes(':') || /\.gem$|^[./~]/.test(word.value) || word.variables.length > 0 || /[$`]/.test(word.text);

/** What is after `--` are options for building, not gems. */
function gems(command: ShellCommand, packages: readonly ShellWord[]): readonly ShellWord[] {
  const end = command.args.find(word => word.value === '--')?.span.start ?? Number.POSITIVE_INFINITY;
  return packages.filter(word => word.span.start < end);
}

export default defineRule({
  id: 'unpinned-gem',
  codes: ['DL3028'],
  summary: 'A gem is installed without a pinned version.',
  rationale:
    'Without a version RubyGems installs the newest release on the day of the build, so builds of the same file differ. Write `gem install name:version`, or use a Gemfile with its lock file.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'warning',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM ruby:3.4\nRUN gem install «bundler»\n' },
      { code: 'FROM ruby:3.4\nRUN gem i rake:13.2.1 «nokogiri» -- --use-system-libraries\n' },
    ],
    good: [
      { code: 'FROM ruby:3.4\nRUN gem install bundler:2.6.2\n', why: 'The version is given.' },
      { code: "FROM ruby:3.4\nRUN gem install bundler -v '2.6.2'\n", why: 'The version may be an option.' },
      { code: 'FROM ruby:3.4\nRUN gem install ./pkg/acme-1.0.0.gem\n', why: 'A file is one version.' },
    ],
  },
  instruction: { keywords: ['RUN'], words: ['gem'] },
  check({ facts, report }) {
    for (const { command, manager, verb, packages } of packageActions(facts, 'install')) {
      if (manager !== 'gem' || (verb.value !== 'install' && verb.value !== 'i')) continue;
      if (hasFlag(command, '-v', '--version')) continue;
      sayVersion(
        gems(command, packages).filter(word => !isFixed(word)),
        'gem install name:version',
      ).forEach(report);
    }
  },
});
