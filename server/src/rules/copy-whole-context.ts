import type { Placed } from '../dockerfile/index.js';
import { ignoreLines } from '../edits/ignore-lines.js';
import { insertBelow } from '../edits/placing.js';
import { cleanPath, type Source, transferOf } from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
import { manifestOf } from './copy-whole-context/manifests.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'copy-whole-context',
  codes: [],
  summary: 'The whole build context is copied into the image.',
  rationale:
    'Whatever lies in the folder gets into the image, wanted or not, and any change to any file runs everything below again. Copy what is needed by name: first the list of dependencies, then install them, then the rest. A `.dockerignore` keeps out what must never get in.',
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
      if (!facts.roleOf(placed).inFinalImage || placed.instruction.flag('exclude')) continue;
      const transfer = transferOf(placed.instruction, facts.stateBefore(placed).scope);
      const source = transfer && !transfer.from ? transfer.sources.find(isWhole) : undefined;
      if (!transfer || !source) continue;
      const install = installBelow(facts, placed);
      if (
        install === undefined &&
        (facts.context?.ignore || (!sureContext(facts) && managersAbove(facts, placed).size > 0))
      )
        continue;
      report(placed, {
        span: source.word.span,
        message: install
          ? `Every change to the sources installs the dependencies again. Copy ${install.manifest} first, and the rest after the installation.`
          : sureContext(facts)
            ? 'This copies the whole folder. Create a .dockerignore, or copy only what you need.'
            : 'This copies the whole folder. Keep a .dockerignore, or copy only what you need.',
        ...(install ? { severity: 'info' as const } : {}),
        fixes: install ? split(facts, placed, source, install) : ignoreFile(facts),
      });
    }
  },
});

const sureContext = ({ context }: FileFacts): FileFacts['context'] => (context?.isUnsure ? undefined : context);

const isWhole = (source: Source): boolean =>
  source.kind === 'local' &&
  source.certainty === 'known' &&
  /^[./*]*$|\.\./.test(source.text) &&
  /^(?:\.|\*)?$/.test(cleanPath(`/${source.text}`).slice(1));

interface Install {
  readonly manifest: string;
  readonly run: Placed;
  /** The RUN does nothing but install. */
  readonly alone: boolean;
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
        manifest: found.files,
        run,
        alone: commands.length === 1 && script?.form === 'shell' && run.index === placed.index + 1,
      };
    }
  }
  return undefined;
}

function split(facts: FileFacts, placed: Placed, source: Source, { manifest, run, alone }: Install): RuleFix[] {
  const { instruction } = placed;
  const target = instruction.words.at(-1);
  if (!alone || !target || instruction.words.length !== 2 || instruction.json || instruction.text.includes('\n'))
    return [];
  const slash = target.text.endsWith('/') ? '' : '/';
  return [
    {
      title: `Copy ${manifest} before installing`,
      // Scripts that run while installing may need more files.
      safety: 'manual',
      edits: [
        { span: source.word.span, text: manifest },
        { span: { start: target.span.end, end: target.span.end }, text: slash },
        insertBelow(facts, run, instruction.text),
      ],
      effect: { inserts: [instruction.keyword], arguments: true },
    },
  ];
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
