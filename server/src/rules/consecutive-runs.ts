import type { Flag, Placed } from '../dockerfile/index.js';
import { mergedTogether, mergeRuns } from '../edits/merge-runs.js';
import type { FileFacts, InstructionFacts } from '../facts/index.js';
import { packageActions } from '../facts/packages/in-run.js';
import { mayHaveBrought } from '../facts/programs/brought.js';
import { sortedFlags } from '../facts/sorted-flags.js';
import { hadolintScript } from '../hadolint/script.js';
import { cleans } from './packages/cache-left.js';
import { PACKAGE_CACHES } from './packages/caches.js';
import { defineRule, type Reading, type RuleFix } from './rule.js';

/** What separates commands in PowerShell and cmd, whose text is not read any further. */
const SEVERAL = /[;|&]|\$\(/;

const isLong = (facts: InstructionFacts, reading: Reading): boolean =>
  facts.shell.kind === 'posix'
    ? hadolintScript(facts).commands.length > 1 || (reading === 'own' && isToBeCleaned(facts))
    : SEVERAL.test(facts.instruction.arguments.text);

/** Their caches are emptied by a command of its own: a RUN counts alike before that is put in and after. */
const CLEANED_BY_COMMAND = new Set(['npm', 'yarn', 'dnf', 'microdnf', 'tdnf', 'yum', 'zypper']);

const isToBeCleaned = (facts: InstructionFacts): boolean =>
  packageActions(facts, 'install', 'upgrade').some(({ manager }) => CLEANED_BY_COMMAND.has(manager));

const SAME_OPTION: Readonly<Record<string, string>> = {
  dst: 'target',
  destination: 'target',
  src: 'source',
  ro: 'readonly',
  rw: 'readwrite',
};

/** The options of a mount in one order and by one name. */
function sameMount(value: string): string {
  const options = value.split(',').map(option => {
    const [name = '', ...rest] = option.split('=');
    return [SAME_OPTION[name] ?? name, ...rest].join('=');
  });
  if (!options.some(option => option.startsWith('type='))) options.push('type=bind');
  return options.sort().join(',');
}

const textOf = ({ name, value, text }: Flag): string => (name === 'mount' ? sameMount(value ?? '') : text);

/** An installation that seldom changes, and a step of the program that often does: the cache is worth more than the layer. */
function isCacheBoundary(first: InstructionFacts, second: InstructionFacts): boolean {
  if (packageActions(first, 'install', 'upgrade').length === 0) return false;
  const known = packageActions(first).map(action => action.manager);
  // `npm run build` builds the program; `apt-get clean` is about the packages.
  const goesOn = packageActions(second).some(({ manager, kind }) => kind !== 'other' && known.includes(manager));
  return !goesOn && !second.commands.every(command => command.base === 'rm');
}

export default defineRule({
  id: 'consecutive-runs',
  codes: ['DL3059'],
  summary: 'Two short consecutive RUN instructions could be one layer.',
  rationale:
    'Each RUN adds a layer, and the next cannot remove what one has left. Steps that belong together read better as one. Separate RUNs are right where the cache should keep the first while the second changes, and in builder stages, where layers do not count; there nothing is said.',
  category: 'size',
  practice: 'few-layers',
  severity: 'hint',
  since: '0.1.0',
  heedsComments: true,
  links: ['https://docs.docker.com/build/building/best-practices/#run'],
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nRUN adduser -D app\n«RUN» mkdir /data\n',
        fixed: 'FROM alpine:3.22\nRUN adduser -D app \\\n    && mkdir /data\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN adduser -D app\n\n# for uploads\n«RUN» mkdir /data\n',
        fixed: 'FROM alpine:3.22\nRUN adduser -D app \\\n# for uploads\n    && mkdir /data\n',
        why: 'A comment in between is kept.',
      },
      {
        code: 'FROM alpine:3.22\nRUN adduser -D app\n«RUN» mkdir /data\n«RUN» chown app /data\n',
        fixed: 'FROM alpine:3.22\nRUN adduser -D app \\\n    && mkdir /data \\\n    && chown app /data\n',
        why: 'All of them at once.',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22 AS build\nRUN npm ci\nRUN npm run build\nFROM scratch\nCOPY --from=build /a /a\n',
        why: 'Layers of a builder are thrown away, and the cache works better.',
      },
      {
        code: 'FROM alpine:3.22\nRUN a && b\nRUN c\n',
        why: 'Commands that are chained already show that the split is deliberate.',
      },
      {
        code: 'FROM alpine:3.22\nRUN --mount=type=secret,id=a /a\nRUN --mount=type=secret,id=b /b\n',
        why: 'Different mounts cannot be merged.',
      },
      {
        code: 'FROM debian:13\nRUN apt-get -y install --no-install-recommends curl\nRUN rm -rf /var/lib/apt/lists/*\nRUN mkdir /data\n',
        why: 'Where cleaning up belongs another rule says.',
      },
      { code: 'FROM alpine:3.22\nRUN cd /x\nRUN make\n', why: 'The second would run in another directory.' },
      { code: 'FROM alpine:3.22\nRUN a # why\nRUN b\n', why: 'The comment would swallow the second.' },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache nodejs npm\nRUN ./build.sh\n',
        why: 'The installation should stay in the cache.',
      },
      { code: 'FROM node:24\nRUN npm ci\nRUN npm run build\n', why: 'So should this one.' },
      {
        code: 'FROM alpine:3.22\nRUN groupadd app\nRUN mkdir /data\n',
        why: 'The first one fails: it has to be written anew.',
      },
      {
        code: 'FROM node:24\nRUN rm package-lock.json\nRUN npm install\n',
        why: 'Emptying the cache goes with the installation, so that is not alone.',
      },
    ],
  },
  stage: { keywords: ['RUN'] },
  check({ facts, reading, report }) {
    const own = chainsOf(facts, 'own');
    if (reading === 'own' && own.length === 0) return;
    // Without our other rules beside it nothing else sees to lists that are fetched apart.
    const trusted = reading === 'own' ? own : own.filter(chain => !chain.some(pair => fetchesLists(facts, pair)));
    const fixes = new Map(
      trusted.flatMap(chain => {
        const all = allOf(facts, chain);
        return chain.map((pair): [Placed, RuleFix[]] => [pair.second, fixesOf(all, pair)]);
      }),
    );
    for (const { second, merge } of (reading === 'own' ? own : chainsOf(facts, reading)).flat()) {
      report(second, {
        span: second.instruction.keywordSpan,
        message: 'Merge this RUN with the one above if both belong together.',
        // Where we would not have said anything it is for a person to decide.
        fixes: fixes.get(second) ?? (merge ? [{ ...merge, safety: 'manual' }] : []),
      });
    }
  },
});

const fetchesLists = (facts: FileFacts, { second }: Pair): boolean =>
  [second.index - 1, second.index].some(index => {
    const placed = facts.dockerfile.placements.at(index);
    return placed !== undefined && packageActions(facts.at(placed), 'update').length > 0;
  });

/** Where only two of three were merged, the third would look as if it had been set apart on purpose. */
function allOf(facts: FileFacts, chain: readonly Pair[]): RuleFix | undefined {
  if (chain.length < 2) return undefined;
  const pairs = chain.map(({ first, second }): [Placed, Placed] => [first, second]);
  return { ...mergedTogether(facts, pairs), safety: 'review' };
}

const fixesOf = (all: RuleFix | undefined, { merge }: Pair): RuleFix[] =>
  [all, merge && { ...merge, safety: reviewed(merge) }].filter(fix => fix !== undefined);

/** Each finding carries the fix for all, so it must not grow with the file. */
const MOST_AT_ONCE = 32;

interface Pair {
  readonly first: Placed;
  readonly second: Placed;
  readonly merge: RuleFix | undefined;
}

/** Pairs of RUNs that could be one, those that share a RUN together. */
function chainsOf(facts: FileFacts, reading: Reading): Pair[][] {
  const chains: Pair[][] = [];
  let end = -1;
  const { instructions } = facts;
  for (let index = 1; index < instructions.length; index++) {
    const first = instructions[index - 1];
    const second = instructions[index];
    if (first?.instruction.keyword !== 'RUN' || second?.instruction.keyword !== 'RUN') continue;
    if (sortedFlags(first.instruction, textOf) !== sortedFlags(second.instruction, textOf)) continue;
    const here = facts.at(second);
    if (reading === 'own' && !here.stage.inFinalImage) continue;
    const above = facts.at(first);
    if (isLong(above, reading) || isLong(here, reading)) continue;
    const merge = mergeRuns(facts, first, second);
    if (
      reading === 'own' &&
      (!merge ||
        isCacheBoundary(above, here) ||
        [first, second].some(run => tidiesUp(facts.at(run)) || fails(facts, run)))
    )
      continue;
    const chain = chains.at(-1);
    const joins =
      reading === 'own' &&
      merge?.safety === 'safe' &&
      first.index === end &&
      chain !== undefined &&
      chain.length < MOST_AT_ONCE &&
      chain.at(-1)?.merge?.safety === 'safe';
    if (joins) chain.push({ first, second, merge });
    else chains.push([{ first, second, merge }]);
    end = second.index;
  }
  return chains;
}

/** What an earlier layer left behind goes into that layer’s RUN: cleanup-in-later-layer says so. */
const tidiesUp = (facts: InstructionFacts): boolean =>
  packageActions(facts, 'remove').length > 0 ||
  facts.commands.every(command => PACKAGE_CACHES.some(cache => cleans(cache, command)));

/** Makes an account in a way that the image does not know: to be written anew first, a group with its user (command-not-in-image). */
const fails = (facts: FileFacts, placed: Placed): boolean => {
  const { image, commands } = facts.at(placed);
  const stage = facts.stageOf(placed);
  return commands.some(
    ({ base, span }) =>
      /^(?:user|group)add$/.test(base) &&
      image.lacksCommand(base) &&
      stage &&
      !mayHaveBrought(facts, stage, placed, base, span.start),
  );
};

/** Braces are for a person to look at, one pair at a time. */
const reviewed = (merge: RuleFix): RuleFix['safety'] => (merge.safety === 'safe' ? 'review' : 'manual');
