import type { Placed } from '../dockerfile/index.js';
import { ignoreLines } from '../edits/ignore-lines.js';
import { insertBelow } from '../edits/placing.js';
import { absolutePath, cleanPath, type Source, transferOf } from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
import { filesToInstall } from './copy-whole-context/lists.js';
import { type Manifest, manifestOf, needsNoProject } from './copy-whole-context/manifests.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'copy-whole-context',
  codes: [],
  summary: 'The whole build context is copied into the image.',
  rationale:
    'Whatever is in the folder gets into the image, wanted or not, and any change to any file runs everything below again. Copy what is needed by name: first the list of dependencies, then install them, then the rest. A `.dockerignore` keeps out what must never get in.',
  category: 'maintainability',
  practice: 'explicit-copy',
  severity: 'hint',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
  examples: {
    bad: [
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY «.» .\nRUN npm ci\nCMD ["node", "."]\n',
        fixed: 'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "."]\n',
        why: 'Every change installs everything again.',
      },
      {
        code: 'FROM python:3.13\nCOPY --chown=1000 «.» /srv\nRUN pip install --no-cache-dir -r reqs.txt\n',
        fixed:
          'FROM python:3.13\nCOPY --chown=1000 reqs.txt /srv/\nRUN pip install --no-cache-dir -r reqs.txt\nCOPY --chown=1000 . /srv\n',
      },
      {
        code: 'FROM python:3.13 AS build\nCOPY «.» /app\nWORKDIR /app\nRUN pip install --no-cache-dir -r requirements.txt\nRUN python build.py\nFROM nginx:1.29\nCOPY --from=build /app/out /usr/share/nginx/html/\n',
        files: { 'requirements.txt': 'sphinx==8.2\n', 'build.py': '' },
        fixed:
          'FROM python:3.13 AS build\nCOPY requirements.txt /app/\nWORKDIR /app\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . /app\nRUN python build.py\nFROM nginx:1.29\nCOPY --from=build /app/out /usr/share/nginx/html/\n',
        why: 'The list is there and names no other file, so the order is certain in a builder as well.',
      },
      { code: 'FROM nginx:1.29\nCOPY «./» /usr/share/nginx/html/\n' },
      {
        code: 'FROM nginx:1.29\nCOPY «.» /usr/share/nginx/html/\n',
        files: { 'index.html': '' },
        why: 'There is no ignore file.',
      },
    ],
    good: [
      { code: 'FROM node:24\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY src ./src\n', why: 'By name.' },
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "."]\n',
        why: 'An ignore file decides what gets in.',
        files: { '.dockerignore': '.git\n' },
      },
      {
        code: 'FROM golang:1.25 AS build\nCOPY . /src\nRUN go build -o /app /src\nFROM scratch\nCOPY --from=build /app /app\n',
        why: 'A builder is not shipped.',
      },
      { code: 'FROM nginx:1.29\nCOPY --exclude=.git . /srv/\n', why: 'Somebody thought of what to leave out.' },
      { code: 'FROM scratch\nCOPY --from=golang:1.25 . /x\n', why: 'Not the build context.' },
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build && npm ci --omit=dev\n',
        why: 'Dependencies come first.',
        files: { '.dockerignore': '.git\n' },
      },
    ],
  },
  reading: 'own',
  file: { keywords: ['COPY', 'ADD'] },
  check({ facts, report }) {
    for (const placed of [...facts.all('COPY'), ...facts.all('ADD')]) {
      if (placed.instruction.flag('exclude')) continue;
      const transfer = transferOf(placed.instruction, facts.stateBefore(placed).scope);
      const source = transfer && !transfer.from ? transfer.sources.find(isWhole) : undefined;
      if (!transfer || !source) continue;
      const install = installBelow(facts, placed);
      if (!facts.roleOf(placed).inFinalImage) {
        // What a builder copies is not shipped, but a build is to be fast as well.
        const sure = install && sureSplit(facts, placed, source, install);
        if (sure) report(placed, { span: source.word.span, message: messageOf(install), fixes: [sure] });
        continue;
      }
      if (
        install === undefined &&
        (facts.context?.ignore || (!sureContext(facts) && managersAbove(facts, placed).size > 0))
      )
        continue;
      report(placed, {
        span: source.word.span,
        message: install
          ? messageOf(install)
          : sureContext(facts)
            ? 'This copies the whole folder. Create a .dockerignore, or copy only what you need.'
            : 'This copies the whole folder. Keep a .dockerignore, or copy only what you need.',
        ...(install ? { severity: 'info' as const } : {}),
        fixes: install ? split(facts, placed, source, install) : ignoreFile(facts),
      });
    }
  },
});

const messageOf = ({ manifest }: Install): string =>
  `Every change to the sources installs the dependencies again. Copy ${manifest.files} first, and the rest after the installation.`;

const sureContext = ({ context }: FileFacts): FileFacts['context'] => (context?.isUnsure ? undefined : context);

const isWhole = (source: Source): boolean =>
  source.kind === 'local' &&
  source.certainty === 'known' &&
  /^[./*]*$|\.\./.test(source.text) &&
  /^(?:\.|\*)?$/.test(cleanPath(`/${source.text}`).slice(1));

interface Install {
  readonly manifest: Manifest;
  readonly run: Placed;
  /** The RUN does nothing but install. */
  readonly alone: boolean;
  /** It stands right after the COPY, or after instructions that change no files. */
  readonly isNext: boolean;
}

/** The package managers that installed a list above. */
function managersAbove(facts: FileFacts, placed: Placed): ReadonlySet<string> {
  const stage = facts.stageOf(placed);
  const runs = stage
    ? facts.lineage(stage).filter(({ instruction, index }) => instruction.keyword === 'RUN' && index < placed.index)
    : [];
  return new Set(runs.flatMap(run => facts.at(run).commands.flatMap(command => manifestOf(command)?.manager ?? [])));
}

/** The first RUN below that installs what a list among the copied files asks for, unless one above did already. */
function installBelow(facts: FileFacts, placed: Placed): Install | undefined {
  const stage = facts.stageOf(placed);
  if (!stage) return undefined;
  const managers = managersAbove(facts, placed);
  for (const run of stage.instructions) {
    if (run.index < placed.index || run.instruction.keyword !== 'RUN') continue;
    const { commands, script } = facts.at(run);
    for (const command of commands) {
      const found = manifestOf(command);
      if (!found || managers.has(found.manager)) continue;
      return {
        manifest: found,
        run,
        alone: script?.form === 'shell' && commands.every(one => one === command || needsNoProject(one)),
        isNext: stage.instructions
          .filter(({ index }) => index > placed.index && index < run.index)
          .every(({ instruction: { keyword } }) => /^(?:WORKDIR|ENV|ARG|EXPOSE|LABEL)$/.test(keyword)),
      };
    }
  }
  return undefined;
}

/** The fix where it is certain, else the one for a person to look at. */
function split(facts: FileFacts, placed: Placed, source: Source, install: Install): readonly RuleFix[] {
  const sure = sureSplit(facts, placed, source, install);
  if (sure) return [sure];
  const { manifest, run, alone } = install;
  // Scripts that run while installing may need more files.
  const fix =
    alone && run.index === placed.index + 1
      ? splitInto(facts, placed, source, manifest.files, run, 'manual')
      : undefined;
  return fix ? [fix] : [];
}

/** The fix where the build context shows that the installation reads nothing but the files that are copied first. */
function sureSplit(facts: FileFacts, placed: Placed, source: Source, install: Install): RuleFix | undefined {
  const { manifest, run, alone, isNext } = install;
  if (!alone || !isNext || !facts.context || placed.instruction.flag('parents')) return undefined;
  const files = filesToInstall(facts.context, manifest.manager, manifest.files, manifest.needsLock === true);
  if (!files || run.instruction.flags.some(({ value }) => value?.includes('bind'))) return undefined;
  const target = placed.instruction.words.at(-1)?.text ?? '';
  // The lists have to be where the RUN looks for them.
  const before = facts.stateBefore(placed).workdir;
  const isAbsolute = target.startsWith('/');
  if (/[$"'`]/.test(target) || (!isAbsolute && before !== facts.stateBefore(run).workdir)) return undefined;
  if (isAbsolute && absolutePath(target, undefined) !== facts.stateBefore(run).workdir) return undefined;
  if (!isAbsolute && !/^\.?\/?$/.test(target)) return undefined;
  return splitInto(facts, placed, source, files.join(' '), run, 'review');
}

function splitInto(
  facts: FileFacts,
  placed: Placed,
  source: Source,
  files: string,
  run: Placed,
  safety: RuleFix['safety'],
): RuleFix | undefined {
  const { instruction } = placed;
  const target = instruction.words.at(-1);
  if (!target || instruction.words.length !== 2 || instruction.json || instruction.text.includes('\n'))
    return undefined;
  const slash = target.text.endsWith('/') ? '' : '/';
  return {
    title: `Copy ${files} before installing`,
    safety,
    edits: [
      { span: source.word.span, text: files },
      { span: { start: target.span.end, end: target.span.end }, text: slash },
      insertBelow(facts, run, instruction.text),
    ],
    effect: { inserts: [instruction.keyword], arguments: true },
  };
}

function ignoreFile(facts: FileFacts): RuleFix[] {
  const context = sureContext(facts);
  if (!context || context.ignore) return [];
  const lines = ignoreLines(facts, undefined);
  if (lines.length === 0) return [];
  return [
    {
      title: 'Create .dockerignore',
      safety: 'review',
      edits: [],
      file: { path: '.dockerignore', append: `${lines.join('\n')}\n` },
    },
  ];
}
