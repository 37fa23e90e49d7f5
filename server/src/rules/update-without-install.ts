import { mergeRuns } from '../edits/merge-runs.js';
import { insert } from '../edits/words.js';
import { isMounted, type PackageAction, packageActionsOf } from '../facts/index.js';
import { packageActions } from '../facts/packages/in-run.js';
import { packageManager, subcommandInfo } from '../facts/packages/managers.js';
import { runsOf } from '../facts/runs.js';
import type { ShellCommand } from '../shell/index.js';
import { defineRule, type Report } from './rule.js';
import { moveDown } from './update-without-install/move-run.js';

/** Where each package manager keeps what it knows of the archive; programs that read the same files share a row. */
const INDEXES: readonly { readonly managers: readonly string[]; readonly path: string }[] = [
  { managers: ['apt-get', 'apt', 'aptitude'], path: '/var/lib/apt/lists' },
  { managers: ['apk'], path: '/var/cache/apk' },
  { managers: ['dnf', 'yum', 'microdnf', 'tdnf'], path: '/var/cache/dnf' },
  { managers: ['zypper'], path: '/var/cache/zypp' },
];

/** Commands that do not use an index, so that they may follow without making it worth having. */
const IDLE = new Set(['echo', 'true', ':', 'rm', 'sleep', 'date', 'printf', 'set']);

const isIdle = (command: ShellCommand): boolean =>
  IDLE.has(command.base) || packageActionsOf(command)?.kind === 'clean';

export default defineRule({
  id: 'update-without-install',
  codes: ['DS-0017', 'CKV_DOCKER_5'],
  summary: 'The package index is updated in a separate RUN from the installation.',
  rationale:
    'The layer with the index is taken from the cache as long as its line stays the same, while the next RUN changes: months later the installation works from a stale index and fails with “404 not found” or installs old, vulnerable versions. [Docker’s advice](https://docs.docker.com/build/building/best-practices/#apt-get) is to do both in one RUN.',
  category: 'reproducibility',
  practice: 'few-layers',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN «apt-get update»\nRUN apt-get install -y curl\n',
        fixed: 'FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y curl\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN «apk update»\n# for the editor\nRUN apk add \\\n  emacs\n',
        fixed: 'FROM alpine:3.22\nRUN apk update \\\n# for the editor\n  && apk add \\\n  emacs\n',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get update» -qq\nENV A=1\nRUN apt-get install -y \\\n  curl\n',
        fixed: 'FROM debian:12\nENV A=1\nRUN apt-get update -qq \\\n  && apt-get install -y \\\n  curl\n',
        why: 'Something is in between.',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get update»\nENV A=1\nRUN apt-get install -y curl; apt-get install -y git\n',
        why: 'In front of that a failure would go unnoticed.',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get update»\nRUN cd /tmp && apt-get install -y curl\n',
        why: 'The two cannot be merged as they are.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk update \\\n    «apk» add --no-cache curl\n',
        fixed: 'FROM alpine:3.22\nRUN apk update \\\n    && apk add --no-cache curl\n',
        why: 'Without && the second line belongs to the first command.',
      },
    ],
    good: [
      { code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n', why: 'Both are one step.' },
      { code: 'FROM debian:12\nRUN apt-get update && ./install.sh\n', why: 'The script may install.' },
      {
        code: 'FROM rockylinux:9\nRUN yum update -y\n',
        why: 'That upgrades packages; it does not only refresh the index.',
      },
      {
        code: 'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n',
        why: 'The lists live in a cache, not in the layer.',
      },
      {
        code: 'FROM debian:12\nRUN echo "deb [trusted=yes] file:///tmp/build ./" > /etc/apt/sources.list.d/a.list && apt-get update\n',
        why: 'The packages and their index come from the build itself.',
      },
    ],
  },
  stage: { keywords: ['RUN'], words: ['update', 'makecache', 'ref'] },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      const { commands } = run.facts;
      const update = packageActions(run.facts, 'update').find(action => isAlone(action, commands));
      const index = update && INDEXES.find(row => row.managers.includes(update.manager));
      for (const lost of packageActions(run.facts, 'update').map(swallowedIn)) {
        if (lost) report(run.placed, lost);
      }
      if (!update || !index || swallowedIn(update) || isMounted(run.instruction, index.path)) continue;
      // Packages that the build itself puts beside an index of its own are as fresh as they are ever going to be.
      if (/\bdpkg-scanpackages\b|\b(?:file|copy|cdrom):\//.test(run.instruction.text)) continue;
      const next = run.onbuild ? undefined : facts.next(run.placed);
      const installs =
        next !== undefined &&
        packageActions(facts.at(next), 'install', 'upgrade').some(action => index.managers.includes(action.manager));
      const merge = next && installs ? mergeRuns(facts, run.placed, next) : undefined;
      const move = next && !installs ? moveDown(facts, run, index.managers) : undefined;
      const fixes = [merge && { ...merge, title: merge.title.replace('RUN above', 'RUN below') }, move].filter(
        fix => fix !== undefined,
      );
      report(run.placed, {
        span: { start: update.command.span.start, end: update.verb.span.end },
        message: `A cached layer keeps an outdated package index. Run \`${update.manager} ${update.verb.value}\` in the same RUN as the installation.`,
        fixes,
      });
    }
  },
});

/** `apk update`, and on the next line `apk add x` without `&&`: the second command is none. */
function swallowedIn({ command, verb, manager }: PackageAction): Report | undefined {
  const from = command.args.indexOf(verb) + 1;
  const next = command.args.slice(from).find((word, place, rest) => {
    const follower = packageManager(word.value);
    const action = rest[place + 1]?.value;
    return follower !== undefined && action !== undefined && subcommandInfo(follower, action) !== undefined;
  });
  if (!next) return undefined;
  return {
    span: next.span,
    severity: 'error',
    codes: [],
    message: `All of this is passed as arguments to ${manager} ${verb.value}. Put \`&&\` before ${next.value}.`,
    fixes: command.editable
      ? [
          {
            title: 'Insert &&',
            safety: 'review',
            effect: { commands: true },
            edits: [insert(next.span.start, '&& ')],
          },
        ]
      : [],
  };
}

/** Nothing that could use the index follows in the same RUN. */
function isAlone(update: PackageAction, commands: readonly ShellCommand[]): boolean {
  const from = commands.indexOf(update.command);
  return (
    update.command.top &&
    commands.slice(from + 1).every(command => isIdle(command) || packageActionsOf(command)?.kind === 'update')
  );
}
