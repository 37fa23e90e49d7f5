import { type FileFacts, find, packageActionsOf } from '../facts/index.js';
import { type RunPlace, runsOf } from '../facts/runs.js';
import { hasWord } from '../hadolint/commands.js';
import type { ShellCommand } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { onlyFillsCache } from './packages/only-fills-cache.js';
import { defineRule, type Report } from './rule.js';
import { cleanYarnCache } from './yarn-cache-left/complaint.js';

const isYarn = (command: ShellCommand): boolean => command.base === 'yarn';

function isInstall(command: ShellCommand): boolean {
  if (!isYarn(command) || hasFlag(command, '--version', '--help', '-v', '-h')) return false;
  const action = packageActionsOf(command);
  if (!action) return command.args.every(({ value }) => value.startsWith('-'));
  const { verb, packages } = action;
  if (/^(?:install|add)$/.test(verb.value)) return true;
  return (
    /^(?:global|workspace)$/.test(verb.value) &&
    packages.slice(0, 2).some(({ value }) => value === 'add' || value === 'install')
  );
}

const BERRY = /\.yarnrc\.yml|\.yarn\b|\bcorepack\b|yarn set version/;

/** Whether an instruction above brings Yarn 2 or later, or the settings of one. */
const comesWithBerry = (facts: FileFacts, run: RunPlace): boolean =>
  (run.stage ? facts.lineage(run.stage) : facts.preamble).some(
    ({ index, instruction }) =>
      index < run.placed.index && /^(?:RUN|COPY|ADD|ENV)$/.test(instruction.keyword) && BERRY.test(instruction.text),
  );

const isClean = (command: ShellCommand): boolean =>
  (isYarn(command) && hasWord(command, 'cache', 'clean')) ||
  (command.base === 'rm' && command.args.some(({ value }) => /yarn|\.cache(?:\/\*)?\/?$/.test(value)));

/** Yarn 2 and later: with Plug'n'Play the cache is what the program runs from. */
function isBerry(command: ShellCommand, text: string): boolean {
  return (
    hasFlag(command, '--immutable', '--immutable-cache', '--inline-builds') ||
    /\bcorepack\b|yarn set version|yarn workspaces focus/.test(text)
  );
}

export default defineRule({
  id: 'yarn-cache-left',
  codes: ['DL3060'],
  summary: '`yarn install` leaves its download cache in the image.',
  rationale:
    'Yarn 1 keeps a copy of every downloaded package below `~/.cache/yarn` or `/usr/local/share/.cache/yarn`. Nothing reads it again in the finished image. Run `yarn cache clean` in the same RUN, or put the folder on a cache mount.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM node:20\nRUN «yarn install» --frozen-lockfile\n',
        fixed: 'FROM node:20\nRUN yarn install --frozen-lockfile && yarn cache clean\n',
      },
      {
        code: 'FROM node:20\nRUN cd /app \\\n    && «yarn» --production\n',
        fixed: 'FROM node:20\nRUN cd /app \\\n    && yarn --production \\\n    && yarn cache clean\n',
      },
      {
        code: 'FROM node:20\nRUN sudo -u node «yarn install» --production\n',
        why: 'It is the cache of another user.',
      },
      {
        code: 'FROM example/base:1\nRUN if [ -f yarn.lock ]; then «yarn install» --production; else npm ci --cache /c; fi\n',
        why: 'The image may have npm only.',
      },
    ],
    good: [
      { code: 'FROM node:20\nRUN yarn install && yarn cache clean\n', why: 'The cache is emptied.' },
      {
        code: 'FROM node:20\nRUN --mount=type=cache,target=/usr/local/share/.cache/yarn/v6 yarn install\n',
        why: 'The cache is outside the image.',
      },
      {
        code: 'FROM node:20\nRUN corepack enable && yarn install --immutable\n',
        why: 'Newer Yarn may run the program from its cache.',
      },
      {
        code: 'FROM node:20\nCOPY package.json yarn.lock .yarnrc.yml ./\nRUN yarn install\n',
        why: 'These are settings of newer Yarn.',
      },
      {
        code: 'FROM node:20 AS build\nRUN yarn install\nFROM nginx:1.27\nCOPY --from=build /app/dist /srv\n',
        why: 'The stage is not part of the image.',
      },
      {
        code: 'FROM node:20\nRUN --mount=type=bind,from=sources,target=/tmp/src,rw cd /tmp/src && yarn install\n',
        why: 'The mounted folder is thrown away: to fill the cache is all that this does.',
      },
    ],
  },
  stage: { words: ['yarn'] },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      const found = judge(facts, run);
      if (found) report(run.placed, found);
    }
  },
});

function judge(file: FileFacts, run: RunPlace): Report | undefined {
  const { facts } = run;
  const { script, commands } = facts;
  const install = commands.findLast(isInstall);
  if (!install || !script || (!run.onbuild && !facts.stage.inFinalImage)) return undefined;
  const clean = commands.findLast(isClean);
  if (clean && clean.span.start > install.span.start) return undefined;
  const isCached = facts.mounts.some(
    ({ type, target }) => (type === 'cache' || type === 'tmpfs') && /yarn|\.cache/.test(target ?? ''),
  );
  const { text } = script.source;
  if (
    isCached ||
    onlyFillsCache(facts) ||
    isBerry(install, text) ||
    comesWithBerry(file, run) ||
    hasFlag(install, '--cache-folder') ||
    find(facts.scope, 'YARN_CACHE_FOLDER') ||
    /YARN_CACHE_FOLDER=/.test(text)
  )
    return undefined;
  return cleanYarnCache(run, install);
}
