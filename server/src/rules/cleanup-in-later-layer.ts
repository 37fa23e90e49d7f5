import { mergeRuns } from '../edits/merge-runs.js';
import type { FileFacts } from '../facts/index.js';
import { actionsIn, type PackageAction, packageActions } from '../facts/packages/in-run.js';
import { earlierRuns, type RunPlace, runsOf } from '../facts/runs.js';
import { perScript } from '../shell/index.js';
import { flagValue } from '../shell/options.js';
import { appendCleanUp, cleaningsIn, cleansUpAfterItself, leftBehind } from './packages/cache-left.js';
import { APK_CACHE, type PackageCache } from './packages/caches.js';
import { defineRule, type FileCheck, type RuleFix } from './rule.js';

/** `curl=8.1` and `curl~8` are removed as `curl`. */
const bareName = (name: string): string => /^[^=<>~]*/.exec(name)?.[0] ?? name;

const installedBy = perScript((script): readonly string[] =>
  actionsIn(script).installs.flatMap(action => [
    ...action.packages.filter(word => word.literal).map(word => `${family(action)} ${bareName(word.value)}`),
    ...[flagValue(action.command, '-t', '--virtual')].flatMap(name =>
      name === undefined ? [] : [`${family(action)} ${name}`],
    ),
  ]),
);

const installedNames = ({ facts: { script } }: RunPlace): readonly string[] => (script ? installedBy(script) : NONE);
const NONE: readonly string[] = [];

const FAMILIES: Readonly<Record<string, string>> = {
  'apt-get': 'deb',
  apt: 'deb',
  aptitude: 'deb',
  apk: 'apk',
  yum: 'rpm',
  dnf: 'rpm',
  microdnf: 'rpm',
  tdnf: 'rpm',
  zypper: 'rpm',
};
const family = (action: PackageAction): string => FAMILIES[action.manager] ?? '';

/** The nearest RUN below that leaves the cache in its layer, unless this RUN fills one too. */
function source(file: FileFacts, run: RunPlace, cache: PackageCache): RunPlace | undefined {
  if (cleansUpAfterItself(cache, run)) return undefined;
  return earlierRuns(file, run).findLast(earlier => leftBehind(cache, earlier));
}

function mergeWith(file: FileFacts, earlier: RunPlace, run: RunPlace): RuleFix[] {
  const merge = earlier.placed.index === run.placed.index - 1 ? mergeRuns(file, earlier.placed, run.placed) : undefined;
  return merge ? [merge] : [];
}

export default defineRule({
  id: 'cleanup-in-later-layer',
  codes: [],
  summary: 'A RUN removes what an earlier RUN installed or downloaded, which saves no space.',
  rationale:
    'Layers only add up: a file that one layer brings stays in the image when a later layer hides it. To make the image smaller, remove files in the RUN that creates them.',
  category: 'size',
  practice: 'few-layers',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#run'],
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN «rm -rf /var/lib/apt/lists/*»\n',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl \\\n    && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM fedora:42\nRUN dnf install -y git\nCOPY . /src\nRUN make -C /src && «dnf clean all»\n',
        fixed:
          'FROM fedora:42\nRUN dnf install -y git \\\n    && dnf clean all\nCOPY . /src\nRUN make -C /src && dnf clean all\n',
        why: 'The clean-up belongs to the RUN that installs.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache --virtual .deps gcc\nRUN «apk del .deps»\n',
        fixed: 'FROM alpine:3.22\nRUN apk add --no-cache --virtual .deps gcc \\\n    && apk del .deps\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
        why: 'One layer.',
      },
      {
        code: 'FROM debian:12\nRUN apt-get purge -y curl\n',
        why: 'It came with the base image; removing it has other reasons.',
      },
      {
        code: 'FROM fedora:42 AS build\nRUN dnf install -y gcc\nRUN dnf clean all\nFROM scratch\nCOPY --from=build /a /a\n',
        why: 'Layers of a builder are thrown away.',
      },
    ],
  },
  stage: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      if (run.onbuild || !run.facts.stage.inFinalImage) continue;
      for (const { cache, command } of cleaningsIn(run.facts)) {
        // `apk add --no-cache` keeps nothing in the first place: apk-cache-left says so where it is missing.
        if (cache === APK_CACHE) continue;
        const earlier = source(facts, run, cache);
        if (!earlier) continue;
        const merge = mergeWith(facts, earlier, run);
        const append = merge.length > 0 ? undefined : appendCleanUp(facts, earlier, cache);
        report(run.placed, {
          span: command.span,
          // An update alone has a rule of its own, and its fix is the same.
          minor: packageActions(earlier.facts).every(({ kind }) => kind === 'update'),
          message: `${cache.label} will stay in the earlier layer. Clean up in the RUN that fills it.`,
          fixes: append
            ? [
                {
                  ...append,
                  title: `${append.title} to the RUN that needs it`,
                  edits: append.edits.map(edit => ({ ...edit, at: earlier.placed })),
                },
              ]
            : merge,
        });
      }
      reportRemovals(facts, run, report);
    }
  },
});

function reportRemovals(facts: FileFacts, run: RunPlace, report: FileCheck['report']): void {
  const removals = packageActions(run.facts, 'remove');
  if (removals.length === 0) return;
  const own = new Set(installedNames(run));
  for (const action of removals) {
    const names = action.packages.map(word => `${family(action)} ${bareName(word.value)}`);
    if (family(action) === '' || action.uncertain || names.length === 0 || names.some(name => own.has(name))) continue;
    const earlier = earlierRuns(facts, run).findLast(one => installedNames(one).some(name => names.includes(name)));
    if (!earlier) continue;
    report(run.placed, {
      span: action.command.span,
      message:
        'Removing packages in a later layer does not make the image smaller. Remove them in the RUN that installs them.',
      fixes: mergeWith(facts, earlier, run),
    });
  }
}
