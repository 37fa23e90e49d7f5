import { insert, insertAfter, replace } from '../edits/words.js';
import { packageActionsOf } from '../facts/index.js';
import { commandsSeenBy } from '../hadolint/commands.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import { defineRule, type FixEdit, type RuleFix } from './rule.js';

const SAME = new Set([
  'install',
  'reinstall',
  'update',
  'upgrade',
  'full-upgrade',
  'remove',
  'purge',
  'autoremove',
  'autopurge',
  'clean',
  'autoclean',
  'build-dep',
  'satisfy',
  'source',
  'download',
  'changelog',
]);
const QUERIES = new Set(['search', 'show', 'policy', 'depends', 'rdepends', 'showsrc']);

const isApt = ({ base }: ShellCommand): boolean => base === 'apt';

/** What to change for one command; nothing where apt-get has nothing of the kind. */
function editsFor({ name, editable }: ShellCommand, verb: ShellWord): readonly FixEdit[] {
  if (!name || !editable || name.quoted || !SAME.has(verb.value)) return [];
  const edits = [insert(name.span.end, '-get')];
  // apt installs new dependencies while upgrading; apt-get does so only when told (apt(8)).
  if (verb.value === 'upgrade') edits.push(insertAfter(verb, '--with-new-pkgs'));
  if (verb.value === 'full-upgrade') edits.push(replace(verb.span, 'dist-upgrade'));
  return edits;
}

/** All of a RUN at once. The output of apt-cache differs, so questions are not changed unasked. */
function fixesFor(commands: readonly ShellCommand[]): RuleFix[] {
  const actions = commands.flatMap(command => packageActionsOf(command) ?? []);
  const edits = actions.flatMap(({ command, verb }) => editsFor(command, verb));
  const effect = { commands: 'words' } as const;
  if (edits.length > 0) return [{ title: 'Use apt-get', safety: 'safe', edits, effect }];
  const queries = actions.flatMap(({ command, verb }) =>
    command.name && command.editable && !command.name.quoted && QUERIES.has(verb.value)
      ? [insert(command.name.span.end, '-cache')]
      : [],
  );
  return queries.length > 0 ? [{ title: 'Use apt-cache', safety: 'manual', edits: queries, effect }] : [];
}

export default defineRule({
  id: 'apt-instead-of-apt-get',
  codes: ['DL3027', 'CKV_DOCKER_9'],
  summary: '`apt` is meant for interactive use; scripts should use `apt-get`.',
  rationale:
    'apt says so itself: “apt does not have a stable CLI interface. Use with caution in scripts.” Its options and output may change from one release to the next, while apt-get and apt-cache promise to stay as they are ([apt(8)](https://manpages.debian.org/stable/apt/apt.8.en.html#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS)).',
  category: 'correctness',
  severity: 'info',
  minor: true,
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN «apt» update && apt install -y curl\n',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      },
      {
        code: 'FROM debian:12\nRUN «apt» -y upgrade\n',
        fixed: 'FROM debian:12\nRUN apt-get -y upgrade --with-new-pkgs\n',
      },
      {
        code: 'FROM debian:12\nRUN «apt» show curl\n',
        fixed: 'FROM debian:12\nRUN apt-cache show curl\n',
        why: 'Questions go to apt-cache.',
      },
    ],
    good: [
      { code: 'FROM debian:12\nRUN apt-get update\n', why: 'That is the one for scripts.' },
      { code: 'FROM debian:12\nRUN ls /etc/apt\n', why: 'A path is not a command.' },
    ],
  },
  instruction: { keywords: ['RUN'], words: ['apt'] },
  check({ facts, reading, report }) {
    const all = commandsSeenBy(reading, facts);
    if (!all.some(isApt)) return;
    const commands = all.filter(isApt);
    const name = commands[0]?.name;
    if (!name) return;
    report({
      span: name.span,
      message: 'The options and output of `apt` may change between releases. Use `apt-get`.',
      fixes: fixesFor(commands),
    });
  },
});
