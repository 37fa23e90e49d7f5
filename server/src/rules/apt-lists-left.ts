import { appendCommand } from '../edits/append.js';
import { mergeRuns } from '../edits/merge-runs.js';
import { insert } from '../edits/words.js';
import { type FileFacts, isMounted, type PackageAction } from '../facts/index.js';
import { packageActions } from '../facts/packages/in-run.js';
import { startsNothing } from '../facts/programs/start-commands.js';
import { laterRuns, type RunPlace, runsOf } from '../facts/runs.js';
import { callsScriptLater, isNeededLater, needsOlderLists, reportLeftBehind } from './packages/cache-left.js';
import { APT_LISTS } from './packages/caches.js';
import { defineRule, type Report, type RuleFix } from './rule.js';

const MOUNTS = [
  '--mount=type=cache,target=/var/cache/apt,sharing=locked',
  '--mount=type=cache,target=/var/lib/apt,sharing=locked',
];

const NEEDED =
  'The package lists stay in the image, and a later RUN installs from them. Run `apt-get update` in that RUN too, then remove the lists here.';

const MAY_BE_NEEDED =
  'The package lists stay in the image. Remove them here, unless a script that a later RUN calls installs from them.';

const isApt = (action: PackageAction): boolean => APT_LISTS.managers.includes(action.manager);

// The official Debian and Ubuntu images delete downloads after each command, so a cache would stay empty.
function cacheMounts(file: FileFacts, run: RunPlace): RuleFix[] {
  const { instruction, facts } = run;
  // What is in a mount is not there for a RUN without it, and what it downloads would now stay in its layer.
  if (laterRuns(file, run).some(downloadsToLayer)) return [];
  const first = facts.script?.list.items[0];
  if (instruction.flags.length > 0 || !first || facts.script?.form !== 'shell') return [];
  // What runs in the background would do so together with the command that is put before it.
  if (facts.script.list.items.some(item => item.background)) return [];
  const command = facts.commands.find(one => one.top && one.editable);
  if (!command) return [];
  return [
    {
      title: 'Use cache mounts for apt',
      safety: 'manual',
      edits: [
        insert(
          first.span.start,
          [...MOUNTS, 'rm -f /etc/apt/apt.conf.d/docker-clean && '].join(` ${instruction.escape}\n    `),
        ),
      ],
      effect: { flags: true, prepends: true },
    },
  ];
}

const downloadsToLayer = ({ instruction, facts }: RunPlace): boolean =>
  !isMounted(instruction, '/var/cache/apt') &&
  packageActions(facts).some(action => isApt(action) && (action.kind === 'install' || action.kind === 'upgrade'));

function ownReport(file: FileFacts, run: RunPlace): Report | undefined {
  const actions = packageActions(run.facts).filter(isApt);
  // Lists fetched by a RUN of their own are for the next one: update-without-install.
  if (
    !actions.some(action => action.kind === 'install' || action.kind === 'upgrade') &&
    run.facts.commands.length <= actions.length
  )
    return undefined;
  const report = reportLeftBehind(file, run, APT_LISTS);
  if (!report) return undefined;
  if (callsScriptLater(file, run)) return { ...report, message: MAY_BE_NEEDED, severity: 'hint', fixes: [] };
  const cleanUp = report.fixes ?? [];
  return {
    ...report,
    ...(isNeededLater(file, run) ? { message: NEEDED } : {}),
    fixes: [...(cleanUp.length > 0 ? cleanUp : mergedCleanUp(file, run)), ...cacheMounts(file, run)],
  };
}

/** The next RUN installs from the same lists: both become one RUN, with the clean-up at its end. */
function mergedCleanUp(file: FileFacts, run: RunPlace): RuleFix[] {
  const next = run.onbuild ? undefined : file.next(run.placed);
  const user = next && runsOf(file).find(other => other.placed === next);
  if (!user || !needsOlderLists(user) || isNeededLater(file, user)) return [];
  const merge = mergeRuns(file, run.placed, user.placed);
  const { script, shell } = user.facts;
  const last = packageActions(user.facts).findLast(isApt);
  const clean =
    script && last && appendCommand(user.instruction, script, shell, last.command, APT_LISTS.clean(last), 'own line');
  // Braces would have to take the clean-up in.
  if (merge?.safety !== 'safe' || !clean) return [];
  return [
    {
      ...merge,
      title: 'Merge with the RUN below, and remove the lists at its end',
      safety: 'review',
      edits: [...merge.edits, { ...clean, at: user.placed }],
    },
  ];
}

export default defineRule({
  id: 'apt-lists-left',
  codes: ['DL3009'],
  summary: 'The lists that `apt-get update` downloads stay in the image.',
  rationale:
    'They take 20 to 50 MB, are of no use once the packages are installed, and go stale at once. A layer keeps what a RUN leaves behind even if a later RUN deletes it, so the clean-up has to end the very RUN that runs `apt-get update`, or the lists have to live in a cache mount.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN «apt-get update» && apt-get install -y curl\n',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM debian:12\nRUN set -e; \\\n    «apt-get update» && \\\n    apt-get install -y curl\n',
        fixed:
          'FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt,sharing=locked \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && set -e; \\\n    apt-get update && \\\n    apt-get install -y curl\n',
        fix: 1,
        why: 'The other way: the mounts keep both for the next build.',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get update» \\\n  && apt-get install -y \\\n    curl \\\n    # for the health check\n    jq\n',
        fixed:
          'FROM debian:12\nRUN apt-get update \\\n  && apt-get install -y \\\n    curl \\\n    # for the health check\n    jq \\\n  && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM debian:12\nRUN set -eux; \\\n\t«apt-get update»; \\\n\tapt-get install -y curl\n',
        fixed:
          'FROM debian:12\nRUN set -eux; \\\n\tapt-get update; \\\n\tapt-get install -y curl; \\\n\trm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM debian:12\nRUN <<EOF\nset -e\n«apt-get update»\napt-get install -y curl\nEOF\n',
        fixed:
          'FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nrm -rf /var/lib/apt/lists/*\nEOF\n',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get update» && apt-get install -y curl\nRUN apt-get install -y jq\n',
        fixed:
          'FROM debian:12\nRUN apt-get update && apt-get install -y curl \\\n    && apt-get install -y jq \\\n    && rm -rf /var/lib/apt/lists/*\n',
        why: 'The second RUN needs the lists.',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get update» && apt-get install -y curl\nCOPY . /app\nRUN apt-get install -y jq\n',
        why: 'The second RUN needs the lists and cannot be merged, so nothing is offered.',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get update» && apt-get install -y curl\nCOPY deps.sh /\nRUN chmod +x /deps.sh && /deps.sh\n',
        why: 'The script may install from the lists; only a hint.',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get update» && apt-get install -y curl\nCOPY deps.sh /\nRUN apt-get update && sh /deps.sh && rm -rf /var/lib/apt/lists/*\n',
        fixed:
          'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nCOPY deps.sh /\nRUN apt-get update && sh /deps.sh && rm -rf /var/lib/apt/lists/*\n',
        why: 'The script gets lists of its own.',
      },
    ],
    good: [
      {
        code: 'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM scratch\nCOPY --from=build /a /a\n',
        why: 'The layers of a builder are thrown away.',
      },
      {
        code: 'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update && apt-get install -y jq\n',
        why: 'A cache mount keeps them out of the layer.',
      },
      {
        code: 'FROM debian:12\nRUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/*\n',
        why: 'A wider pattern removes them too.',
      },
    ],
  },
  stage: { words: ['apt'] },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      const found = ownReport(facts, run);
      const minor = run.stage !== undefined && startsNothing(facts, run.stage);
      if (found) report(run.placed, { ...found, minor });
    }
  },
});
