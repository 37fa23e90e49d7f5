import type { ShellCommand, ShellWord } from '../shell/index.js';
import { defineRule } from './rule.js';
import { hasFlag } from './support/commands.js';
import { seenByHadolint } from './support/hadolint.js';
import { listed } from './support/listed.js';
import { packageActions } from './support/packages.js';

const isFixed = (word: ShellWord): boolean =>
  word.value.includes(':') || /\.gem$|^[./~]/.test(word.value) || word.variables.length > 0 || /[$`]/.test(word.text);

/** hadolint takes the word behind every option for the option's value. */
function hadolintGems(command: ShellCommand): ShellWord[] {
  const end = command.args.findIndex(word => word.value === '--');
  const words = command.args.slice(1, end < 0 ? undefined : end);
  return words.filter(
    (word, index) => !word.value.startsWith('-') && !(words[index - 1]?.value.startsWith('-') ?? false),
  );
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
  check({ facts, reading, report }) {
    for (const { command, manager, verb, packages } of packageActions(facts, 'install')) {
      if (manager !== 'gem' || (verb.value !== 'install' && verb.value !== 'i')) continue;
      if (reading === 'hadolint' && !seenByHadolint(command)) continue;
      if (hasFlag(command, '-v', '--version')) continue;
      const words = reading === 'hadolint' ? hadolintGems(command) : gems(command, packages);
      const unpinned = words.filter(word => !isFixed(word));
      const [first] = unpinned;
      if (!first) continue;
      const names = listed(unpinned.map(word => word.value));
      report({ span: first.span, message: `Say which version to install (${names}): gem install name:version.` });
    }
  },
});
