import { contextEntry, lockAgrees } from '../context/index.js';
import type { Placed } from '../dockerfile/index.js';
import { replace } from '../edits/words.js';
import { workdirAt } from '../facts/files/image-workdir.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { packageActions } from '../facts/packages/in-run.js';
import type { ShellWord } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { defineRule, type FixEdit, type RuleFix } from './rule.js';

const TOUCHES = /package-lock|shrinkwrap|npm (?:init|pkg)/;
const LOCK = /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/;

/** Patterns that bring a lock file where one is in the build context. */
const MAY_BRING = /^(?:\.?\/)?package(?:\*|-\*|-lock\*|\?\*)\.json$|^(?:\.\/)?(?:package\*|\*\.json)$/;

const liesBeside = ({ context }: FileFacts): boolean =>
  context !== undefined &&
  ['package-lock.json', 'npm-shrinkwrap.json'].some(path => contextEntry(context, path)?.kind === 'file');

/** The folder that a COPY writes into, when it brings a lock file. */
function lockFolder(facts: FileFacts, placed: Placed): string | undefined {
  const { instruction } = placed;
  if ((instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') || instruction.flag('from')) return undefined;
  const { words } = instruction;
  const target = words.at(-1)?.text;
  const sources = words.slice(0, -1);
  if (target === undefined || target.includes('$')) return undefined;
  const brings = sources.some(({ text }) => LOCK.test(text) || (MAY_BRING.test(text) && liesBeside(facts)));
  if (!brings) return undefined;
  const folder =
    target.endsWith('/') || /^\.$/.test(target) || sources.length > 1
      ? target
      : LOCK.test(target)
        ? target.replace(/[^/]*$/, '')
        : target;
  return absolute(folder, workdirAt(facts, placed));
}

/** The folder into which the RUN itself mounts a lock file from the build context. */
function mountedLock(facts: FileFacts, placed: Placed): string | undefined {
  const mount = facts
    .at(placed)
    .mounts.find(({ type, from, source, target }) => type === 'bind' && !from && LOCK.test(source ?? target ?? ''));
  const target = mount?.target;
  if (target === undefined || target.includes('$') || !LOCK.test(target)) return undefined;
  return absolute(target.replace(/[^/]*$/, '') || '.', workdirAt(facts, placed));
}

/** Whether a lock file of the build context that a COPY brings is known to say something else than its package.json. */
function disagrees({ context }: FileFacts, { instruction }: Placed): boolean {
  if (!context) return false;
  return instruction.words
    .slice(0, -1)
    .flatMap(({ text }) => (LOCK.test(text) ? [text] : MAY_BRING.test(text) ? LOCKS : []))
    .some(path => lockAgrees(context, path) === false);
}

const LOCKS = ['package-lock.json', 'npm-shrinkwrap.json'];

/** Whether a lock file is, or is mounted, where a RUN begins. */
function mayInstallHere(facts: FileFacts, placed: Placed, folders: ReadonlySet<string>): boolean {
  const here = absolute('.', workdirAt(facts, placed));
  return folders.has(here) || mountedLock(facts, placed) === here;
}

/** Without a known WORKDIR two relative folders are the same as long as both are relative to it. */
function absolute(folder: string, workdir: string | undefined): string {
  const path = folder.startsWith('/') ? folder : `${workdir ?? '.'}/${folder}`;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : './'}${parts.join('/')}`;
}

/** Options that only leave out development packages, in their old spellings (npm 8 and later: --omit=dev). */
const OLD_PRODUCTION = /^--(?:production(?:=true)?|prod|only=prod(?:uction)?)$/;
/** npm before 7 knows only the old spellings. */
const hasOldNpm = (stage: Stage): boolean =>
  stage.base.kind === 'image' && /(?:^|\/)node:(?:\d|1[0-4])(?:\D|$)/.test(stage.base.text);

function fix(verb: ShellWord, flags: readonly ShellWord[], old: boolean): RuleFix {
  const edits: FixEdit[] = [replace(verb.span, 'ci')];
  if (!old) for (const flag of flags) if (OLD_PRODUCTION.test(flag.value)) edits.push(replace(flag.span, '--omit=dev'));
  return {
    title: edits.length > 1 ? 'Use npm ci --omit=dev' : 'Use npm ci',
    safety: 'review',
    effect: { commands: 'words' },
    edits,
  };
}

/** `npm ci` came with npm 5.7; Node 8 has that, and so have a few late tags of older ones. */
const lacksCi = (stage: Stage): boolean =>
  stage.base.kind === 'image' && /(?:^|\/)node:[0-7](?:\D|$)/.test(stage.base.text);

export default defineRule({
  id: 'npm-install-instead-of-ci',
  codes: [],
  summary: '`npm install` is used although a lock file is copied.',
  rationale:
    '`npm install` may change package-lock.json and install other versions than it lists. `npm ci` installs exactly what the lock file says, fails when package.json does not agree with it, and is faster because it does not have to work out versions.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.npmjs.com/cli/commands/npm-ci'],
  examples: {
    bad: [
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN «npm install» --production\n',
        fixed: 'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n',
      },
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN «npm i» --no-audit\n',
        files: { 'package.json': '{}', 'package-lock.json': '{}' },
        fixed: 'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --no-audit\n',
      },
      {
        code: 'FROM node:24\nWORKDIR /app\nRUN --mount=type=bind,source=package.json,target=package.json --mount=type=bind,source=package-lock.json,target=package-lock.json «npm install»\n',
        fixed:
          'FROM node:24\nWORKDIR /app\nRUN --mount=type=bind,source=package.json,target=package.json --mount=type=bind,source=package-lock.json,target=package-lock.json npm ci\n',
        why: 'The lock file is mounted.',
      },
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN «npm install»\n',
        files: {
          'package.json': '{ "dependencies": { "express": "^5.0.0" } }',
          'package-lock.json': '{ "lockfileVersion": 3, "packages": { "": {} } }',
        },
        why: 'npm ci would fail: the lock file lacks a dependency.',
      },
      {
        code: 'FROM node:24\nCOPY package.json package-lock.json /\nRUN «npm install»\n',
        fixed: 'FROM node:24\nCOPY package.json package-lock.json /\nRUN npm ci\n',
        why: 'The image starts in /.',
      },
    ],
    good: [
      {
        code: 'FROM example/node:24\nCOPY package.json package-lock.json /\nRUN npm install\n',
        why: 'The image may start in another directory.',
      },
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN rm package-lock.json\nRUN npm install\n',
        why: 'The lock file is gone by then.',
      },
      {
        code: 'FROM node:6\nCOPY package.json package-lock.json ./\nRUN npm install\n',
        why: 'Its npm does not know npm ci.',
      },
      {
        code: 'FROM node:24\nCOPY package.json ./\nRUN npm install\n',
        why: 'There is no lock file, which npm ci needs.',
      },
      {
        code: 'FROM node:24\nCOPY package.json package-lock.json ./\nRUN npm install express@5\n',
        why: 'A package is added.',
      },
      {
        code: 'FROM node:24\nCOPY package-lock.json ./\nRUN npm install -g typescript@5\n',
        why: 'A global package has no lock file.',
      },
      {
        code: 'FROM node:24\nCOPY web/package-lock.json /web/\nWORKDIR /api\nRUN npm install\n',
        why: 'The lock file is of another project.',
      },
    ],
  },
  stage: { words: ['npm'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      if (lacksCi(stage)) continue;
      const folders = new Set<string>();
      let isOutdated = false;
      for (const placed of facts.lineage(stage)) {
        const folder = lockFolder(facts, placed);
        if (folder !== undefined) {
          folders.add(folder);
          isOutdated ||= disagrees(facts, placed);
        }
        if (placed.instruction.keyword !== 'RUN') continue;
        // Nothing has brought a lock file, and nothing mounts one.
        if (folders.size === 0 && placed.instruction.flags.length === 0) continue;
        const { script } = facts.at(placed);
        // Anything that touches the lock file makes it another install than it looks, here and further down.
        if (TOUCHES.test(script?.source.text ?? placed.instruction.text)) {
          folders.clear();
          continue;
        }
        if (!mayInstallHere(facts, placed, folders)) continue;
        if (facts.stageOf(placed) !== stage || !script) continue;
        if (script.commands.some(({ base }) => base === 'cd' || base === 'pushd')) continue;
        for (const { command, manager, verb, packages, flags, uncertain } of packageActions(
          facts.at(placed),
          'install',
        )) {
          if (manager !== 'npm' || !/^(?:install|i|in|ins)$/.test(verb.value) || packages.length > 0 || uncertain)
            continue;
          if (
            hasFlag(
              command,
              'g',
              '--global',
              '--prefix',
              '--no-package-lock',
              '--package-lock',
              '--location',
              '--only',
              '-C',
              '--workspace',
              '-w',
            )
          ) {
            if (!flags.some(flag => /^--only=prod/.test(flag.value))) continue;
          }
          report(placed, {
            span: { start: command.span.start, end: verb.span.end },
            message: isOutdated
              ? 'package-lock.json does not match package.json. Update it, and use `npm ci`, which installs exactly what it lists.'
              : '`npm install` may change what the lock file lists. Use `npm ci`, which installs exactly that.',
            fixes: command.editable && !isOutdated ? [fix(verb, flags, hasOldNpm(stage))] : [],
          });
        }
      }
    }
  },
});
