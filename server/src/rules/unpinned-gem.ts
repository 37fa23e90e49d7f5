import { packageActions } from '../facts/packages/in-run.js';
import { hadolintCommands, hadolintHasFlag, hasWord } from '../hadolint/commands.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { listed } from '../text/listed.js';
import { defineRule, type Report } from './rule.js';

const isFixed = (word: ShellWord): boolean =>
  word.value.includes(':') || /\.gem$|^[./~]/.test(word.value) || word.variables.length > 0 || /[$`]/.test(word.text);

/** hadolint takes the word behind every option for the option's value. */
function hadolintGems(command: ShellCommand): readonly ShellWord[] {
  if (!hasWord(command, 'install', 'i') || hasWord(command, '-v') || hadolintHasFlag(command, 'version')) return [];
  const end = command.args.findIndex(word => word.value === '--');
  const words = command.args.slice(0, end < 0 ? undefined : end);
  let isValue = false;
  return words.filter(({ value }) => {
    const isOption = !isValue && value.startsWith('-');
    const counts = !isValue && !isOption && value !== 'install' && value !== 'i' && !value.includes(':');
    isValue = isOption;
    return counts;
  });
}

function complaint(unpinned: readonly ShellWord[]): Report[] {
  const [first] = unpinned;
  if (!first) return [];
  const names = listed(unpinned.map(word => word.value));
  return [{ span: first.span, message: `Say which version to install (${names}): gem install name:version.` }];
}

/** What stands behind `--` are options for building, not gems. */
function gems(command: ShellCommand, packages: readonly ShellWord[]): readonly ShellWord[] {
  const end = command.args.find(word => word.value === '--')?.span.start ?? Number.POSITIVE_INFINITY;
  return packages.filter(word => word.span.start < end);
}

export default defineRule({
  id: 'unpinned-gem',
  codes: ['DL3028'],
  summary: 'A gem is installed without saying which version.',
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
  on: ['RUN'],
  mentions: ['gem'],
  check({ facts, reading, report }) {
    if (reading === 'hadolint') {
      for (const command of hadolintCommands(facts, 'gem')) complaint(hadolintGems(command)).forEach(report);
      return;
    }
    for (const { command, manager, verb, packages } of packageActions(facts, 'install')) {
      if (manager !== 'gem' || (verb.value !== 'install' && verb.value !== 'i')) continue;
      if (hasFlag(command, '-v', '--version')) continue;
      complaint(gems(command, packages).filter(word => !isFixed(word))).forEach(report);
    }
  },
});
